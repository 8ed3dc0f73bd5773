// How fast a page felt: measured on the way of the walk and written down, never judged by the clock of a busy machine.
// What does not depend on the machine is judged: bytes, and whether anything moved.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Bytes of one page with everything it needs, on a first visit. */
const MOST_BYTES = 100_000;
const rows = [];

/** Notes what the page cost. Nothing may have moved while it came. */
export async function measure(page, name) {
  const found = await page.evaluate(async () => {
    const shifts = await new Promise((resolve) => {
      const seen = [];
      new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true });
      // Buffered entries come before the next task.
      setTimeout(() => resolve(seen.filter((shift) => !shift.hadRecentInput).reduce((sum, shift) => sum + shift.value, 0)), 0);
    });
    const [document] = performance.getEntriesByType('navigation');
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return {
      server: document.responseStart - document.requestStart,
      paint: paint ? paint.startTime : null,
      html: document.encodedBodySize,
      assets: performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/assets/')).reduce((sum, entry) => sum + entry.encodedBodySize, 0),
      shifts,
    };
  });
  rows.push({ name, ...found });
  assert.equal(found.shifts, 0, `${name} moved while it came: ${found.shifts}`);
  assert.ok(found.html + found.assets < MOST_BYTES, `${name} is ${found.html + found.assets} bytes with its assets`);
}

/** Writes the report beside the pictures. */
export function report() {
  const file = fileURLToPath(new URL('./artefacts/pages.md', import.meta.url));
  const line = ({ name, server, paint, html, assets }) => `| ${name} | ${server.toFixed(1)} | ${paint === null ? '–' : paint.toFixed(0)} | ${(html / 1000).toFixed(1)} | ${(assets / 1000).toFixed(1)} |`;
  const sorted = [...rows].sort((one, other) => other.server - one.server);
  const head = ['# Pages as Chromium met them', '', 'Server: request to first byte. Paint: first contentful paint. Debug build, small demo, whatever else the machine did.', '',
    '| page | server, ms | paint, ms | page, kB | assets, kB |', '|---|--:|--:|--:|--:|'];
  writeFileSync(file, [...head, ...sorted.map(line), ''].join('\n'));
}
