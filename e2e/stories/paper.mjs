// What is handed on paper: the same pages as A4 and Letter, with their marking and number on each sheet.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { binary } from '../demo.mjs';
import { artefacts, go, leave, pathOf, visit } from '../world.mjs';
import { pages } from '../pages.mjs';

/** Pages that leave the room on paper. */
const HANDED = [
  'report', 'incident-stage', 'incident-stage-proof', 'handover', 'overview', 'trends', 'matrix', 'map', 'subject', 'compare', 'object', 'agreement',
];
const FORMATS = ['A4', 'Letter'];

/** The text of each sheet, where poppler is here to read it. */
function sheets(file) {
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
}

for (const name of HANDED) {
  for (const [format, language] of FORMATS.map((format, n) => [format, ['fr', 'en'][n]])) {
    test(`${name} on ${format}, in ${language}`, async () => {
      const page = await visit('eu', { language });
      await go(page, await pathOf(page, pages.find((entry) => entry.name === name)), language);
      const marking = (await page.locator('.marking-banner .tlp').first().innerText()).trim();
      const file = `${artefacts}${name}-${format}-${language}.pdf`;
      await page.emulateMedia({ media: 'print' });
      await page.pdf({ path: file, format, preferCSSPageSize: false, printBackground: true });
      const all = sheets(file);
      all.forEach((text, n) => {
        assert.ok(text.split(marking).length >= 3, `sheet ${n + 1} of ${all.length} does not bear ${marking} at head and foot`);
        assert.match(text, new RegExp(`\\b${n + 1}\\s*/\\s*${all.length}\\b`), `sheet ${n + 1} has no number`);
      });
      assert.ok(!all.join('').includes('⟦'));
      await leave(page);
    });
  }
}

/** The sheets of `entente print`, in points. */
const SIZES = { a4: [595, 842], letter: [612, 792] };

test('entente print writes every sheet in the size that was asked for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entente-paper-'));
  const config = join(folder, 'entente.toml');
  const run = (...args) => execFileSync(binary, ['--config', config, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    writeFileSync(config, [
      'data_dir = "data"', '[party]', 'short = "paper"', 'name_en = "Paper mill"', 'name_fr = "Papeterie"', 'side = "EU"',
      'roles = ["agency"]', '[http]', 'listen = "127.0.0.1:0"', '',
    ].join('\n'));
    run('init');
    for (const [paper, size] of Object.entries(SIZES)) {
      const file = join(folder, `${paper}.pdf`);
      run('print', '/accounts/roles', '--as', 'officer', '--lang', 'fr', '--paper', paper, '--pdf', file);
      const boxes = [...readFileSync(file, 'latin1').matchAll(/\/MediaBox\s*\[([^\]]+)\]/g)].map(([, box]) => box.trim().split(/\s+/).map(Number));
      const all = sheets(file);
      assert.ok(all.length > 1, 'one sheet proves little');
      assert.equal(boxes.length, all.length, 'a sheet has no box of its own');
      for (const [left, bottom, right, top] of boxes) {
        const beside = Math.max(Math.abs(right - left - size[0]), Math.abs(top - bottom - size[1]));
        assert.ok(beside <= 1, `${paper}: ${right - left} × ${top - bottom} points`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
