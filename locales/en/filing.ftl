# Filing with an authority: over the link, by two people, and what became of it.
filing-title = File over the link
filing-lede = To the node of an authority, sealed for it alone. What you see is what it reads.
filing-ways = The pack names as the way: { $ways }
filing-ways-hint = Whether a filing over the link meets the duty is for the authority and the agreement with it to say. Where it does not, file it by that way and note it.
filing-to = With whom
filing-authority = Authority
filing-nobody = No authority of this report has a node that this party trusts. File it by the ways above and note it.
filing-sector = Our sector
filing-sector-hint = In the words of the law; it may stay empty
filing-look = Look at what goes
filing-choose = Choose an authority that an agreement lets receive it.
filing-lacks = Required fields are not filled, so nothing can be sent
filing-goes = Exactly what goes
filing-reporter = Who reports
filing-pack = Made by the pack
filing-fields = Fields
filing-no-fields = None: the law names no field that was filled.
filing-word-for-word = Word for word
filing-two = The rule “{ $rule }” wants two people: it waits until a second approves it
filing-send = Send it now
filing-ask-second = Ask a second person
filing-awaits = Awaiting second signature
filing-to-draft = See what waits
filing-second = second person
filing-receipt = What became of the filing
filing-written = Signed into our log
filing-given = Given to the authority’s node
filing-not-given = Not given
filing-underway = Not given yet: it goes when the nodes next meet
filing-received = Received by the authority
filing-refused = Refused by the authority
filing-answered = Answered by the authority
filing-asked = The authority asks

# What a proof shows, link by link, and what it does not.
proof-received-at = It came
proof-receipt = Receipt
proof-in-log-of = in a log of { $size } whose state the authority signed
proof-chain = The chain, checked link by link
proof-checked = Checked
proof-link-key = The card of the party is signed by the keys of its fingerprint.
proof-link-checkpoint = Those keys signed the state of its log, with Ed25519 and ML-DSA-87.
proof-link-records = Every record in the file stands in that log, unchanged.
proof-link-submission = One of them says that this report was sent, when, by which way and by whom.
proof-link-second = It says that a second person approved it.
proof-link-law = The dates follow from these records by the law named here, and were worked out again.
proof-link-filing = The filing that it names stands in the same log.
proof-link-authority-key = The card of the authority is signed by the keys of its fingerprint.
proof-link-authority-checkpoint = Those keys signed the state of the authority’s log.
proof-link-receipt = The authority’s receipt stands in that log, unchanged.
proof-link-receipt-names = It names this very filing, the authority’s reference, and the moment at which it came.
proof-link-mail = The record holds the mail server’s reply to the end of the message, its Message-ID and its SHA-256.
proof-link-evidence = A file of evidence is named by its SHA-256: whoever holds it can show that it is the one.
proof-open = What it does not prove
proof-open-who = That the fingerprints belong to the real organisations. Compare them with those you trust.
proof-open-sent = The hour of sending: it is the party’s own word.
proof-open-received = The hour of receipt: it is the authority’s own word, signed by it.
proof-open-arrival = That it arrived: there is no receipt of the authority in the file.
proof-open-content = What the report said: it is not in the file, only the digest by which it can be recognised.
proof-open-server = That the mail server said so and carried the report to the recipient: that is the word of the party, and of the server’s own log.
proof-open-facts = That the facts behind the dates are true, and that none was left out.
proof-open-accepted = That the authority found the report complete or right. A receipt says only that it came.
proof-open-evidence = What the evidence says: its SHA-256 is in the proof, the file is not.

# Ransoms.
ransom-title = Ransom
ransom-lede = What was demanded, what stands before paying, and what became of it. People decide; each step is a record.
ransom-gate = Before paying
ransom-record = Record
ransom-state = State it
ransom-clocks = Clocks
ransom-clocks-none = None: say first which laws apply.
ransom-clocks-hint = A law that is not in force is shown as a shadow and is never overdue.
ransom-paid-when = When it was paid
ransom-disbursed-when = When it was disbursed
ransom-stix = As STIX
ransom-misp = As MISP
ransom-step-done = Done
ransom-step-open = Open
ransom-step-payer = Who would pay:
ransom-payer-public = A public body
ransom-payer-private = No public body
ransom-step-pledge = The pledge of governments not to pay
ransom-override = A senior person decides against it
ransom-step-screen = Sanctions lists:
ransom-looks = { $count ->
    [0] nobody looked yet
    [one] one look
   *[other] { $count } looks
}
ransom-step-cleared = Whoever was found is somebody else
ransom-clear = Counsel decides
ransom-step-decide = To pay, or to refuse
ransom-decided-yes = Decided: to pay
ransom-decided-no = Decided: not to pay
ransom-open = Nothing bars the decision
ransom-open-hint = That is no advice to pay. Paying a person on a sanctions list is an offence whether or not a list was looked at.
ransom-barred = The decision to pay is barred
ransom-screenings = Looks into sanctions lists
ransom-screenings-none = Nobody has looked yet.
ransom-list = List
ransom-subjects = Names and addresses
ransom-subjects-hint = One on each line: persons, groups, wallets. Fifty at most.
ransom-too-many = Look for { $most } at a time at most.
ransom-found = Found
ransom-nobody = Nobody
ransom-near = Nearly the same name
ransom-same = The same name or address
ransom-likeness = Names are compared word by word, without order, case and the marks on Latin letters; near means one letter apart in a word of four, two in a word of eight. Nothing is transliterated, and nothing is decided: a person says whether it is the one.
ransom-look = Look
ransom-no-lists = No list was brought in. An operator does so on the command line
ransom-figures = Ransoms, without names
ransom-reported = Incidents with a ransom
ransom-paid = Paid
ransom-refused = Refused
ransom-undecided = Not known yet

# The pledge.
pledges-title = Pledge not to pay
pledges-lede = Public bodies that have said they will not pay ransoms, as each party writes it down for its own side. It binds no company.
pledges-none = None was written down.
pledges-add = Write one down
pledges-save = Write it down
pledges-body = Public body
pledges-country = State
pledges-country-hint = Two letters, such as FR
pledges-since = Since
pledges-since-hint = A day, such as 2023-11-01
pledges-future = That day has not come yet.
pledges-statement = Where it says so
pledges-statement-hint = The statement or decision, with its date
pledges-joined = Joined
pledges-left = Taken back
pledges-from = Written down by

# The form of the law for machines and portals.
template-title = Form of the law, number by number
template-file = Template as JSON
template-number = Number
template-see = Said at { $number }
template-unsure = C: compare with the annex
template-open = What the sources do not say

# Decisions that contradict each other.
contradicted-title = Two people decided differently: { $what }
contradicted-stands = stands for the time being: it was signed later, by somebody who may decide this
contradicted-careful = Until somebody decides between them, duties run by the careful reading: { $outcome }.
contradicted-resolve = Decide between them
