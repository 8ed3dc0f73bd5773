# Finding anything: the page, its facets, saved searches. The palette says its words in `shell`.

find-title = Search
find-lede = Everything on this node that you may see: objects, incidents, agreements, parties, records and pages.
find-question = What are you looking for?
find-hint = Words, an address or network, a hash, a CVE or ATT&CK number, an identifier. Defanged addresses are understood.
find-help-title = What you can ask
find-help-words = Words that all occur; names are found by their beginning, and with a slip of the finger
find-help-defanged = A defanged address, as it was meant
find-help-address = An address: where it is named, and the networks that hold it
find-help-network = A network: where it is named, and the addresses and networks within
find-help-cve = A vulnerability
find-help-attack = A technique, tactic, group or software of ATT&CK
find-help-keys = From any page:
find-all = Everything
find-records = Records
find-pages = Pages
find-count = { $count ->
    [0] Nothing found
    [one] { $count } hit
   *[other] { $count } hits
}
find-count-more = The { $count } newest hits were counted; there may be more. Narrow the question.
find-shown = { $count ->
    [0] Nothing found
    [one] { $count } hit shown
   *[other] { $count } hits shown
}
find-more = Show all
find-nothing = Nothing here that you may see answers this.
find-nothing-why = Try fewer words, or take a filter away.
find-refanged = Read as
find-meant = Nothing is called “{ $asked }”. This is what “{ $meant }” finds.
find-narrow = Narrow the hits
find-drop = take this filter away
find-verdict = Release
find-verdict-out = Goes out
find-verdict-stays = Stays here
find-unmarked = No known marking
find-period-1d = Last 24 hours
find-period-7d = Last 7 days
find-period-30d = Last 30 days
find-period-365d = Last 365 days
find-kind-agreement = Agreement
find-kind-incident = Incident
find-kind-party = Party
find-kind-record = Record
find-kind-page = Page
find-saved = Your saved searches
find-saved-none = None yet. Ask something, then keep it under a name.
find-save = Save this search
find-save-name = Name of this search
find-save-unnamed = Give the search a name.
find-save-full = You keep 50 searches already. Remove one first.
find-forget = Remove “{ $name }”
find-watch = Tell me of new hits for “{ $name }”
find-unwatch = Tell me no more of “{ $name }”
find-watched = watched
