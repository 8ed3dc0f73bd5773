// A passkey from the first touch to the last, with the authenticator that Chromium simulates. Passkeys belong to a name, and the
// only name that counts without a certificate is localhost.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { leave, node, picture, settled, signIn, stranger } from '../world.mjs';
import { word } from '../words.mjs';

/** An authenticator in the machine, with a person who lets it. */
async function authenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length;
}

async function sent(page, button) {
  await Promise.all([page.waitForNavigation(), button.click()]);
  await settled(page);
}

async function signOut(page) {
  await page.locator('header details:has(input[name="csrf"]) summary').click();
  await sent(page, page.locator('header form:has(input[name="csrf"]) button'));
}

/** Asks to sign in with the passkey; where one comes out. */
async function withPasskey(page) {
  await page.goto('/login');
  await sent(page, page.locator('form[data-passkey="get"] button'));
  return new URL(page.url()).pathname;
}

test('an officer makes a passkey, signs in with it alone, and takes it back', { timeout: 60_000 }, async () => {
  const { url, user, password } = node('us');
  const page = await stranger(url.replace('127.0.0.1', 'localhost'));
  const held = await authenticator(page);
  await signIn(page, user, password);
  await page.goto('/account/passkeys');
  assert.ok(!(await page.locator('main').innerText()).includes(word('en', 'passkey-cannot')), 'says that it cannot although it can');
  await page.locator('input[name="label"]').fill('Duty laptop');
  await sent(page, page.locator('form[data-passkey="create"] button'));
  assert.ok((await page.locator('main tbody').innerText()).includes('Duty laptop'));
  assert.equal(await held(), 1);
  await picture(page, 'passkeys-one');

  await signOut(page);
  assert.equal(await withPasskey(page), '/');
  assert.ok((await page.locator('header').innerText()).includes(user));

  await page.goto('/account/passkeys');
  await sent(page, page.locator('main tbody tr:has-text("Duty laptop") form button'));
  assert.equal(await page.locator('main tbody').count(), 0, 'the passkey is still there');
  await signOut(page);
  assert.equal(await held(), 1, 'the authenticator knows nothing of it');
  assert.notEqual(await withPasskey(page), '/', 'a passkey that was taken back still opens the door');
  await leave(page);
});
