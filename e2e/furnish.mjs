// What some pages need before there is anything on them: a proposal that waits for a signature, and a draft that waits for a
// second person.

import assert from 'node:assert/strict';

import { go, leave, settled, visit } from './world.mjs';

let done;

/** Does it once, whoever asks first. */
export function furnish() {
  done ??= propose().then(hold);
  return done;
}

async function send(page, form) {
  await Promise.all([page.waitForNavigation(), page.locator(`${form} button[type="submit"]`).last().click()]);
  await settled(page);
  assert.equal(await page.locator('.field-error').count(), 0, `${form} was not taken at ${page.url()}`);
}

async function propose() {
  const page = await visit('eu', { scripts: false });
  await go(page, '/accord/agreements/propose');
  const form = page.locator('main form');
  const text = {
    name: 'walk-annex', title_en: 'Annex of the walk', title_fr: 'Annexe (Annex of the walk)', text_en: 'Both sides exercise once a year.',
    text_fr: 'Les deux parties s’exercent une fois par an.', g0_purpose_en: 'Exercises', g0_purpose_fr: 'Exercices',
  };
  for (const [name, value] of Object.entries(text)) await form.locator(`[name="${name}"]`).fill(value);
  for (const box of await form.locator('input[name="party"]').all()) await box.check();
  await send(page, 'main form');
  await leave(page);
}

async function hold() {
  const page = await visit('eu', { scripts: false });
  await go(page, '/release/rules/add');
  await page.locator('input[name="name"]').fill('Red needs two');
  await page.locator('input[name="act"][value="exchange object submit"]').check();
  await page.locator('input[name="marking"][value="RED"]').check();
  await send(page, 'main form');
  await go(page, '/exchange/import');
  await page.locator('textarea[name="document"]').fill(JSON.stringify({
    type: 'campaign', spec_version: '2.1', id: 'campaign--5d1f2a7e-0b57-4c5e-9d0c-0d2a5a3c9f11', name: 'Night tide',
    created: '2026-11-20T08:00:00.000Z', modified: '2026-11-20T08:00:00.000Z',
  }));
  await page.locator('select[name="marking"]').selectOption('RED');
  await page.locator('select[name="under"]').selectOption({ index: 1 });
  await page.locator('input[name="to"]').first().check();
  await send(page, 'main form');
  await send(page, 'main form[action="/exchange/import/publish"]');
  assert.match(new URL(page.url()).pathname, /^\/release\//, 'nothing waits for a second person');
  await leave(page);
}
