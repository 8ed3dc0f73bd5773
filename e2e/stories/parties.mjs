// Who is on the other side, and how the link to them is.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { go, leave, visit } from '../world.mjs';

for (const path of ['/parties', '/links']) {
  test(`each side sees the other on ${path}`, async () => {
    const seen = {};
    for (const party of ['eu', 'us']) {
      const page = await visit(party);
      await go(page, path);
      const rows = page.locator('main table tbody tr');
      const shown = (await rows.count()) ? (await rows.allInnerTexts()).join('\n') : await page.locator('main').innerText();
      assert.ok(shown.trim().length > 0, `${path} of ${party} is empty`);
      seen[party] = shown;
      await leave(page);
    }
    assert.notEqual(seen.eu, seen.us, 'both nodes show the same page: one of them looks at itself');
  });
}
