// Signing in, and what a stranger sees.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible } from '../accessible.mjs';
import { languages, openPages, pages, schemes } from '../pages.mjs';
import { go, leave, node, picture, signIn, visit } from '../world.mjs';

test('a stranger is led to the sign-in page from every page', async () => {
  const page = await visit('eu', { signedIn: false });
  for (const { path } of pages.filter((entry) => typeof entry.path === 'string')) {
    await page.goto(path);
    assert.equal(new URL(page.url()).pathname, '/login', `${path} is open to strangers`);
  }
  await leave(page);
});

test('a wrong password is refused without saying which half was wrong', async () => {
  const page = await visit('eu', { signedIn: false });
  const answers = [];
  for (const user of [node('eu').user, 'nobody-of-this-name']) {
    await signIn(page, user, 'not the password');
    assert.equal(new URL(page.url()).pathname, '/login');
    answers.push(await page.locator('[role="alert"]').first().innerText());
  }
  assert.equal(answers[0], answers[1]);
  await leave(page);
});

test('an officer signs in, sees the overview, and signs out', async () => {
  const page = await visit('us', { signedIn: false });
  const { user, password } = node('us');
  await signIn(page, user, password);
  assert.equal(new URL(page.url()).pathname, '/');
  assert.ok((await page.locator('header').innerText()).includes(user));
  await page.locator('header details:has(input[name="csrf"]) summary').click();
  await page.locator('header form:has(input[name="csrf"]) button').click();
  await page.waitForURL('**/login**');
  await page.goto('/exchange/objects');
  assert.equal(new URL(page.url()).pathname, '/login', 'the session outlives signing out');
  await leave(page);
});

for (const language of languages) {
  for (const scheme of schemes) {
    for (const { name, path } of openPages) {
      test(`${name} is accessible in ${language}, ${scheme}`, async () => {
        const page = await visit('eu', { language, scheme, signedIn: false });
        await go(page, path, language);
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        await picture(page, `${name}-${language}-${scheme}`);
        await assertAccessible(page, path);
        assert.deepEqual(page.troubles, []);
        await leave(page);
      });
    }
  }
}
