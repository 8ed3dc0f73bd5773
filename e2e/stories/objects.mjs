// The list of objects and one object: filter, search, who received it and what was withheld.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { languages } from '../pages.mjs';
import { go, leave, picture, settled, visit } from '../world.mjs';
import { word } from '../words.mjs';

const LIST = '/exchange/objects';
const ROW_LINKS = 'main tbody a[href^="/exchange/objects/"]';

/** How many objects a search for one in some state opens before it gives up. */
const LOOK_AT_MOST = 60;

test('the list narrows to one type, and the URL can be shared', async () => {
  const page = await visit('eu');
  await go(page, LIST);
  const before = await page.locator(ROW_LINKS).count();
  assert.ok(before > 10, `the demo's list shows only ${before} objects`);
  await page.locator('main select[name="type"]').selectOption('indicator');
  await submit(page, 'main form:has(select[name="type"])');
  assert.equal(new URL(page.url()).searchParams.get('type'), 'indicator');
  const ids = await idsOf(page);
  assert.ok(ids.length > 0, 'no indicator in the demo');
  assert.ok(ids.every((id) => id.startsWith('indicator--')), `not only indicators: ${ids}`);
  assert.equal(await page.locator('main select[name="type"]').inputValue(), 'indicator');
  await leave(page);
});

test('full-text search finds an object by a word of its name', async () => {
  const page = await visit('eu');
  await go(page, `${LIST}?type=intrusion-set`);
  const link = page.locator(ROW_LINKS).first();
  assert.ok(await link.count(), 'the demo has no intrusion set');
  const href = await link.getAttribute('href');
  const name = (await link.innerText()).trim();
  const longest = name.split(/[^\p{L}\p{N}]+/u).sort((a, b) => b.length - a.length)[0];
  await go(page, `${LIST}?q=${encodeURIComponent(longest)}`);
  const found = await page.locator(ROW_LINKS).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(found.includes(href), `searching ${longest} does not find ${name}`);
  await leave(page);
});

test('a search for nothing says so and does not fail', async () => {
  const page = await visit('eu');
  const response = await go(page, `${LIST}?q=zzzzqqqqzzzz`);
  assert.equal(response.status(), 200);
  assert.equal(await page.locator(ROW_LINKS).count(), 0);
  await leave(page);
});

test('a search of odd signs is taken as text', async () => {
  const page = await visit('eu');
  for (const odd of ['"', "' OR 1=1 --", '*', 'NEAR(', '<script>alert(1)</script>', '%00']) {
    const response = await go(page, `${LIST}?q=${encodeURIComponent(odd)}`);
    assert.equal(response.status(), 200, odd);
  }
  assert.deepEqual(page.troubles, []);
  await leave(page);
});

test('an unknown object is a page that says so', async () => {
  const page = await visit('eu');
  const response = await go(page, `${LIST}/indicator--00000000-0000-4000-8000-000000000000`);
  assert.equal(response.status(), 404);
  assert.equal(await page.locator('h1').count(), 1);
  await leave(page);
});

test('an object that was withheld says from whom and why, in both languages', async () => {
  const page = await visit('eu');
  const path = await firstWithheld(page);
  for (const language of languages) {
    await go(page, path, language);
    await picture(page, `object-withheld-${language}`);
    const main = page.locator('main');
    const said = await main.innerText();
    assert.ok(includes(said, word(language, 'state-withheld')), `${path} does not say that it was withheld`);
    const reason = main.locator('.reason[data-code]').first();
    const code = await reason.getAttribute('data-code');
    assert.ok(includes(await reason.innerText(), word(language, `reason-${code}`)), `reason ${code} is not put in words`);
  }
  await leave(page);
});

test('an object that was sent names the party that has it, and that party shows it', async () => {
  const eu = await visit('eu');
  const path = await firstWith(eu, `${LIST}?state=released`, word('en', 'state-sent'));
  const us = await visit('us');
  const response = await go(us, path);
  assert.equal(response.status(), 200, `eu says it sent ${path}, us does not show it`);
  await leave(us);
  await leave(eu);
});

/** The path of an object whose page shows a reason for withholding it. */
async function firstWithheld(page) {
  return firstWith(page, `${LIST}?state=withheld`, word('en', 'state-withheld'));
}

/** Pages through a list and opens objects until one's page shows the state `wanted`. */
async function firstWith(page, list, wanted) {
  let next = list;
  let seen = 0;
  while (next && seen < LOOK_AT_MOST) {
    await go(page, next);
    const paths = await page.locator(ROW_LINKS).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const following = page.locator('main a[rel="next"]').first();
    next = (await following.count()) ? await following.getAttribute('href') : null;
    for (const path of new Set(paths)) {
      await go(page, path);
      seen += 1;
      const states = await page.locator('main .status').allInnerTexts();
      if (states.some((state) => state.trim().toLowerCase() === wanted.toLowerCase())) return path;
    }
  }
  assert.fail(`none of ${seen} objects of ${list} shows \`${wanted}\``);
}

/** Stylesheets may show words in capitals; the words are the same. */
function includes(text, wanted) {
  return text.toLowerCase().includes(wanted.toLowerCase());
}

async function submit(page, form) {
  await Promise.all([
    page.waitForNavigation(),
    page.locator(`${form} button[type="submit"]`).first().click(),
  ]);
  await settled(page);
}

async function idsOf(page) {
  const hrefs = await page.locator(ROW_LINKS).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  return hrefs.map((href) => decodeURIComponent(href.split('/').pop().split('?')[0]));
}

test('an object in another language than the page says in which', async () => {
  const page = await visit('eu');
  await go(page, `${LIST}?type=report&q=${encodeURIComponent('Écluse')}`);
  const path = await page.locator(ROW_LINKS).first().getAttribute('href');
  for (const [language, lang] of [['en', 'fr'], ['fr', null]]) {
    await go(page, path, language);
    assert.equal(await page.locator('h1').getAttribute('lang'), lang);
    assert.equal(await page.locator('main .facts [lang]').count(), lang ? 1 : 0, 'its description');
  }
  await leave(page);
});
