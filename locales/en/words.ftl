# Words that several areas share: counts, times, actions, column heads, states.
#
# How to add a text, in any file of this folder
#   1. Add `key = Text` here (locales/en) and in the same file of locales/fr. Nothing else is needed: the build
#      finds the files and the keys.
#   2. Use it: t!(locale, "key") or t!(locale, "key", count = 3, name = "x"). An unknown key does not compile.
#   3. Keys: area-noun-what, lower case with hyphens, one name everywhere (`ledger-verify-title`).
#   4. Plurals: { $count -> [one] … *[other] … }. Numbers are grouped the way of the language by themselves.
#   5. TLP:… and PAP:… labels are never translated (FIRST, TLP 2.0).
#   6. Keys under `reason-`, `finding-`, `stix-type-`, `record-kind-`, `role-`, `permission-`, `error-status-`, `error-what-` are put together at
#      run time; any other key that no code names is reported as dead.
#   7. In French, put U+202F before ; ? ! and U+00A0 before : (copy one from a line that has it).

## Counts
count-objects = { $count ->
    [one] { $count } object
   *[other] { $count } objects
}
count-selected-range = { $from }–{ $to } of { $total }

## Times
time-just-now = just now
time-ago = { $duration } ago
time-in = in { $duration }
time-seconds = { $count } s
time-minutes = { $count } min
time-hours = { $count } h
time-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
time-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
time-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}

## Actions
action-search = Search
action-filter = Apply filters
action-filter-reset = Clear filters
action-copied = Copied
action-cancel = Cancel
action-confirm = Confirm
action-save = Save
action-close = Close
action-explain = Explain
action-verify = Verify
action-export = Export
action-import = Import
action-details = Details

## Column heads and labels
word-name = Name
word-type = Type
word-id = ID
word-state = State
word-marking = Marking
word-source = Source
word-author = Author
word-party = Party
word-parties = Parties
word-role = Role
word-created = Created
word-modified = Modified
word-received = Received
word-published = Published
word-from = From
word-until = Until
word-to = To
word-count = Number
word-reason = Reason
word-description = Description
word-version = Version
word-size = Size
word-relation = Relation
word-position = Position
word-kind = Kind
word-when = When
word-yes = Yes
word-no = No
word-all = All
word-none = None
word-unknown = Unknown
word-optional = optional
word-before = Before
word-after = After

## States
state-warning = Attention
state-error = Failed
state-idle = Idle
state-active = Active
state-proposed = Proposed
state-superseded = Superseded
state-sent = Sent
state-withheld = Withheld
state-refused = Refused
state-superseded-there = the newer record went there too
state-superseded-not-there = the newer record did not go there

## Sides of the Atlantic
side-eu = European Union
side-us = United States
side-nato = NATO
side-other = Other

## Roles a party plays
role-csirt = CSIRT
role-agency = Government agency
role-isac = ISAC
role-operator = Operator
role-manufacturer = Manufacturer
role-ministry = Ministry
role-nato = NATO body
role-observer = Observer
