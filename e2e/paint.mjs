// By hand: `node paint.mjs` says for every page how long until something is painted, and what it costs. Cold means an empty
// cache; warm is the second visit. The numbers in docs/benchmarks.md come from here.

import { close, leave, open, pathOf, visit } from './world.mjs';
import { furnish } from './furnish.mjs';
import { pages } from './pages.mjs';

const ROUNDS = 5;

/** First contentful paint, time to the first byte, and bytes of page and of what it needs. */
function measured() {
  const [page] = performance.getEntriesByType('navigation');
  const parts = performance.getEntriesByType('resource').filter((part) => /\.(css|js|svg)$/.test(new URL(part.name).pathname));
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return {
    paint: paint?.startTime ?? Number.NaN, server: page.responseStart - page.requestStart, page: page.encodedBodySize,
    parts: parts.reduce((sum, part) => sum + part.encodedBodySize, 0), came: page.transferSize + parts.reduce((sum, part) => sum + part.transferSize, 0),
    shift: globalThis.layoutShift ?? 0,
  };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function look(page, path) {
  await page.goto(path, { waitUntil: 'load' });
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  return page.evaluate(measured);
}

await open();
try {
  await furnish();
  console.log('page\tserver ms\tpaint cold ms\tpaint warm ms\tpage B\tstyle and script B\tcold B\twarm B\tshift');
  for (const entry of pages) {
    const cold = [];
    const warm = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const page = await visit('eu', { as: entry.as });
      // The address is found before it is measured, in a browser of its own.
      const other = await visit('eu', { as: entry.as });
      const path = await pathOf(other, entry);
      await leave(other);
      cold.push(await look(page, path));
      warm.push(await look(page, path));
      await leave(page);
    }
    const of = (list, key, digits = 0) => median(list.map((one) => one[key])).toFixed(digits);
    console.log([entry.name, of(warm, 'server', 1), of(cold, 'paint'), of(warm, 'paint'), of(cold, 'page'), of(cold, 'parts'), of(cold, 'came'),
      of(warm, 'came'), of(cold, 'shift', 3)].join('\t'));
  }
} finally {
  await close();
}
