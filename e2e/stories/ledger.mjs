// The ledger verifies from the page, and says how much it has checked.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { go, leave, settled, visit } from '../world.mjs';
import { word } from '../words.mjs';

for (const language of ['en', 'fr']) {
  test(`an officer verifies the ledger in ${language}`, async () => {
    const page = await visit('eu', { language });
    await go(page, '/ledger', language);
    const button = page.locator('main form button, main a.button').filter({ hasText: word(language, 'action-verify') }).first();
    await button.click();
    await settled(page);
    const result = page.locator('main [role="status"], main .status.tone-ok').first();
    await result.waitFor();
    assert.equal(await page.locator('main .alert.tone-err').count(), 0, 'the ledger does not verify');
    assert.match(await page.locator('main').innerText(), /\d/);
    await leave(page);
  });
}
