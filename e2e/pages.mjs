// Every page of the console that a person signs in to: the walk in stories/walk.mjs visits each of
// them in both languages, light and dark. A new page is a new line here.
//
// `path` is a fixed path, or where to find one: a page with a list, the link in it to follow, and what
// to put behind it.

const object = { list: '/exchange/objects', link: 'main tbody a[href^="/exchange/objects/"]' };
// Only an author takes its object back, and news of the other side arrives all the time: one of our own.
const own = { ...object, list: '/exchange/objects?type=threat-actor' };
const agreement = { list: '/accord/agreements', link: 'main tbody a[href^="/accord/agreements/"]' };

export const pages = [
  { name: 'overview', path: '/' },
  { name: 'handover', path: '/picture/handover' },
  { name: 'trends', path: '/picture/trends?days=91' },
  { name: 'trends-sectors', path: '/picture/trends?topic=sectors&days=91' },
  { name: 'matrix', path: '/picture/matrix?days=91' },
  { name: 'matrix-compared', path: '/picture/matrix?days=28&two=before' },
  { name: 'map', path: '/picture/map?days=91' },
  { name: 'report', path: '/picture/report?days=91' },
  { name: 'subject', path: { list: '/picture/trends?topic=actors&days=91', link: 'main tbody a[href^="/picture/subjects/"]' } },
  { name: 'find', path: '/find?q=gateway' },
  { name: 'find-nothing', path: '/find' },
  { name: 'objects', path: '/exchange/objects' },
  { name: 'object', path: object },
  { name: 'object-narrow-ask', path: { ...own, below: '/narrow' } },
  { name: 'object-retract-ask', path: { ...own, below: '/retract' } },
  { name: 'quarantine', path: '/exchange/quarantine' },
  { name: 'deliveries', path: '/exchange/deliveries' },
  { name: 'import', path: '/exchange/import' },
  { name: 'agreements', path: '/accord/agreements' },
  { name: 'agreement', path: agreement },
  { name: 'agreement-withdraw-ask', path: { ...agreement, below: '/withdraw' } },
  { name: 'agreement-propose', path: '/accord/agreements/propose' },
  { name: 'agreement-amend', path: { ...agreement, below: '/amend' } },
  { name: 'incidents', path: '/notify/incidents' },
  { name: 'incident-open', path: '/notify/incidents/open' },
  { name: 'clocks', path: '/notify/clocks' },
  { name: 'calendar', path: '/notify/calendar' },
  { name: 'pledges', path: '/notify/pledges' },
  { name: 'reports', path: '/notify/reports' },
  { name: 'report-new', path: '/notify/reports/new' },
  { name: 'report-by-hand', path: '/notify/reports/new?stage=nis2.in' },
  { name: 'causes', path: '/notify/causes' },
  { name: 'received', path: '/notify/received' },
  { name: 'warning-new', path: '/notify/warnings/new' },
  { name: 'summary', path: '/notify/summary' },
  { name: 'parties', path: '/parties' },
  { name: 'party-trust', path: '/parties/trust' },
  { name: 'party', path: { list: '/parties', link: 'main tbody a[href^="/parties/party:"]' } },
  { name: 'links', path: '/links' },
  { name: 'password', path: '/account/password' },
  { name: 'ledger', path: '/ledger' },
  { name: 'ledger-verified', path: '/ledger?verify=1' },
  { name: 'record', path: '/ledger/records/0' },
];

/** The pages that need no account. */
export const openPages = [
  { name: 'login', path: '/login' },
  { name: 'report', path: '/report' },
  { name: 'report-form', path: '/report?stage=nis2.ew' },
  { name: 'report-status', path: '/report/status' },
];

export const languages = ['en', 'fr'];
export const schemes = ['light', 'dark'];
