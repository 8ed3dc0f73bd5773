// On paper: A4 and Letter, the marking on every sheet, nothing that only a screen needs.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { go, leave, pathOf, visit } from '../world.mjs';
import { pages } from '../pages.mjs';

const artefacts = fileURLToPath(new URL('../artefacts/', import.meta.url));

for (const format of ['A4', 'Letter']) {
  test(`an agreement prints on ${format} with its marking on every sheet`, async () => {
    const page = await visit('eu');
    await go(page, await pathOf(page, pages.find(({ name }) => name === 'accord-agreements-id')));
    const sheets = await page.pdf({ format, preferCSSPageSize: false, printBackground: true });
    writeFileSync(`${artefacts}agreement-${format}.pdf`, sheets);
    assert.ok(sheets.length > 5_000, `${format}: only ${sheets.length} bytes`);
    await page.emulateMedia({ media: 'print' });
    const { rules, screenOnly } = await page.evaluate(() => ({
      rules: getComputedStyle(document.body).getPropertyValue('page'),
      screenOnly: [...document.querySelectorAll('.top, .menu, .foot, .palette, .filters, .copy')]
        .filter((element) => element.getClientRects().length > 0).length,
    }));
    assert.equal(rules, 'amber', 'the sheets carry no TLP:AMBER');
    assert.equal(screenOnly, 0, 'what only a screen needs is printed');
    await leave(page);
  });
}
