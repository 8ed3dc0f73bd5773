// Every page of the console that a person signs in to: the walk in stories/walk.mjs visits each of
// them in both languages, light and dark. A new page is a new line here.
//
// `path` is a fixed path, or where to find one: a page with a list, and the link in it to follow.

export const pages = [
  { name: 'overview', path: '/' },
  { name: 'objects', path: '/exchange/objects' },
  { name: 'object', path: { list: '/exchange/objects', link: 'main tbody a[href^="/exchange/objects/"]' } },
  { name: 'agreements', path: '/accord/agreements' },
  { name: 'agreement', path: { list: '/accord/agreements', link: 'main a[href^="/accord/agreements/"]' } },
  { name: 'parties', path: '/parties' },
  { name: 'links', path: '/links' },
  { name: 'ledger', path: '/ledger' },
];

/** The pages that need no account. */
export const openPages = [{ name: 'login', path: '/login' }];

export const languages = ['en', 'fr'];
export const schemes = ['light', 'dark'];
