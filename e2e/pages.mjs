// Every page of the console that a person signs in to: stories/walk.mjs visits each of them in both languages. A new page is a
// new line here; the walk compares them with the table of routes (routes.mjs) and fails for one that is missing.
//
// `path` is a fixed path, or where to find one: a page with a list, the link in it to follow, and what to put behind it, or with
// `then` a link on the page that it leads to. `as` is the account, an officer's when nothing is said; `whole` shows every
// component, also headings and empty cells.

const object = { list: '/exchange/objects', link: 'main tbody a[href^="/exchange/objects/"]' };
// Only an author takes its object back, and news of the other side arrives all the time: one of our own.
const own = { ...object, list: '/exchange/objects?type=threat-actor' };
const agreement = { list: '/accord/agreements', link: 'main tbody a[href^="/accord/agreements/"]:has-text("structured exchange")' };
const proposal = { list: '/accord/agreements', link: 'main tbody a[href^="/accord/agreements/"]:has-text("Annex of the walk")' };
const incident = { list: '/notify/incidents', link: 'main a[href^="/notify/incidents/incident:"]' };
const report = { list: '/notify/reports', link: 'main tbody a[href^="/notify/reports/"]' };
const other = { list: '/parties', link: 'main tbody tr:has-text("US") a[href^="/parties/party:"]' };

const watched = { list: '/picture/watch', link: 'main tbody a[href^="/picture/watch/entries/"]' };

export const pages = [
  { name: 'overview', path: '/' },
  { name: 'handover', path: '/picture/handover' },
  { name: 'watch', path: '/picture/watch' },
  { name: 'watch-entry', path: { list: '/picture/watch', link: 'main tbody a[href^="/picture/watch/entries/"]' } },
  { name: 'watch-edit', path: { ...watched, then: 'main a[href$="/edit"]' } },
  { name: 'watch-evidence', path: { ...watched, then: 'main a[href$="/evidence"]' } },
  { name: 'watch-retire', path: { ...watched, then: 'main a[href$="/retire"]' } },
  { name: 'watch-add', path: '/picture/watch/add' },
  { name: 'notices', path: '/notices' },
  { name: 'notices-how', path: '/account/notices' },
  { name: 'trends', path: '/picture/trends?days=91' },
  { name: 'trends-sectors', path: '/picture/trends?topic=sectors&days=91' },
  { name: 'matrix', path: '/picture/matrix?days=91' },
  { name: 'matrix-compared', path: '/picture/matrix?days=28&two=before' },
  { name: 'map', path: '/picture/map?days=91' },
  { name: 'report', path: '/picture/report?days=91' },
  { name: 'report-preview', path: '/picture/report/preview?days=91' },
  { name: 'snapshots', path: '/picture/snapshots' },
  { name: 'past', path: '/past?of=%2Fledger' },
  { name: 'overview-past', path: '/?at=2026-01-01T00%3A00%3A00Z' },
  { name: 'compare', path: '/compare?from=2026-01-01T00%3A00%3A00Z' },
  { name: 'subject', path: { list: '/picture/trends?topic=actors&days=91', link: 'main tbody a[href^="/picture/subjects/"]' } },
  { name: 'sources', path: { list: '/picture/trends?topic=actors&days=91', link: 'main tbody a[href^="/picture/sources?"]' } },
  { name: 'find', path: '/find?q=gateway' },
  { name: 'find-nothing', path: '/find' },
  { name: 'objects', path: '/exchange/objects' },
  { name: 'object', path: object },
  { name: 'object-narrow-ask', path: { ...own, below: '/narrow' } },
  { name: 'object-retract-ask', path: { ...own, below: '/retract' } },
  { name: 'quarantine', path: '/exchange/quarantine' },
  { name: 'deliveries', path: '/exchange/deliveries' },
  { name: 'import', path: '/exchange/import' },
  { name: 'import-publish', path: '/exchange/import/publish', lands: '/exchange/import' },
  { name: 'agreements', path: '/accord/agreements' },
  { name: 'agreement', path: agreement },
  { name: 'agreement-withdraw-ask', path: { ...agreement, below: '/withdraw' } },
  { name: 'agreement-propose', path: '/accord/agreements/propose' },
  { name: 'agreement-amend', path: { ...agreement, below: '/amend' } },
  { name: 'agreement-sign', path: { ...proposal, below: '/sign' } },
  { name: 'incidents', path: '/notify/incidents' },
  { name: 'incident-open', path: '/notify/incidents/open' },
  { name: 'incident-import', path: '/notify/incidents/import' },
  { name: 'incident', path: incident },
  { name: 'incident-laws', path: { ...incident, below: '/laws' } },
  { name: 'incident-intake', path: { ...incident, below: '/intake' } },
  { name: 'incident-decide', path: { ...incident, below: '/decide' } },
  { name: 'incident-whatif', path: { ...incident, below: '/whatif?fact=country&value=DE' } },
  { name: 'incident-stage', path: { ...incident, below: '/stages/nis2.ew' } },
  { name: 'incident-stage-due', path: { ...incident, below: '/stages/gdpr.33' } },
  { name: 'incident-stage-proof', path: { ...incident, below: '/stages/nis2.ew/proof' } },
  { name: 'incident-ransom', path: { ...incident, below: '/ransom' } },
  { name: 'incident-send', path: { ...incident, below: '/stages/nis2.in/send' } },
  { name: 'incident-mail', path: { ...incident, below: '/stages/nis2.in/mail' } },
  { name: 'mailboxes', path: '/notify/mailboxes' },
  { name: 'clocks', path: '/notify/clocks' },
  { name: 'calendar', path: '/notify/calendar' },
  { name: 'pledges', path: '/notify/pledges' },
  { name: 'reports', path: '/notify/reports' },
  { name: 'report-received', path: report },
  { name: 'report-forward', path: { ...report, below: '/forward' } },
  { name: 'report-new', path: '/notify/reports/new' },
  { name: 'report-by-hand', path: '/notify/reports/new?stage=nis2.in' },
  { name: 'causes', path: '/notify/causes' },
  { name: 'received', path: '/notify/received' },
  { name: 'warning-new', path: '/notify/warnings/new' },
  { name: 'summary', path: '/notify/summary' },
  { name: 'methods', path: '/notify/methods' },
  { name: 'method', path: '/notify/methods/ebios-rm' },
  { name: 'crosswalk', path: '/notify/methods/crosswalk?from=ebios-rm&to=nist-sp-800-30' },
  { name: 'method-declare', path: '/notify/methods/declare' },
  { name: 'parties', path: '/parties' },
  { name: 'party-trust', path: '/parties/trust' },
  { name: 'party', path: { list: '/parties', link: 'main tbody a[href^="/parties/party:"]' } },
  { name: 'party-distrust', path: { ...other, below: '/distrust' } },
  { name: 'consumer-add', path: '/parties/consumers/add', as: 'administrator' },
  { name: 'consumer-close', path: '/parties/consumers/soc/close', as: 'administrator' },
  { name: 'links', path: '/links' },
  { name: 'to-approve', path: '/release' },
  { name: 'to-approve-one', path: { list: '/release', link: 'main a[href^="/release/"]:not([href^="/release/rules"])' } },
  { name: 'rules', path: '/release/rules' },
  { name: 'rule-add', path: '/release/rules/add' },
  { name: 'account', path: '/account' },
  { name: 'confirm', path: '/account/confirm' },
  { name: 'factor', path: '/account/factor' },
  { name: 'passkeys', path: '/account/passkeys' },
  { name: 'sessions', path: '/account/sessions' },
  { name: 'tokens', path: '/account/tokens' },
  { name: 'settings', path: '/account/settings' },
  { name: 'password', path: '/account/password' },
  { name: 'glass', path: '/access/glass' },
  { name: 'roles', path: '/accounts/roles' },
  { name: 'accounts', path: '/accounts', as: 'administrator' },
  { name: 'account-add', path: '/accounts/add', as: 'administrator' },
  { name: 'account-change', path: '/accounts/officer/change', as: 'administrator' },
  { name: 'account-close', path: '/accounts/officer/close', as: 'administrator' },
  { name: 'account-reset', path: '/accounts/officer/reset', as: 'administrator' },
  { name: 'account-sign-out', path: '/accounts/officer/sign-out', as: 'administrator' },
  { name: 'audit', path: '/audit', as: 'auditor' },
  { name: 'ledger', path: '/ledger' },
  { name: 'ledger-verified', path: '/ledger?verify=1' },
  { name: 'record', path: '/ledger/records/0' },
  { name: 'styleguide', path: '/styleguide', whole: true },
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
