// The ledger verifies from the page, and says how much it has checked.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { languages } from '../pages.mjs';
import { go, leave, settled, visit } from '../world.mjs';

for (const language of languages) {
  test(`an officer verifies the ledger in ${language}`, async () => {
    const page = await visit('eu', { language });
    await go(page, '/ledger', language);
    await page.locator('main a[href="/ledger?verify=1"]').click();
    await page.waitForURL('**/ledger?verify=1');
    await settled(page);
    const answer = page.locator('main .alert.tone-ok[role="status"]').first();
    assert.ok(await answer.count(), `no answer, but: ${await page.locator('main').innerText()}`);
    assert.match(await answer.innerText(), /\d/, 'the answer does not say how much was checked');
    assert.equal(await page.locator('main .alert.tone-err').count(), 0, 'the ledger does not verify');
    await leave(page);
  });
}

test('a record can be looked up by its position and shows its proof', async () => {
  const page = await visit('eu');
  await go(page, '/ledger');
  await page.locator('main input[name="id"]').fill('0');
  await Promise.all([page.waitForURL('**/ledger/records/**'), page.locator('main form:has(input[name="id"]) button').click()]);
  assert.match(await page.locator('main').innerText(), /record:[0-9a-f]{4}/);
  await leave(page);
});
