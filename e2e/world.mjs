// What all stories share: one demo, one browser, and how a person gets to a page.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

import { startDemo } from './demo.mjs';

const STEP_WITHIN_MS = 20_000;
/** A longer page is cut in its picture. */
const TALLEST_PX = 8_000;
export const artefacts = fileURLToPath(new URL('./artefacts/', import.meta.url));

let demo;
let browser;
/** Signed-in cookies per party, so that each story need not sign in again. */
const signedIn = new Map();

/** Starts the demo and the browser; all.test.mjs calls it once, before the first story. */
export async function open() {
  mkdirSync(artefacts, { recursive: true });
  const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = known.find((path) => path && existsSync(path));
  assert.ok(executablePath, 'no browser found; install chromium or set CHROMIUM to its path');
  [demo, browser] = await Promise.all([
    startDemo(),
    chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    }),
  ]);
}

/** Ends both; safe to call when `open` failed half-way. */
export async function close() {
  await browser?.close();
  await demo?.stop();
}

/** The node of a party: `eu` or `us`. */
export function node(party) {
  const found = demo.nodes[party];
  assert.ok(found, `the demo has no node of ${party}, only of ${Object.keys(demo.nodes)}`);
  return found;
}

/**
 * A fresh page at a node. `options`: `language` (en), `scheme` (light), `signedIn` (true),
 * `scripts` (true), `width` (1280), `as` (the officer). Console errors and failed requests end up in `page.troubles`.
 */
export async function visit(party, options = {}) {
  const { language = 'en', scheme = 'light', scripts = true, width = 1280 } = options;
  const context = await browser.newContext({
    baseURL: node(party).url,
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    locale: language === 'fr' ? 'fr-BE' : 'en-GB',
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    storageState: options.signedIn === false ? undefined : await session(party, options.as),
  });
  context.setDefaultTimeout(STEP_WITHIN_MS);
  const page = await context.newPage();
  // How far things move after they were shown, in the unit of Core Web Vitals.
  if (scripts) {
    await page.addInitScript(() => {
      globalThis.layoutShift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.layoutShift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
  }
  page.troubles = [];
  page.on('pageerror', (error) => page.troubles.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') page.troubles.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) page.troubles.push(`${response.status()} for ${response.url()}`);
  });
  return page;
}

/** A page of a browser that nobody has used, at any node. */
export async function stranger(baseURL) {
  const context = await browser.newContext({ baseURL, locale: 'en-GB', viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(STEP_WITHIN_MS);
  return context.newPage();
}

/** Leaves the page and everything that belongs to it. */
export async function leave(page) {
  await page.context().close();
}

/** Fills and sends the sign-in form of the page at hand. */
export async function signIn(page, user, password) {
  await page.goto('/login');
  await page.locator('input[name="user"]').fill(user);
  await page.locator('input[name="password"]').fill(password);
  const form = page.locator('form:has(input[name="password"])');
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    form.locator('button[type="submit"], button:not([type])').first().click(),
  ]);
  await settled(page);
}

/** Goes to a path in a language; the server answers `?lang=` with a cookie and a redirect. */
export async function go(page, path, language = 'en') {
  const target = new URL(path, 'http://any');
  target.searchParams.set('lang', language);
  const response = await page.goto(target.pathname + target.search + target.hash);
  await settled(page);
  return response;
}

/** Waits for the document, not for silence: live pages keep one request open for ever. */
export async function settled(page) {
  await page.waitForLoadState('load');
}

/** The path of an entry of pages.mjs, found through its list when it is not fixed. */
export async function pathOf(page, entry) {
  if (typeof entry.path === 'string') return entry.path;
  await go(page, entry.path.list);
  const link = page.locator(entry.path.link).first();
  assert.ok(await link.count(), `${entry.path.list} shows no ${entry.path.link}`);
  const href = await link.getAttribute('href');
  return entry.path.then ? pathOf(page, { path: { list: href, link: entry.path.then } }) : href + (entry.path.below ?? '');
}

/** A picture of the whole page for people to look at; the window grows, so that its foot stays at the foot. */
export async function picture(page, name) {
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: size.width, height: Math.min(Math.max(height, size.height), TALLEST_PX) });
  await page.screenshot({ path: `${artefacts}${name}.png` });
  await page.setViewportSize(size);
}

async function session(party, as) {
  const { user: officer, password } = node(party);
  const user = as ?? officer;
  const key = `${party} ${user}`;
  if (!signedIn.has(key)) {
    const page = await visit(party, { signedIn: false });
    await signIn(page, user, password);
    assert.ok(!new URL(page.url()).pathname.startsWith('/login'), `${user} cannot sign in at ${node(party).url}`);
    signedIn.set(key, await page.context().storageState());
    await leave(page);
  }
  return signedIn.get(key);
}
