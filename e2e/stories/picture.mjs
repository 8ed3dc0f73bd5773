// The officer's shift: what is new, which sector was hit and by whom, what the other side knows, and the hand-over.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { go, leave, settled, visit } from '../world.mjs';

/** Clicks and waits for the page behind it. */
async function click(page, selector) {
  await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
  await settled(page);
}

test('in two clicks an officer knows which sector was hit and by whom', async () => {
  const page = await visit('eu', { scripts: false });
  await go(page, '/');
  await click(page, 'nav a[href="/picture/map"]');
  const sectors = page.locator('main section.card').nth(1);
  assert.ok(await sectors.locator('tbody tr').count(), 'the demo has no sector that was hit in four weeks');
  const striker = sectors.locator('tbody a[href^="/picture/subjects/"]').first();
  assert.ok(await striker.count(), 'nobody is named who struck a sector');
  await Promise.all([page.waitForNavigation(), striker.click()]);
  assert.match(new URL(page.url()).pathname, /^\/picture\/subjects\//);
  await leave(page);
});

test('what the other side knows of an actor and we do not is said beside each tie', async () => {
  const page = await visit('eu', { scripts: false });
  await go(page, '/picture/trends?topic=actors&days=91');
  await click(page, 'main tbody a[href^="/picture/subjects/"]');
  assert.ok(await page.locator('main svg').count(), 'the subject has no picture');
  assert.ok(await page.locator('main tbody tr').count(), 'the subject has no table');
  await leave(page);
});

test('a shift is handed over without scripts, and what was acknowledged is not told again', async () => {
  const page = await visit('us', { scripts: false });
  await go(page, '/');
  await click(page, 'main a[href="/picture/handover"]');
  assert.ok(await page.locator('main tbody a[href^="/picture/subjects/"]').count(), 'nothing is new in the demo');
  await page.locator('textarea[name="note"]').fill('Call the other side at eight.');
  await click(page, 'main form[action="/picture/handover"] button[type="submit"]');
  const left = await page.locator('main tbody a[href^="/picture/subjects/"]').count();
  // News of the demo goes on arriving, so a few may be new again, but not what was there.
  assert.ok(left < 40, `${left} things are told again`);
  await leave(page);
});

test('a report for the public bears its marking and can be had in French', async () => {
  const page = await visit('eu', { scripts: false });
  await go(page, '/picture/report?days=91');
  const select = page.locator('main select[name="audience"]');
  const values = await select.locator('option').evaluateAll((options) => options.map((option) => option.value));
  const audience = values.find((value) => value.startsWith('public:'));
  assert.ok(audience, 'no agreement to publish under');
  await select.selectOption(audience);
  await click(page, 'main form.filters button[type="submit"]');
  const banner = await page.locator('.marking-banner').first().innerText();
  assert.match(banner, /TLP:CLEAR/);
  await go(page, `/picture/report?days=91&audience=${audience}`, 'fr');
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await leave(page);
});
