// Everything works without scripts: signing in, walking, filtering, changing the language.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { furnish } from '../furnish.mjs';
import { pages } from '../pages.mjs';
import { go, leave, node, pathOf, signIn, visit } from '../world.mjs';

test('an officer signs in and walks every page without scripts', async () => {
  await furnish();
  const page = await visit('eu', { signedIn: false, scripts: false });
  const { user, password } = node('eu');
  await signIn(page, user, password);
  assert.equal(new URL(page.url()).pathname, '/');
  for (const entry of pages.filter(({ as }) => !as)) {
    const response = await go(page, await pathOf(page, entry));
    assert.equal(response.status(), 200, entry.name);
    if (!entry.whole) assert.equal(await page.locator('h1').count(), 1, entry.name);
  }
  await leave(page);
});

test('filters and the language switch work without scripts', async () => {
  const page = await visit('eu', { scripts: false });
  await go(page, '/exchange/objects');
  await page.locator('main select[name="type"]').selectOption('malware');
  await Promise.all([page.waitForNavigation(), page.locator('main form:has(select[name="type"]) button[type="submit"]').first().click()]);
  assert.equal(new URL(page.url()).searchParams.get('type'), 'malware');
  await Promise.all([page.waitForNavigation(), page.locator('header a[hreflang="fr"]').click()]);
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  assert.equal(new URL(page.url()).searchParams.get('type'), 'malware', 'the filter is lost with the language');
  await leave(page);
});
