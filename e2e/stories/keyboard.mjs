// A person without a mouse: past the menu, through the palette, and through a whole shift.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { go, leave, node, settled, visit } from '../world.mjs';

/** Tabs to give up after. */
const MOST_STOPS = 120;

/** What has the focus: its address, name, or text. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element.getAttribute('href') ?? element.getAttribute('name') ?? element.textContent.trim();
  });
}

/** Goes on with the tab key until `fits`; fails where the focus is lost or cannot be seen. */
async function tabTo(page, fits) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return {
        tag: element.tagName, href: element.getAttribute('href') ?? '', name: element.getAttribute('name') ?? '', type: element.type ?? '',
        main: document.querySelector('main')?.contains(element) ?? false,
        seen: element === document.body || (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
      };
    });
    assert.ok(found.seen, `${found.tag} ${found.href}${found.name} has the focus and does not show it`);
    if (fits(found)) return found;
  }
  assert.fail(`not reached within ${MOST_STOPS} stops at ${page.url()}`);
}

/** Presses Enter and waits for the page behind it. */
async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await settled(page);
}

test('the first stop of the tab key skips to the content', async () => {
  const page = await visit('eu');
  await go(page, '/exchange/objects');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), 'focus did not enter the content');
  await leave(page);
});

test('what has the focus shows it, on every stop of the start page', async () => {
  const page = await visit('eu');
  await go(page, '/');
  await tabTo(page, ({ main }) => main);
  await leave(page);
});

test('the palette opens by its keys, is chosen from with arrows, and gives the focus back', async () => {
  const page = await visit('eu');
  await go(page, '/exchange/objects');
  await page.locator('main select[name="type"]').focus();
  await page.keyboard.press('Control+k');
  const field = page.locator('#palette-field');
  await field.waitFor({ state: 'visible' });
  const chosen = () => page.locator('#palette-list [role="option"][aria-selected="true"]');
  await page.keyboard.type('gateway');
  await page.locator('#palette-list [role="option"]', { hasText: /gateway/i }).first().waitFor();
  const first = await chosen().innerText();
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await chosen().innerText(), first);
  assert.equal(await field.getAttribute('aria-activedescendant'), await chosen().getAttribute('id'), 'a screen reader is not told which one');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'palette-field');
  await page.keyboard.press('ArrowUp');
  assert.equal(await chosen().innerText(), first);
  await page.keyboard.press('Escape');
  await page.locator('#palette').waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'type', 'the focus does not return to where it was');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('gateway');
  const option = page.locator('#palette-list [role="option"]', { hasText: /gateway/i }).first();
  await option.waitFor();
  const href = await chosen().getAttribute('data-href');
  await enter(page);
  const { pathname, search } = new URL(page.url());
  assert.equal(pathname + search, href);
  await leave(page);
});

test('a whole shift goes by the keyboard alone: sign in, look, search, hand over', { timeout: 90_000 }, async () => {
  const page = await visit('us', { signedIn: false });
  const { user, password } = node('us');
  await page.goto('/login');
  await tabTo(page, ({ name }) => name === 'user');
  await page.keyboard.type(user);
  await tabTo(page, ({ name }) => name === 'password');
  await page.keyboard.type(password);
  await enter(page);
  assert.equal(new URL(page.url()).pathname, '/');

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, ({ main, href }) => main && href.startsWith('/picture/subjects/'));
  await enter(page);
  assert.match(new URL(page.url()).pathname, /^\/picture\/subjects\//);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, ({ href }) => href.startsWith('/exchange/objects/'));
  await enter(page);

  await page.keyboard.press('/');
  await page.keyboard.type('gateway');
  await enter(page);
  assert.equal(new URL(page.url()).searchParams.get('q'), 'gateway');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('hand');
  const option = page.locator('#palette-list [role="option"][data-href="/picture/handover"]');
  await option.waitFor();
  while ((await option.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
  await enter(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, ({ name }) => name === 'note');
  await page.keyboard.type('All by keyboard.');
  await tabTo(page, ({ main, type }) => main && type === 'submit');
  await enter(page);
  assert.deepEqual(page.troubles, []);
  await leave(page);
});

test('who wants no motion gets none', async () => {
  const page = await visit('eu'); // every context of these stories asks for reduced motion
  await go(page, '/styleguide');
  const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
    const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
    const lasts = (text) => text.split(',').some((part) => Number.parseFloat(part) > 0.01);
    return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration);
  }).map((element) => element.className));
  assert.deepEqual(moving, []);
  await leave(page);
});
