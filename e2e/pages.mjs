// Every page of the console that a person signs in to. The list comes from the routes themselves (routes.mjs); what
// stands here is where to find one of the things that a route with a placeholder shows, and states worth a look.
//
// `path` is a fixed path, or where to find one: a page with a list, the link in it to follow, and what to put behind it.

import { pagePaths } from './routes.mjs';

const object = { list: '/exchange/objects', link: 'main tbody a[href^="/exchange/objects/"]' };
// Only an author takes its object back, and news of the other side arrives all the time: one of our own.
const own = { ...object, list: '/exchange/objects?type=threat-actor' };
const agreement = { list: '/accord/agreements', link: 'main tbody a[href^="/accord/agreements/"]' };
const incident = { list: '/notify/incidents', link: 'main a[href^="/notify/incidents/incident"]', perhaps: true };
const report = { list: '/notify/reports', link: 'main a[href^="/notify/reports/report"]', perhaps: true };
const party = { list: '/links', link: 'main a[href^="/parties/party:"]' };

/** Where one of each is found; `null` for what a fresh demo has none of, with the reason. */
const FOUND = {
  '/exchange/objects/{id}': object,
  '/exchange/objects/{id}/narrow': { ...own, below: '/narrow' },
  '/exchange/objects/{id}/retract': { ...own, below: '/retract' },
  '/accord/agreements/{id}': agreement,
  '/accord/agreements/{id}/withdraw': { ...agreement, below: '/withdraw' },
  '/accord/agreements/{id}/amend': { ...agreement, below: '/amend' },
  '/accord/agreements/{id}/sign': null, // both have signed
  '/notify/incidents/{id}': incident,
  '/notify/incidents/{id}/laws': { ...incident, below: '/laws' },
  '/notify/incidents/{id}/intake': { ...incident, below: '/intake' },
  '/notify/incidents/{id}/decide': { ...incident, below: '/decide' },
  '/notify/incidents/{id}/whatif': { ...incident, below: '/whatif' },
  '/notify/incidents/{id}/stages/{stage}': { ...incident, below: '/stages/nis2.ew' },
  '/notify/incidents/{id}/stages/{stage}/proof': null, // nothing was submitted yet
  '/notify/reports/{id}': report,
  '/notify/reports/{id}/forward': { ...report, below: '/forward' },
  '/release/{id}': null, // nothing waits for a second person
  '/parties/{id}': party,
  '/parties/{id}/distrust': { ...party, below: '/distrust' },
  '/parties/consumers/{name}/close': '/parties/consumers/soc/close',
  '/accounts/{name}/change': '/accounts/officer/change',
  '/accounts/{name}/close': '/accounts/officer/close',
  '/accounts/{name}/reset': '/accounts/officer/reset',
  '/accounts/{name}/sign-out': '/accounts/officer/sign-out',
  '/ledger/records/{id}': '/ledger/records/0',
};

/** States of pages that look different from the page itself. */
const STATES = [
  { name: 'find-words', path: '/find?q=gullwing' },
  { name: 'find-objects', path: '/find?in=objects&kind=indicator' },
  { name: 'find-network', path: '/find?q=192.0.2.0%2F24' },
  { name: 'find-nothing', path: '/find?q=zzzzqqqqzzzz' },
  { name: 'ledger-verified', path: '/ledger?verify=1' },
];

function entry(path) {
  const name = path === '/' ? 'overview' : path.slice(1).replace(/[{}]/g, '').replaceAll('/', '-');
  if (!path.includes('{')) return { name, path };
  if (!(path in FOUND)) throw new Error(`say in e2e/pages.mjs where to find one for ${path}`);
  return FOUND[path] && { name, path: FOUND[path] };
}

export const pages = [...pagePaths().map(entry).filter(Boolean), ...STATES];

/** The pages that need no account. */
export const openPages = [
  { name: 'login', path: '/login' },
  { name: 'report', path: '/report' },
  { name: 'report-form', path: '/report?stage=nis2.ew' },
  { name: 'report-status', path: '/report/status' },
];

export const languages = ['en', 'fr'];
export const schemes = ['light', 'dark'];
