// Every page, in both languages, light and dark: it answers, speaks the language, is accessible.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible } from '../accessible.mjs';
import { languages, pages, schemes } from '../pages.mjs';
import { go, leave, pathOf, picture, visit } from '../world.mjs';

for (const language of languages) {
  for (const scheme of schemes) {
    for (const entry of pages) {
      test(`${entry.name} in ${language}, ${scheme}`, async () => {
        const page = await visit('eu', { language, scheme });
        const path = await pathOf(page, entry);
        const response = await go(page, path, language);
        assert.equal(response.status(), 200, path);
        await picture(page, `${entry.name}-${language}-${scheme}`);
        await assertWellMade(page, language);
        await assertAccessible(page, path);
        assert.deepEqual(page.troubles, []);
        await leave(page);
      });
    }
  }
}

for (const entry of pages) {
  test(`${entry.name} fits a narrow screen without sideways scrolling`, async () => {
    // WCAG 2.2, 1.4.10 Reflow: 320 CSS pixels; tables scroll inside their own frame
    const page = await visit('eu', { width: 320 });
    await go(page, await pathOf(page, entry));
    await picture(page, `${entry.name}-narrow`);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(beyond <= 1, `${entry.name} is ${beyond} px too wide`);
    await leave(page);
  });
}

/** Language, title, one heading, no string key and no placeholder left over. */
async function assertWellMade(page, language) {
  assert.equal(await page.locator('html').getAttribute('lang'), language);
  assert.match(await page.title(), /\S.* · Entente$|^Entente/);
  assert.equal(await page.locator('h1').count(), 1, 'a page has one main heading');
  const text = await page.locator('body').innerText();
  const leftOver = /⟦[^⟧]*⟧|\{ ?\$[a-z]/.exec(text);
  assert.equal(leftOver, null, `a string is missing: ${leftOver?.[0]}`);
}
