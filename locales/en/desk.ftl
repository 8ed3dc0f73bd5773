# The node itself: overview, sign-in, parties, links, consumers, ledger, accounts.

overview-title = Overview
overview-lede = What this node holds, who is connected, and what needs you.
overview-attention = Needs attention
overview-attention-none = Nothing needs you right now.
overview-parties-links = Parties and links

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
overview-sign = An agreement awaits our signature

party-contact = Contact
party-link-address = Link address
party-tls = TLS certificate (SHA-256)
party-decided = Last decision on trust
party-decided-by = Decided by
party-own-hint = Read this fingerprint out to a party that is about to trust us.
party-agreements-none = No agreement with this party yet. Propose one on the command line with “entente accord agreement propose”.

link-since = Connected since

consumer-writes = May write
consumer-closed = Closed
consumer-add = Add one on the command line with “entente party consumer add”.
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

trouble-read-only = It takes no writes: { $reason }. Free space or make the disk writable; it goes on by itself, and nothing that was confirmed is lost.
trouble-behind = Pages do not follow the ledger: { $reason }. What is confirmed is safe; pages show the state before.
