// The pages that the product has, read from the table of who may use which route. The suite of the node holds that table to
// the sources, so a page that nobody walks cannot be added.

import { readFileSync } from 'node:fs';

const table = readFileSync(new URL('../crates/node/tests/it/access/rules.rs', import.meta.url), 'utf8');

/** What answers GET and is no page: for programs, files, and answers that lead elsewhere. */
const NO_PAGES = [
  /^\/api\//, /^\/taxii2/, /^\/assets\//, /^\/(health|ready|metrics|events)$/, /\/export$/, /\/file$/, /\/document$/,
  /^\/login\/sso/, /^\/notify\/calendar\/\{token\}$/, /^\/parties\/card$/, /^\/ledger\/records$/, /^\/notices\/(bell|\{reference\})$/,
  /\/export\/\{form\}$/, /\/template$/, /\/evidence\/\{record\}$/,
  // Nobody has put a snapshot in the demo; node/tests/it/snapshot.rs looks at the page.
  /^\/picture\/snapshots\/\{id\}$/,
];

/** Every GET route that answers with a page, such as `/exchange/objects/{id}`. */
export const pageRoutes = [...table.matchAll(/rule\(\s*"GET",\s*"([^"]+)"/g)]
  .map(([, path]) => path)
  .filter((path) => !NO_PAGES.some((pattern) => pattern.test(path)));

const patterns = pageRoutes.map((route) => ({
  route,
  places: (route.match(/\{/g) ?? []).length,
  pattern: new RegExp(`^${route.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
}));

/** The route that answers this path: the one with the fewest places, as a router chooses. */
export function routeOf(path) {
  const fits = patterns.filter(({ pattern }) => pattern.test(path)).sort((a, b) => a.places - b.places);
  return fits[0]?.route;
}
