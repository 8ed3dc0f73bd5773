# The frame around every page, and what the shared components say by themselves.

shell-skip = Skip to content
shell-nav = Main menu
shell-menu = Menu
shell-search = Search objects, parties, identifiers
shell-search-shortcut = Press / to search
shell-language-switch = Lire cette page en français
shell-theme = Appearance
shell-theme-system = As the system
shell-theme-light = Light
shell-theme-dark = Dark
shell-theme-contrast = High contrast
shell-user = Signed in as { $name }
shell-sign-out = Sign out
shell-updated = Updated { $time }
shell-live = Live
shell-live-lost = Live updates interrupted; trying again
shell-exercise = EXERCISE
shell-exercise-text = Exercise “{ $run }”: nothing on this page is real
shell-trouble = This node needs a person.
shell-marking-page = Highest marking on this page
shell-footer = Entente: agreements that execute
shell-keys = Keyboard shortcuts
shell-keys-search = search
shell-keys-go = go to the section with that number
shell-keys-rows = next and previous row
shell-keys-help = this list
shell-keys-on = Single-key shortcuts are on
shell-keys-palette = go anywhere by name
shell-palette = Search and go
shell-palette-open = Search and go: Ctrl K
shell-palette-placeholder = Name, address, identifier or page
shell-palette-found = What was found
shell-palette-choose = choose
shell-palette-go = open
shell-palette-all = Everything that answers this
shell-palette-failed = The node did not answer. Type on to try again.
shell-home = Entente, overview

nav-watch = Watch
nav-overview = Overview
nav-exchange = Exchange
nav-objects = Objects
nav-collections = Collections
nav-quarantine = Quarantine
nav-accord = Accord
nav-agreements = Agreements
nav-desk = Node
nav-parties = Parties
nav-links = Links
nav-ledger = Ledger
nav-styleguide = Style guide

component-table-empty = Nothing here yet
component-table-sort = Sort by { $column }
component-loading = Loading
component-stale = Not up to date.
component-slide-show = Show
component-filter = Filters
component-page-next = Next page
component-page-first = First page
component-page-nav = Pages
component-crumbs = You are here
component-tabs = Views
component-json-truncated = Only the first { $size } are shown.
component-json-whole = Open the whole document
component-copy-value = Copy { $what }
component-chart-table = As a table
component-chart-source = Figures behind the chart
component-graph-desc = { $nodes } nodes and { $edges } relationships; the same content follows as a table
component-graph-cut = { $hidden ->
    [one] { $hidden } more node is not drawn
   *[other] { $hidden } more nodes are not drawn
}
component-diff-added = added
component-diff-removed = removed
component-diff-changed = changed
component-diff-same = unchanged
component-error-summary = { $count ->
    [one] Please correct one field
   *[other] Please correct { $count } fields
}
component-delta-since = since { $when }
component-progress-of = { $done } of { $total }
component-confirm-irreversible = This cannot be undone.

marking-clear = No limit on disclosure
marking-green = Within the community
marking-amber = Within the recipient’s organisation and its clients, on a need-to-know basis
marking-amber-strict = Within the recipient’s organisation only
marking-red = For the named recipients only
pap-clear = No restriction on use
pap-green = Active actions are allowed
pap-amber = Passive cross-checks only
pap-red = Non-detectable actions only
shell-account = Your account

# A page of the past
shell-as-of = Show this page as it stood at another instant
shell-past-label = The past
shell-past = As it stood on
shell-past-yours = your time: { $time }
shell-past-text = Nothing can be changed here. What was erased since stays erased, and what was taken back or narrowed since is shown no further than it may be seen today.
shell-past-now = Back to now
shell-past-compare = What has changed since
shell-past-other = Another instant
shell-notices = { $count ->
    [0] No new notices
    [one] { $count } new notice
   *[other] { $count } new notices
}
