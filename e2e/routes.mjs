// The pages of the console, read from the table that says who may use which route: a new route is walked without a
// line here, and a new one with a placeholder fails until somebody says in pages.mjs where to find one.

import { readFileSync } from 'node:fs';

const table = new URL('../crates/node/tests/it/access/rules.rs', import.meta.url);

/** What is answered to programs, or is no page of its own. */
const NO_PAGES = [
  /^\/api\//, /^\/taxii2/, /^\/assets\//, /^\/events$/, /^\/health$/, /^\/ready$/, /^\/metrics$/,
  /\/document$/, /\/file$/, // a document itself, byte for byte
  /^\/audit\/export/, // a file
  /^\/ledger\/records$/, // leads to the record that was asked for
];

/** Paths of pages, placeholders included, in the order of the table. */
export function pagePaths() {
  const text = readFileSync(table, 'utf8');
  // What anybody may open is no page of somebody signed in; pages.mjs names those apart.
  const paths = [...text.matchAll(/\(\s*"GET",\s*"([^"]+)",\s*(\w+)/g)].filter(([, , who]) => who !== 'Anyone').map(([, path]) => path);
  if (paths.length < 20) throw new Error(`${table.pathname} names only ${paths.length} routes; has its form changed?`);
  return [...new Set(paths)].filter((path) => !NO_PAGES.some((other) => other.test(path)));
}
