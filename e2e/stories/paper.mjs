// What is handed on paper: the same pages as A4 and Letter, with their marking and number on each sheet.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

import { artefacts, go, leave, pathOf, visit } from '../world.mjs';
import { pages } from '../pages.mjs';

/** Pages that leave the room on paper. */
const HANDED = ['report', 'incident-stage', 'incident-stage-proof', 'handover'];
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
