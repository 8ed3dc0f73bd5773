// Every page of the product, in both languages and in every theme, on a wall, a laptop at 200 % and a phone: it answers, speaks
// the language, is accessible, stays in its frame, comes in one piece and little, and leads nowhere that is not.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { faultsOf } from '../accessible.mjs';
import { furnish } from '../furnish.mjs';
import { languages, openPages, pages } from '../pages.mjs';
import { pageRoutes, routeOf } from '../routes.mjs';
import { go, leave, pathOf, picture, visit } from '../world.mjs';

/** Pages that are looked at side by side. */
const LANES = 3;
/** What a page may cost, with style sheet and script, bytes. */
const MOST_BYTES = 100_000;
/** Core Web Vitals call 0.1 good. */
const MOST_SHIFT = 0.02;
/** How often a page that moved is looked at. */
const LOOKS = 4;
/** Addresses of one route that are followed. */
const FOLLOWED = 5;

const walked = new Set();
/** Route → addresses that pages lead to, with a page that does. */
const led = new Map();

for (const language of languages) {
  test(`every page in ${language}, in every theme and width`, { timeout: 900_000 }, async () => {
    await furnish();
    const faults = [];
    const queue = [...pages, ...openPages.map((entry) => ({ ...entry, name: `open-${entry.name}`, as: 'nobody' }))];
    const lane = async () => {
      const lanes = new Map();
      for (let entry = queue.shift(); entry; entry = queue.shift()) {
        const as = entry.as ?? 'officer';
        if (!lanes.has(as)) lanes.set(as, await visit('eu', { language, as, signedIn: as !== 'nobody' }));
        const say = (fault) => faults.push(`${entry.name} (${language}): ${fault}`);
        await look(lanes.get(as), entry, language, say).catch((error) => say(error.message));
      }
      for (const page of lanes.values()) await leave(page);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    assert.deepEqual(faults, []);
  });
}

test('no page of the product was left out', () => {
  const forgotten = pageRoutes.filter((route) => !walked.has(route));
  assert.deepEqual(forgotten, [], 'add a line to e2e/pages.mjs');
});

test('no link is dead', { timeout: 300_000 }, async () => {
  const faults = [];
  for (const as of ['officer', 'administrator', 'auditor']) {
    const page = await visit('eu', { as });
    await go(page, '/account');
    for (const [, paths] of led) {
      for (const [path, from] of [...paths].filter(([, place]) => place.as === as).slice(0, FOLLOWED)) {
        const { status } = await page.evaluate(async (path) => ({ status: (await fetch(path)).status }), path);
        if (status === 404 || status >= 500) faults.push(`${from.name} leads to ${path}: ${status}`);
      }
    }
    await leave(page);
  }
  assert.deepEqual(faults, []);
});

async function look(page, entry, language, say) {
  const path = await pathOf(page, entry);
  page.troubles.length = 0;
  const response = await go(page, path, language);
  if (response.status() !== 200) say(`${path} answers ${response.status()}`);
  walked.add(routeOf(new URL(path, 'http://any').pathname));
  await cost(page, entry, say);
  await still(page, path, language, say);
  await wellMade(page, entry, language, say);
  for (const fault of await faultsOf(page)) say(fault);
  if (language === 'en') await picture(page, `${entry.name}-en-light-wide`);
  gather(await hrefs(page), entry);

  // Colours are the same in every language.
  if (language === 'en') {
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const fault of await faultsOf(page, { colours: true })) say(`dark: ${fault}`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.evaluate(() => { document.documentElement.dataset.theme = 'contrast'; });
    for (const fault of await faultsOf(page, { colours: true })) say(`high contrast: ${fault}`);
    await page.evaluate(() => { delete document.documentElement.dataset.theme; });
  }

  // WCAG 2.2, 1.4.4 and 1.4.10: at 200 % a laptop is 640 CSS pixels wide, and 320 must do; tables scroll in their own frame.
  for (const width of [640, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const beyond = await page.evaluate(widest);
    if (beyond) say(`at ${width}: ${beyond}`);
  }
  if (language === 'fr') {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 844 });
    await picture(page, `${entry.name}-fr-dark-narrow`);
    await page.emulateMedia({ colorScheme: 'light' });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const trouble of page.troubles) say(trouble);
}

/** How far the page reaches beyond its window, and what does it; empty when it stays inside. */
function widest() {
  const beyond = document.documentElement.scrollWidth - window.innerWidth;
  if (beyond <= 1) return '';
  const right = (element) => Math.round(element.getBoundingClientRect().right - window.innerWidth);
  const found = [...document.querySelectorAll('body *')].filter((element) => right(element) === beyond);
  return `${beyond} px too wide, from ${found.at(-1)?.outerHTML.slice(0, 120)}`;
}

/** What came over the wire. */
async function cost(page, { whole }, say) {
  const bytes = await page.evaluate(() => {
    const parts = performance.getEntriesByType('resource').filter((part) => /\.(css|js|svg)$/.test(new URL(part.name).pathname));
    const [page] = performance.getEntriesByType('navigation');
    return page.encodedBodySize + parts.reduce((sum, part) => sum + part.encodedBodySize, 0);
  });
  if (bytes > MOST_BYTES && !whole) say(`${bytes} bytes come over the wire`);
}

/**
 * Whether anything moved after it was shown. A busy machine may paint a long table before all of it has come, so a page that moved
 * is loaded again: one that moves by itself does so every time.
 */
async function still(page, path, language, say) {
  let shift = await moved(page);
  for (let look = 1; look < LOOKS && shift > MOST_SHIFT; look += 1) {
    await go(page, path, language);
    shift = Math.min(shift, await moved(page));
  }
  if (shift > MOST_SHIFT) say(`the layout shifts by ${shift}`);
}

function moved(page) {
  return page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return globalThis.layoutShift ?? 0;
  });
}

/** Language, title, one heading, landmarks, the way past the menu, and no string key or placeholder left over. */
async function wellMade(page, { whole }, language, say) {
  const found = await page.evaluate(() => {
    const count = (selector) => document.querySelectorAll(selector).length;
    const first = document.querySelector('a[href], button, input, select, textarea');
    return {
      lang: document.documentElement.lang, title: document.title, h1: count('h1'), main: count('main'), skip: first?.getAttribute('href'),
      target: Boolean(document.querySelector('main#content')), banner: count('body > header'), foot: count('body > footer'),
      empty: [...document.querySelectorAll('h1, h2, h3, th, td a, li a')].filter((e) => !e.textContent.trim() && !e.querySelector('svg, img')).length,
      text: document.body.innerText, foreign: [...document.querySelectorAll('body [lang]')].map((e) => e.getAttribute('lang')).filter((lang) => !/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(lang)),
    };
  });
  if (found.lang !== language) say(`lang is ${found.lang}`);
  if (!/\S.* · Entente$|^Entente/.test(found.title)) say(`the title is ${found.title}`);
  if (found.h1 !== 1 && !whole) say(`${found.h1} main headings`);
  if (found.main !== 1 || !found.target) say('no main landmark');
  if (found.banner !== 1 || found.foot !== 1) say('no banner or no foot');
  if (found.skip !== '#content') say(`the first stop is ${found.skip}, not the way past the menu`);
  if (found.empty && !whole) say(`${found.empty} headings, cells or links are empty`);
  if (found.foreign.length) say(`no languages: ${found.foreign}`);
  const leftOver = /⟦[^⟧]*⟧|\{ ?\$[a-z]|\bundefined\b|\bNaN\b/.exec(found.text);
  if (leftOver) say(`a string is missing: ${leftOver[0]}`);
}

function hrefs(page) {
  return page.evaluate(() => [...document.querySelectorAll('a[href^="/"]')].map((a) => a.getAttribute('href')));
}

function gather(found, { name, as = 'officer' }) {
  for (const href of found.filter((href) => !/[?&](lang|theme)=/.test(href) && !href.startsWith('/notify/calendar/'))) {
    const { pathname, search } = new URL(href, 'http://any');
    const route = `${routeOf(pathname) ?? pathname} ${as}`;
    if (!led.has(route)) led.set(route, new Map());
    led.get(route).set(pathname + search, { name, as: as === 'nobody' ? 'officer' : as });
  }
}
