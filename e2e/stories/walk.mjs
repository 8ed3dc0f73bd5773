// Every page, in both languages, light, dark and in high contrast, wide and narrow: it answers, speaks the language, is
// accessible, fits, does not move, and is light. Each is loaded once for each language; the rest is done to the page at
// hand, so that the whole walk takes a minute.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { assertAccessible, assertReadable } from '../accessible.mjs';
import { measure, report } from '../measure.mjs';
import { languages, pages } from '../pages.mjs';
import { go, leave, pathOf, picture, visit } from '../world.mjs';

after(report);

for (const entry of pages) {
  for (const language of languages) {
    test(`${entry.name} in ${language}`, async (story) => {
      const page = await visit('eu', { language });
      const path = await pathOf(page, entry);
      if (path === null) {
        story.skip('the demo has none of these');
        await leave(page);
        return;
      }
      const response = await go(page, path, language);
      if (response.status() !== 403) {
        await walk(page, entry, path, language, response);
        return;
      }
      // not for officers: somebody else's page
      await leave(page);
      for (const as of ['administrator', 'auditor']) {
        const other = await visit('eu', { language, as });
        const answer = await go(other, path, language);
        if (answer.status() === 200) {
          other.troubles = [];
          await walk(other, entry, path, language, answer);
          return;
        }
        await leave(other);
      }
      assert.fail(`${path} is open to neither officer, administrator nor auditor`);
    });
  }
}

async function walk(page, entry, path, language, response) {
  assert.equal(response.status(), 200, path);
  const name = `${entry.name}-${language}`;
  await assertWellMade(page, language);
  await measure(page, name);
  await assertAccessible(page, path);
  await picture(page, `${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertReadable(page, `${path} in the dark`);
  await picture(page, `${name}-dark`);
  // WCAG 2.2, 1.4.10 Reflow and 1.4.4 Resize: 320 CSS pixels are 1280 at 400 %; tables scroll inside their own frame
  await page.setViewportSize({ width: 320, height: 900 });
  await fits(page, path, 320);
  await picture(page, `${name}-dark-narrow`);
  await page.emulateMedia({ colorScheme: 'light' });
  await picture(page, `${name}-light-narrow`);
  if (language === 'en') {
    await page.setViewportSize({ width: 640, height: 450 });
    await fits(page, path, 640);
    await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'contrast'));
    await assertReadable(page, `${path} in high contrast`);
  }
  assert.deepEqual(page.troubles, []);
  await leave(page);
}

async function fits(page, path, width) {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(beyond <= 1, `${path} is ${beyond} px too wide for ${width}`);
}

/** Language, title, landmarks, one heading, no string key and no placeholder left over. */
async function assertWellMade(page, language) {
  assert.equal(await page.locator('html').getAttribute('lang'), language);
  assert.match(await page.title(), /\S.* · Entente$|^Entente/);
  const { headings, landmarks, text } = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    landmarks: ['header', 'main', 'nav', 'footer'].map((name) => document.querySelectorAll(`body > ${name}, body > .frame > ${name}`).length),
    text: document.body.innerText,
  }));
  assert.equal(headings, 1, 'a page has one main heading');
  assert.deepEqual(landmarks, [1, 1, 1, 1], 'header, main, menu and footer, once each');
  const leftOver = /⟦[^⟧]*⟧|\{ ?\$[a-z]/.exec(text);
  assert.equal(leftOver, null, `a string is missing: ${leftOver?.[0]}`);
}
