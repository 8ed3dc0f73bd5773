// The agreement under which everything flows: its parties, signatures and grants.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { languages, pages } from '../pages.mjs';
import { go, leave, node, pathOf, visit } from '../world.mjs';
import { word } from '../words.mjs';

const entry = pages.find(({ name }) => name === 'accord-agreements-id');

for (const language of languages) {
  test(`both sides show the same active agreement in ${language}`, async () => {
    const headings = [];
    for (const party of ['eu', 'us']) {
      const page = await visit(party, { language });
      await go(page, await pathOf(page, entry), language);
      headings.push(await page.locator('h1').innerText());
      const said = (await page.locator('main').innerText()).toLowerCase();
      assert.ok(said.includes(word(language, 'accord-state-active').toLowerCase()), `${party} does not show it as active`);
      await leave(page);
    }
    assert.equal(headings[0], headings[1], `${node('eu').url} and ${node('us').url} disagree`);
  });
}
