// WCAG 2.2 AA as far as a machine can see it: axe-core, run inside the page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LEVEL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What a change of colours alone can break. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** Fails with each rule that is broken, where, and the page that explains it. */
export async function assertAccessible(page, name) {
  await check(page, name, { runOnly: LEVEL });
}

/** The same after the colours have changed, for a page that was looked at as a whole in others. */
export async function assertReadable(page, name) {
  await check(page, name, { runOnly: COLOURS });
}

async function check(page, name, options) {
  // evaluated by the debugger, so the page's own content security policy stays as it is
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (given) => globalThis.axe.run(globalThis.document, { ...given, resultTypes: ['violations'] }),
    options,
  );
  const broken = violations.map(({ id, help, helpUrl, nodes }) => {
    const places = nodes.slice(0, 5).map(({ html, failureSummary }) => `    ${html.slice(0, 200)}\n      ${failureSummary?.replaceAll('\n', ' ')}`);
    return `  ${id}: ${help} (${helpUrl}), ${nodes.length} times\n${places.join('\n')}`;
  });
  assert.equal(broken.length, 0, `${name} is not accessible to everybody:\n${broken.join('\n')}`);
}
