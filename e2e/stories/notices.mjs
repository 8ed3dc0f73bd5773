// What an officer is told although they did not look: the bell, the overdue review behind it, and its next version.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { go, leave, settled, visit } from '../world.mjs';

async function click(page, selector) {
  await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
  await settled(page);
}

test('the bell leads to an overdue review, a source is added, and what was read is no longer counted', async () => {
  const page = await visit('eu', { scripts: false });
  // The node gathers what there is to tell within ten seconds of its start.
  for (let tries = 0; tries < 40; tries += 1) {
    await go(page, '/notices');
    if (await page.locator('main tbody a[href^="/notices/"]').count()) break;
    await page.waitForTimeout(500);
  }
  assert.match(await page.locator('#bell').innerText(), /1/);
  await click(page, 'main tbody a[href^="/notices/"]');
  assert.match(new URL(page.url()).pathname, /^\/picture\/watch\/entries\//);
  await click(page, 'main a[href$="/evidence"]');
  await page.locator('textarea[name="says"]').fill('A profile of ours is being reviewed.');
  await page.locator('input[name="link"]').fill('https://csrc.nist.gov/pubs/ir/8401/final');
  await page.locator('input[name="on"]').fill('2022-12-30');
  await click(page, 'main form.form button[type="submit"]');
  assert.match(await page.locator('main').innerText(), /1 source added/);
  await go(page, '/notices', 'fr');
  await click(page, 'main form[action="/notices/read"] button');
  assert.match(await page.locator('#bell').getAttribute('title'), /Aucun nouvel avis/);
  await leave(page);
});
