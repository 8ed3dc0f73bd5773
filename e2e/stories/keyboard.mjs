// A person without a mouse gets past the menu and into the content.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { go, leave, visit } from '../world.mjs';

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

test('whatever has the focus shows it', async () => {
  const page = await visit('eu');
  await go(page, '/');
  for (let stop = 0; stop < 12; stop += 1) {
    await page.keyboard.press('Tab');
    const visible = await page.evaluate(() => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return element === document.body || (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
    });
    assert.ok(visible, `stop ${stop + 1} of the tab key is invisible`);
  }
  await leave(page);
});
