// Finding: the palette by keyboard alone, the page without scripts, and a URL that says everything.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible } from '../accessible.mjs';
import { languages } from '../pages.mjs';
import { go, leave, picture, settled, visit } from '../world.mjs';
import { word } from '../words.mjs';

for (const language of languages) {
  test(`an officer goes anywhere by name with the keyboard alone, in ${language}`, async () => {
    const page = await visit('eu', { language });
    await go(page, '/links', language);
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: word(language, 'shell-palette') });
    await field.waitFor();
    assert.ok(await field.evaluate((input) => document.activeElement === input), 'the field has no focus');
    await page.locator('#palette-list [role="option"]').first().waitFor();
    await picture(page, `palette-empty-${language}`);
    await page.keyboard.type(word(language, 'nav-quarantine').slice(0, 5));
    const option = page.getByRole('option', { name: word(language, 'nav-quarantine') });
    await option.waitFor();
    await assertAccessible(page, 'the palette');
    await picture(page, `palette-${language}`);
    // the arrows move through the list while the focus stays in the field
    const first = await field.getAttribute('aria-activedescendant');
    await page.keyboard.press('ArrowDown');
    assert.notEqual(await field.getAttribute('aria-activedescendant'), first);
    await page.keyboard.press('ArrowUp');
    assert.equal(await field.getAttribute('aria-activedescendant'), first);
    await option.evaluate((element) => element.getAttribute('aria-selected')).then((selected) => assert.equal(selected, 'true'));
    await Promise.all([page.waitForURL('**/exchange/quarantine'), page.keyboard.press('Enter')]);
    assert.deepEqual(page.troubles, []);
    await leave(page);
  });
}

test('Escape closes the palette and gives the focus back', async () => {
  const page = await visit('eu');
  await go(page, '/');
  const opener = page.locator('[data-palette-open]');
  await opener.focus();
  await page.keyboard.press('Enter');
  await page.locator('#palette[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#palette[open]').waitFor({ state: 'detached' });
  assert.ok(await opener.evaluate((button) => document.activeElement === button));
  await leave(page);
});

test('a misspelt name finds what was meant, and its page says so', async () => {
  const page = await visit('eu');
  await go(page, '/exchange/objects?type=intrusion-set');
  const name = (await page.locator('main tbody a[href^="/exchange/objects/"]').first().innerText()).trim();
  const long = name.split(/[^\p{L}\p{N}]+/u).sort((a, b) => b.length - a.length)[0];
  const misspelt = long.slice(0, 2) + long[3] + long[2] + long.slice(4);
  await go(page, `/find?q=${encodeURIComponent(misspelt)}`);
  assert.ok((await page.locator('main .hits').first().innerText()).includes(long), `${misspelt} does not find ${long}`);
  await leave(page);
});

test('without scripts a question is asked, narrowed, kept and found again', async () => {
  const page = await visit('eu', { scripts: false });
  await go(page, '/');
  await page.locator('header input[name="q"]').fill('192.0.2.0/24');
  await Promise.all([page.waitForURL('**/find?q=*'), page.locator('header input[name="q"]').press('Enter')]);
  await go(page, '/find?in=objects&kind=malware');
  const narrowed = page.locator('nav.facets a').filter({ hasText: 'TLP:' }).first();
  await Promise.all([page.waitForURL('**tlp=*'), narrowed.click()]);
  const shared = page.url();
  await page.locator('main input[name="name"]').fill('Malware of the week');
  await Promise.all([page.waitForNavigation(), page.locator('main form[action="/find/saved"] button').click()]);
  await settled(page);
  assert.equal(page.url(), shared, 'saving leads away from the page');
  await go(page, '/find');
  await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'Malware of the week' }).click()]);
  assert.equal(new URL(page.url()).search, new URL(shared).search);
  await Promise.all([page.waitForNavigation(), page.locator('form[action="/find/saved/forget"] button').first().click()]);
  assert.equal(await page.getByRole('link', { name: 'Malware of the week' }).count(), 0);
  await leave(page);
});

test('the viewer’s own time stands beside UTC once it is chosen', async () => {
  const page = await visit('us');
  await go(page, '/account/settings');
  await page.locator('select[name="zone"]').selectOption('America/New_York');
  await Promise.all([page.waitForNavigation(), page.locator('main form button').click()]);
  await settled(page);
  assert.match(await page.locator('main .time-full').first().innerText(), /UTC .*\(.*E[SD]T\)/);
  await page.locator('select[name="zone"]').selectOption('');
  await Promise.all([page.waitForNavigation(), page.locator('main form button').click()]);
  assert.doesNotMatch(await page.locator('main .time-full').first().innerText(), /E[SD]T/);
  await leave(page);
});
