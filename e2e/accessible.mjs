// WCAG 2.2 AA as far as a machine can see it: axe-core, run inside the page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LEVEL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** Each rule that is broken, where, and the page that explains it; `colours` looks only at what a theme changes. */
export async function faultsOf(page, { colours = false } = {}) {
  // evaluated by the debugger, so the page's own content security policy stays as it is
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (runOnly) => globalThis.axe.run(globalThis.document, { runOnly, resultTypes: ['violations'] }),
    colours ? COLOURS : LEVEL,
  );
  return violations.map(({ id, help, helpUrl, nodes }) => {
    const places = nodes.slice(0, 5).map(({ html, failureSummary }) => `    ${html.slice(0, 200)}\n      ${failureSummary?.replaceAll('\n', ' ')}`);
    return `  ${id}: ${help} (${helpUrl}), ${nodes.length} times\n${places.join('\n')}`;
  });
}

/** Fails when any rule is broken. */
export async function assertAccessible(page, name) {
  const broken = await faultsOf(page);
  assert.equal(broken.length, 0, `${name} is not accessible to everybody:\n${broken.join('\n')}`);
}
