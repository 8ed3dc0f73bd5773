# The node itself: overview, sign-in, parties, links, consumers, ledger, accounts.

overview-title = Overview
overview-lede = What this node holds, who is connected, and what needs you.
overview-attention = Needs attention
overview-attention-none = Nothing needs you right now.

login-title = Sign in
login-user = User name
login-password = Password
login-submit = Sign in
login-wrong = The user name or the password is wrong.
login-wait = Too many attempts. Try again in { $duration }.
login-signed-out = You are signed out.

party-parties-title = Parties
party-parties-lede = Organisations whose keys this node knows, and whether it trusts them.
party-parties-empty = No other party yet. Import the card of one, compare its fingerprint by telephone, then trust it.
party-fingerprint = Fingerprint
party-card = Party card
party-trusted = Trusted
party-untrusted = Not trusted
party-own = This node
party-agreements = Agreements with it
party-roles = Roles

link-links-title = Links
link-links-lede = Replication with each party: what is behind, what was verified, what is withheld and why.
link-links-empty = No link yet. Trust a party and add its address to the configuration.
link-state-connected = Connected
link-state-connecting = Connecting
link-state-silent = Silent
link-state-stopped = Stopped
link-state-offline = By file only
link-state-recorded = As recorded
link-lag = Behind
link-lag-none = Up to date
link-lag-records = { $count ->
    [one] { $count } record behind
   *[other] { $count } records behind
}
link-checkpoint = Last checkpoint verified
link-checkpoint-none = None verified yet
link-sent = Sent
link-received = Received
link-error = Last problem
link-stopped-two-histories = Stopped: this party has signed two different histories. Both are kept as evidence. Call the party before you go on.
link-stopped-checkpoint = Stopped: a checkpoint that came is not one of this log by the party’s keys. Nothing of it was stored. Call the party.
link-stopped-records = Stopped: records that came are not those that the party signed. Nothing of them was stored. Call the party.
link-stopped-do = When it is settled:

consumer-consumers-title = Consumers
consumer-consumers-lede = Clients without a node of their own: they read and write through TAXII and the API with a token.
consumer-clearance = Cleared up to
consumer-consumers-empty = No consumers yet.

ledger-title = Ledger
ledger-lede = Every record this node has written or mirrored, in order, under one root.
ledger-own = Own ledger
ledger-mirrors = Mirrors
ledger-size = Records
ledger-root = Root
ledger-checkpoint = Checkpoint
ledger-verify-title = Verify
ledger-verify-lede = Recomputes every hash and signature from the first record on.
ledger-verify-ok = { $count ->
    [one] { $count } record verified: the ledger is intact
   *[other] { $count } records verified: the ledger is intact
}
ledger-verify-wrong = The record at position { $position } is not what was written.
ledger-verify-rate = { $rate } records per second
ledger-record-title = Record
ledger-record-header = Header
ledger-record-body = Body
ledger-record-proof = Proof that it is in the ledger
ledger-record-proof-path = Hashes from the leaf to the root
ledger-record-delivery = Who received it, and when
ledger-record-unknown = There is no such record here, or you may not see it.

overview-recent = What happened last
overview-recent-none = Nothing that you are cleared to see has happened yet.
overview-links = Links connected
overview-views-behind = Records not yet shown

party-contact = Contact
party-link-address = Link address
party-tls = TLS certificate (SHA-256)
party-decided = Last decision on trust
party-decided-by = Decided by
party-own-hint = Read this fingerprint out to a party that is about to trust us.
party-agreements-none = No agreement with this party yet.

link-since = Connected since

consumer-writes = May write
consumer-closed = Closed
consumer-add = Add one, and give it its token over a safe channel.
consumer-relation-organisation = Our organisation
consumer-relation-client = Client
consumer-relation-community = Community
consumer-relation-public = Public

ledger-arrivals = Records of all parties
ledger-state-ready = Takes writes
ledger-state-read-only = Read-only
ledger-checkpoint-none = No checkpoint signed yet. One is signed when a peer asks, or when a record is verified.
ledger-mirrors-empty = No mirror yet: records of other parties appear here once a link is connected.
ledger-find = Find a record
ledger-find-what = Record or position
ledger-find-hint = A record id such as record:4f2a…, or a position in our own ledger such as 0.
ledger-verify-command = On the command line:
ledger-record-header-bytes = Header as it was sealed
ledger-record-stated = Stated
ledger-record-under = Published under
ledger-record-sight = For you
ledger-record-withheld = Withheld from this node
ledger-record-withheld-why = Its author did not release this record to us. Only its hash is here, so that the ledger can be verified.
ledger-record-body-above = You may not read the body; the reason is above.
ledger-record-body-gone = There is no body here: the record has none, or it was erased. The header still verifies.
ledger-record-delivery-none = Nothing is known of a delivery of this record.
ledger-check-what = What was recomputed
ledger-check-leaf = The header hashes to the leaf
ledger-check-body = The body is the one the header promises
ledger-check-path = The path leads from the leaf to the root
ledger-check-root = The root is the one in the checkpoint
ledger-check-signature = The checkpoint is signed with both keys of its author
ledger-check-holds = Holds
ledger-check-fails = Does not hold
ledger-check-open = Not applicable
ledger-verify-large = This ledger is too large to verify while a page waits. On the command line:
ledger-verify-damaged = The ledger’s file is not what was written.
ledger-record-proof-alone = The record stands alone in its ledger: its hash is the root.
overview-late = { $count } records are in the ledger and not yet shown
overview-late-do = Pages catch up by themselves. If the number grows, look at the disk.
overview-link-stopped = The link with { $party } has stopped
overview-link-silent = Nothing is heard from { $party }
overview-link-fails = No connection to { $party } yet
overview-link-look = Look at the links
ledger-checkpoint-covers = { $count ->
    [one] One signature pair vouches for { $count } record.
   *[other] One signature pair vouches for { $count } records.
}
ledger-checkpoint-text = The signed text with both signatures
overview-newest-record = newest record
## Forms
form-choose = Choose one of the list.
form-choose-one = Please choose
form-shown-once = This is shown once. It cannot be shown again.

consumer-add-title = Let a consumer in
consumer-add-submit = Add a consumer
consumer-name-hint = The name it signs in with: a-z, 0-9, - _ and . only.
consumer-name-wrong = Use 1 to 64 characters from a-z, 0-9, - _ and .
consumer-name-taken = A consumer of this name is open. Choose another name, or close that one first.
consumer-clearance-hint = Nothing marked more narrowly goes to it, whatever the agreements say.
consumer-party = Belongs to the party
consumer-party-hint = Only for a party that signs agreements and runs no node of its own.
consumer-rate = Requests each second
consumer-rate-hint = Empty: as many as it likes.
consumer-rate-wrong = Give a whole number from 1 to { $most }, or leave it empty.
consumer-writes-hint = It can post objects, which are then ours.
consumer-agreements = Agreements whose objects it sees
consumer-agreements-hint = Under none it sees nothing.
consumer-added = { $name } may come in
consumer-token = Token
consumer-token-do = Give it to the consumer over a safe channel now. If it is lost, close the consumer and add it anew.
consumer-close = Close
consumer-close-question = Shut { $name } out?
consumer-close-consequence = Its token stops working at once. What it has received stays with it.

party-trust-title = Trust a party
party-trust-lede = Give the card that the party sent you. Nothing is trusted before you have compared its fingerprint.
party-trust-submit = Trust this party
party-card-text = Text of the card
party-card-text-hint = Paste it here, or choose the file below.
party-card-file = Card file
party-card-read = Read the card
party-card-download = Our card
party-card-missing = Paste the text of the card, or choose its file.
party-card-malformed = This is not a party card. Ask the party for its card file again.
party-card-unproven = The signatures on this card do not hold. Do not trust it; ask the party for its card file over another channel.
party-card-ours = This is our own card. Ask the other party for theirs.
party-card-namesake = A trusted party is called { $name } already. Ask one of them for another short name.
party-card-old = The recorded card is older than our keys. Export the new one on the command line with “entente party card export”.
party-compare-title = Compare the fingerprint of { $name }
party-compare-lede = Call the party on a number that you know from elsewhere, not from the card. Let it read out its whole fingerprint. Compare group by group, and type the two groups that are missing here.
party-compare-end = The last two groups
party-compare-end-hint = Eight characters, as the party reads them to you.
party-compare-end-wrong = This is not how the fingerprint ends. Listen again; if it differs still, somebody may have changed the card: do not trust it.
party-compare-how = With whom and how did you compare
party-compare-how-hint = It is kept on the record, such as “A. Berg, by telephone”.
party-compare-how-wrong = Say with whom and how, in 1 to 200 characters.
party-compare-whole = All the other groups are the same, too
party-compare-whole-wrong = Compare all groups, then tick this.
party-distrust = Trust no longer
party-distrust-question = Trust { $name } no longer?
party-distrust-consequence = The link with it ends and its new signatures count for nothing here. What it sent stays. You can trust it again with its card.

nav-accounts = Accounts
account-accounts-title = Accounts
account-accounts-lede = Who may sign in here, and what they may do.
account-add-title = Add an account
account-add-lede = A first password is made and shown once.
account-change-title = Change the account { $name }
account-change-lede = Whoever is signed in with it has to sign in again.
account-change = Change
account-close = Close
account-close-question = Close the account { $name }?
account-close-consequence = Whoever is signed in with it is signed out at once. What was done with it stays on the record.
account-you = (you)
account-own = Nobody changes or closes their own account; ask another administrator
account-name-taken = There is an account of this name. Choose another name, or change that account.
account-name-wrong = 1 to 64 characters from a-z, 0-9, . _ and -
account-role-hint = The page “Roles and permissions” says what each may do.
account-clearance-hint = Nothing marked more narrowly is shown to this person.
account-added = The account { $name } is ready
account-first-password = First password
account-password-do = Give it to the person over a safe channel. They change it under their name, at the top of each page.
account-password-title = Change your password
account-password-lede = Everywhere else you are signed out.
account-password-old = Password now
account-password-new = New password
account-password-again = New password, again
account-password-hint = At least 12 characters. A sentence is easy to keep in mind.
account-password-short = Use at least 12 characters.
account-password-differs = This is not the same as above. Type it again.
account-password-wrong = This is not your password.
role-account-officer = Officer
role-account-analyst = Analyst
role-account-auditor = Auditor
role-account-administrator = Administrator
## First steps
first-steps-title = First steps
first-steps-done = Done
first-steps-open = Open
first-steps-trust = Exchange cards with a party
first-steps-trust-how = Send our card and trust theirs after comparing the fingerprint by telephone.
first-steps-link = Connect the link
first-steps-link-how = Its address stands on its card, or goes into the configuration under [link].
first-steps-agree = Propose an agreement, and sign it on both sides
first-steps-agree-how = Until all have signed, nothing is released.
first-steps-import = Import objects, or wait for those of the party
first-steps-import-how = A dry run shows who would receive them.

link-lag-since = waiting since
link-checkpoints = Last checkpoints verified
link-explain = Explain one record
link-explain-lede = Its page says who received it, who did not, and why.

trouble-read-only = It takes no writes: { $reason }. Free space or make the disk writable; it goes on by itself, and nothing that was confirmed is lost.
trouble-behind = Pages do not follow the ledger: { $reason }. What is confirmed is safe; pages show the state before.

settings-title = Your settings
settings-lede = They hold for your account, on every node of this party.
settings-now = Now
settings-zone = Time zone
settings-zone-hint = It is shown beside UTC wherever an exact time matters.
settings-zone-utc = UTC alone
settings-zone-unknown = Choose one of the list.

# The past
past-title = As it stood
past-lede = Any page made from the ledger can be shown as it stood at an earlier instant: what had been received by then, with the clock set to it.
past-at = Instant
past-at-hint = In the time zone { $zone }.
past-show = Show the page
past-quick = Shortcuts
past-hour = An hour ago
past-shift = Eight hours ago
past-day = A day ago
past-week = A week ago
past-unreadable = That is no instant: write one like 2026-11-20T16:20:00Z, 2026-11-20T16:20 in your time zone, or 2026-11-20.
past-to-come = That instant has not come yet. Leave it out to see the present.
past-no-change = Nothing can be changed in the past. Go back to the present and do it there.
past-preparing = The past is being prepared
past-preparing-lede = The page appears by itself as soon as the ledger has been read up to that instant.
past-preparing-text = { $count } of { $all } records are read.
past-preparing-again = Look again now
compare-title = Compare two instants
compare-lede = What became known, what changed and what was taken back between two instants, by what was received here.
compare-from = From
compare-to = To (empty: now)
compare-show = Compare
compare-order = The second instant must be later than the first.
compare-count = { $count ->
    [0] Nothing that you may see was received between them.
    [one] One record is listed here.
   *[other] { $count } records are listed here.
  }
compare-new = Became known
compare-changed = Changed
compare-withdrawn = Taken back
compare-subject = About
compare-records = Records
compare-last = Last received
compare-sides = See it
compare-before = before
compare-after = after
compare-none = Nothing that you may see.
compare-more = Go on with what came later
