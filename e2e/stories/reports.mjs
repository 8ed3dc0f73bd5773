// An operator without an account reports by the public form, without scripts; an officer answers; the operator reads it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { go, leave, picture, settled, visit } from '../world.mjs';
import { word } from '../words.mjs';

async function sent(page, form) {
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    form.locator('button[type="submit"]').click(),
  ]);
  await settled(page);
}

test('a report by the public form is answered, and its reporter reads the answer', async () => {
  const operator = await visit('eu', { language: 'fr', signedIn: false, scripts: false, width: 390 });
  await go(operator, '/report?stage=nis2.ew', 'fr');
  await operator.locator('input[name="name"]').fill('Clinique du Nord');
  await operator.locator('input[name="country"]').fill('FR');
  await operator.locator('select[name="D04"]').selectOption('yes');
  await operator.locator('textarea[name="D01"]').fill('Deux services sont à l’arrêt.');
  await picture(operator, 'report-form-fr');
  await sent(operator, operator.locator('form[action="/report"]'));
  const [reference, code] = await operator.locator('code.secret').allInnerTexts();
  assert.match(reference, /^R\d{4}-[0-9A-Z]{8}$/);
  await picture(operator, 'report-taken-fr');

  const officer = await visit('eu');
  await go(officer, '/notify/reports');
  await picture(officer, 'reports-queue-en');
  await officer.getByRole('link', { name: reference }).click();
  await settled(officer);
  const answer = officer.locator('details', { hasText: word('en', 'reports-acknowledge') });
  await answer.locator('summary').click();
  await answer.locator('textarea[name="feedback"]').fill('Received. Isolate the gateway, keep its logs.');
  await sent(officer, answer.locator('form'));
  assert.ok((await officer.locator('main').innerText()).includes('Isolate the gateway'));
  await picture(officer, 'report-docket-en');
  await officer.getByRole('link', { name: word('en', 'reports-forward'), exact: true }).click();
  await settled(officer);
  await officer.locator('fieldset#to label', { hasText: 'us' }).locator('input').check();
  await officer.locator('input[name="field"][value="D04"]').check();
  await picture(officer, 'report-forward-en');
  await sent(officer, officer.locator('form[action$="/forward"]'));
  assert.ok((await officer.locator('main').innerText()).includes(word('en', 'reports-record')));
  assert.deepEqual(officer.troubles, []);
  await leave(officer);

  const partner = await visit('us');
  const deadline = Date.now() + 20_000;
  do {
    await go(partner, '/notify/received');
  } while (!(await partner.locator('main').innerText()).includes(reference) && Date.now() < deadline);
  const handed = await partner.locator('main').innerText();
  assert.ok(handed.includes(reference), 'the releasable version did not come to the other side');
  assert.ok(!handed.includes('Clinique') && !handed.includes('Deux services'), 'more came than was chosen');
  await picture(partner, 'received-en');
  await leave(partner);

  await go(operator, '/report/status', 'fr');
  await operator.locator('input[name="reference"]').fill(reference);
  await operator.locator('input[name="code"]').fill(code);
  await sent(operator, operator.locator('form[action="/report/status"]'));
  assert.ok((await operator.locator('main').innerText()).includes('Isolate the gateway'));
  await picture(operator, 'report-status-fr');
  await leave(operator);
});
