// The questions of a duty officer, each answered from the start page without a manual; the clicks are counted, and the table in
// docs/picture.md says how many there are.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { go, leave, settled, visit } from '../world.mjs';
import { word } from '../words.mjs';

const told = readFileSync(new URL('../../docs/picture.md', import.meta.url), 'utf8');

/** Asks at the start page; fails where it takes more or fewer clicks than docs/picture.md says. */
async function answer(question, act) {
  const row = told.split('\n').find((line) => line.startsWith(`| ${question} |`));
  assert.ok(row, `docs/picture.md has no row for “${question}”`);
  const page = await visit('eu', { scripts: false });
  await go(page, '/');
  let clicks = 0;
  await act(page, async (selector) => {
    clicks += 1;
    await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
    await settled(page);
  });
  assert.equal(clicks, Number(row.split('|')[2]), `“${question}” takes ${clicks} clicks`);
  await leave(page);
}

const card = (page, key) => page.locator('main section.card', { has: page.getByRole('heading', { name: word('en', key) }) });

test('which sector was hit most this week, and by whom', () => answer('Which sector was hit most this week, and by whom?', async (page) => {
  const first = card(page, 'picture-hit-title').locator('tbody tr').first();
  assert.ok(await first.count(), 'no sector was hit in the demo');
  assert.ok(await first.locator('a[href^="/picture/subjects/"]').count(), 'nobody is named who did it');
}));

test('what the other side knows of an actor that we do not, and why', () => answer('What does the other side know of an actor that we do not, and why?', async (page, click) => {
  await click('nav a[href="/picture/trends"]');
  await click('main tbody tr:has(.party-us):not(:has(.party-eu)) a[href^="/picture/subjects/"]');
  const row = card(page, 'picture-told-title').locator('tbody tr').first();
  const [all, alone] = await row.locator('td.num').allInnerTexts();
  assert.ok(Number(alone) > 0 && Number(all) >= Number(alone), `told ${all}, alone ${alone}`);
  assert.match(await row.innerText(), /TLP:AMBER/, 'the terms by which more would reach us are not said');
  assert.ok((await card(page, 'picture-told-title').innerText()).includes(word('en', 'picture-told-rest')));
}));

test('what was known at a past instant', () => answer('What was known at a past instant?', async (page, click) => {
  await click('nav a[href="/picture/map"]');
  await page.locator('input[name="at"]').fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
  await click('main form.filters button[type="submit"]');
  assert.ok(new URL(page.url()).searchParams.get('at'));
  assert.equal(await page.locator('main tbody a[href^="/picture/subjects/"]').count(), 0, 'the demo knew something before it began');
}));

test('who received an object', () => answer('Who received this object?', async (page, click) => {
  const newest = page.locator('main a[href^="/exchange/objects/"]').first();
  await click(`main a[href="${await newest.getAttribute('href')}"]`);
  const fates = card(page, 'exchange-object-delivery').locator('tbody tr');
  assert.ok((await fates.count()) > 1, 'nobody is named');
}));

test('a landscape that the public may have', () => answer('A threat landscape for the public', async (page, click) => {
  await click('nav a[href="/picture/report"]');
  const select = page.locator('main select[name="audience"]');
  const values = await select.locator('option').evaluateAll((options) => options.map((option) => option.value));
  await select.selectOption(values.find((value) => value.startsWith('public:')));
  await click('main form.filters button[type="submit"]');
  assert.match(await page.locator('.marking-banner').first().innerText(), /TLP:CLEAR/);
}));

test('the shift is handed over', () => answer('Hand over the shift', async (page, click) => {
  await click('main a[href="/picture/handover"]');
  await page.locator('textarea[name="note"]').fill('Quiet since four.');
  await click('main form[action="/picture/handover"] button[type="submit"]');
  assert.equal(await page.locator('.alert.tone-err').count(), 0);
}));
