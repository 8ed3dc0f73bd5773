# The exchange pillar: STIX objects, collections, quarantine, conflicts.

exchange-objects-title = Objects
exchange-objects-lede = Everything this node holds and you may see, from every source.
exchange-objects-empty = No object matches. Widen the filters, or import a bundle.
exchange-objects-empty-node = No objects yet. Import a STIX bundle, or wait for a partner to share one.
exchange-objects-search = Words or identifiers
exchange-filter-type = Object type
exchange-filter-tlp = Marking
exchange-filter-author = Author
exchange-filter-state = State
exchange-filter-since = Received since
exchange-filter-agreement = Published under

exchange-object-summary = Summary
exchange-object-relations = Relationships
exchange-object-relations-none = No relationship to or from this object is known here.
exchange-object-sources = Sources
exchange-object-sources-lede = Each party’s own statement of this object; none overwrites another.
exchange-object-versions = Versions
exchange-object-document = Document, byte for byte as received
exchange-object-findings = Findings
exchange-object-findings-none = No findings: the document conforms to STIX 2.1.
exchange-object-delivery = Who received it, and why not
exchange-object-confidence = Confidence
exchange-object-labels = Labels
exchange-object-valid-from = Valid from
exchange-object-valid-until = Valid until
exchange-object-pattern = Pattern
exchange-object-pattern-type = Pattern language
exchange-object-first-seen = First seen
exchange-object-last-seen = Last seen
exchange-object-aliases = Aliases
exchange-object-creator = Created by
exchange-object-under = Published under
exchange-object-position = Position in the ledger
exchange-object-record = Record
exchange-object-graph = Around this object

exchange-publish-title = Who would receive this
exchange-publish-lede = A dry run of the verdict. Nothing has been sent.
exchange-publish-would = { $count ->
    [0] Nobody would receive it
    [one] { $count } receiver would get it
   *[other] { $count } receivers would get it
}

exchange-delivery-receiver = Receiver
exchange-delivery-gate = Gate
exchange-retraction-lede = Everyone who had it is told to remove it; their receipts are listed here.
exchange-retraction-receipts = Who was asked, and who confirmed

exchange-quarantine-title = Quarantine
exchange-quarantine-lede = Documents set aside because they break a rule. They are kept as received and never passed on.
exchange-quarantine-empty = The quarantine is empty.
exchange-quarantine-finding = What is wrong
exchange-conflicts-title = Conflicts

exchange-import-title = Import
exchange-import-under = Publish under
exchange-import-marking = Marking where the document has none
exchange-import-done = { $count ->
    [0] Nothing new: every object was already here
    [one] { $count } object imported
   *[other] { $count } objects imported
}
exchange-import-refused = { $count ->
    [one] { $count } object set aside
   *[other] { $count } objects set aside
}

exchange-overview-objects = Objects
exchange-overview-day = Arrived in 24 hours
exchange-overview-by-tlp = Objects by marking
exchange-overview-by-type = Objects by type
exchange-overview-activity = Arrivals per hour

## The list and one object
exchange-objects-reach = { $reached } of { $peers }
exchange-objects-received-by = Parties that have it
exchange-objects-behind = Search has indexed { $done } of { $total } entries; newer objects are in the list, not yet in the search.
exchange-objects-next = { $count } on this page, newest first
exchange-state-any = Any
exchange-state-goes-out = Released to somebody
exchange-state-stays = Released to nobody
exchange-fate-author = Is its author
exchange-fate-released = Released, not yet fetched
exchange-fate-not-ours = Not passed on
exchange-fate-not-ours-why = Another party’s statement: its own node sends it, this one serves it to consumers only.
exchange-fate-what = What happened
exchange-origin = Where the marking comes from
exchange-origin-document = The document names it
exchange-origin-gate = Given when the document came in
exchange-origin-narrowed = Narrowed by the author later
exchange-origin-nowhere = There is none, so nobody outside receives it
exchange-object-bytes = Bytes
exchange-object-bytes-same = same as shown
exchange-object-bytes-differ = differ
exchange-object-shown = Shown below
exchange-object-named = Named recipients only
exchange-object-retracted = Retracted: its author took it back
exchange-source-link = By the link from its author
exchange-source-hidden = Brought through a gate; your clearance does not show which
exchange-source-brought = { $gate }, from { $source }

## Deliveries
exchange-deliveries-title = Deliveries
exchange-deliveries-lede = What came in through which gate, and what became of it.
exchange-deliveries-empty = Nothing has come in yet that your clearance shows. Import a bundle, or give a consumer a token.
exchange-deliveries-offered = Offered
exchange-deliveries-accepted = New
exchange-deliveries-known = Held already
exchange-deliveries-refused = Set aside

## Taking back
exchange-retract-question = Take this object back?
exchange-retract-consequence = It leaves every list and collection here at once. Every party of the agreements under which it was published is told to remove it, and confirms with a receipt.
exchange-retract-verb = Retract
exchange-narrow-question = Narrow the marking of this object?
exchange-narrow-consequence = Every version counts as marked with the narrower label from now on, here and at every party that has it. A marking never becomes wider again.
exchange-narrow-verb = Narrow
exchange-narrow-to = New marking
exchange-retraction-narrowed = Narrowed
exchange-retraction-deleted = Retracted
exchange-retraction-versions = Versions touched
exchange-retraction-receipts-none = Nobody else had to be asked.
exchange-retraction-asked = Asked
exchange-retraction-delivered = Delivered
exchange-retraction-confirmed = Confirmed
exchange-retraction-asked-at = Asked
exchange-retraction-delivered-at = Delivered
exchange-retraction-confirmed-at = Receipt received

## Import
exchange-import-lede = Paste a document, see who would receive what and why not, then publish.
exchange-import-document = Document
exchange-import-document-hint = A STIX bundle, a TAXII envelope, or one object per line; at most 1 MB with encoding. Larger files: entente exchange import
exchange-import-to = Named recipients of TLP:RED objects
exchange-import-no-agreement = No agreement: keep it in our organisation
exchange-import-no-marking = None: unmarked objects stay unreleased
exchange-import-dry-run = Show who would receive it
exchange-import-publish = Publish
exchange-import-counts = { $good } of { $total } objects can be published
exchange-import-objects = Objects in the document
exchange-import-problem = Problem
exchange-import-would-get = Would receive
exchange-import-stays = Withheld because
exchange-import-nothing = The document holds no object that can be read.
exchange-import-again = Change it

# STIX 2.1 types, as `stix-type-<type>`
stix-type-attack-pattern = Attack pattern
stix-type-campaign = Campaign
stix-type-course-of-action = Course of action
stix-type-grouping = Grouping
stix-type-identity = Identity
stix-type-incident = Incident
stix-type-indicator = Indicator
stix-type-infrastructure = Infrastructure
stix-type-intrusion-set = Intrusion set
stix-type-location = Location
stix-type-malware = Malware
stix-type-malware-analysis = Malware analysis
stix-type-note = Note
stix-type-observed-data = Observed data
stix-type-opinion = Opinion
stix-type-report = Report
stix-type-threat-actor = Threat actor
stix-type-tool = Tool
stix-type-vulnerability = Vulnerability
stix-type-relationship = Relationship
stix-type-sighting = Sighting
stix-type-marking-definition = Marking definition
stix-type-language-content = Language content
stix-type-extension-definition = Extension definition
stix-type-artifact = Artifact
stix-type-autonomous-system = Autonomous system
stix-type-directory = Directory
stix-type-domain-name = Domain name
stix-type-email-addr = E-mail address
stix-type-email-message = E-mail message
stix-type-file = File
stix-type-ipv4-addr = IPv4 address
stix-type-ipv6-addr = IPv6 address
stix-type-mac-addr = MAC address
stix-type-mutex = Mutex
stix-type-network-traffic = Network traffic
stix-type-process = Process
stix-type-software = Software
stix-type-url = URL
stix-type-user-account = User account
stix-type-windows-registry-key = Windows registry key
stix-type-x509-certificate = X.509 certificate

# Record kinds, as `record-kind-<kind with - for .>`
record-kind-party-card-v1 = Party card
record-kind-party-rotation-v1 = Key rotation
record-kind-party-trust-v1 = Trust decision
record-kind-party-consumer-v1 = Consumer
record-kind-party-group-v1 = Group
record-kind-accord-proposal-v1 = Proposed agreement
record-kind-accord-signature-v1 = Signature
record-kind-accord-withdrawal-v1 = Withdrawal
record-kind-exchange-object-v1 = STIX object
record-kind-exchange-retraction-v1 = Retraction
record-kind-exchange-receipt-v1 = Receipt
record-kind-exchange-delivery-v1 = Delivery
record-kind-exchange-quarantine-v1 = Quarantined document
record-kind-notify-incident-v1 = Incident
record-kind-notify-evidence-v1 = File that proves a submission
record-kind-notify-mailbox-v1 = Mail address of a recipient of reports
record-kind-notify-mailing-v1 = Step of a report by mail
record-kind-notify-fact-v1 = Fact of an incident
record-kind-notify-determination-v1 = Decision on an incident
record-kind-notify-submission-v1 = Submission
record-kind-notify-report-v1 = Report received
record-kind-notify-handling-v1 = Step with a report
record-kind-notify-cause-v1 = Shared cause
record-kind-notify-forward-v1 = Report handed on
record-kind-notify-pledge-v1 = Pledge not to pay ransoms
record-kind-notify-pack-v1 = Text of a law in use
record-kind-notify-screening-v1 = Look into a sanctions list
record-kind-notify-obligation-v1 = Change of duties
record-kind-notify-assignment-v1 = Who looks after an incident
record-kind-notify-reminder-v1 = Reminder of a duty
record-kind-notify-practice-v1 = How a party assesses risk
record-kind-notify-warning-v1 = Early warning
record-kind-notify-filing-v1 = Report filed
record-kind-notify-message-v1 = Message about a filing
record-kind-desk-audit-v1 = Audit trail
record-kind-release-rule-v1 = Rule of two
record-kind-release-draft-v1 = Held release
record-kind-release-decision-v1 = Decision on a held release
record-kind-picture-publication-v1 = Publication of a report
record-kind-picture-snapshot-v1 = Joint snapshot of the picture
record-kind-picture-cosign-v1 = Answer to a joint snapshot
record-kind-notice-receipt-v1 = What became of a notice
record-kind-picture-watch-v1 = Watched technology
record-kind-picture-handover-v1 = Hand-over of a shift
record-kind-ledger-erasure-v1 = Erasure
record-kind-link-equivocation-v1 = Proof of two histories
## On the overview
exchange-since-title = Objects that arrived
exchange-since-count = { $count ->
    [one] One object arrived
   *[other] { $count } objects arrived
}
exchange-since-none = No object arrived.
exchange-newest-title = Newest objects
exchange-newest-all = All objects
exchange-outflow-title = What of ours goes out, and what stays
exchange-outflow-all = Objects that stay here
exchange-outflow-line = { $goes } released, { $stays } withheld
exchange-due-quarantine = { $count ->
    [one] { $count } document set aside
   *[other] { $count } documents set aside
}
exchange-due-quarantine-more = More than { $count } documents set aside
exchange-due-quarantine-do = Open the quarantine
exchange-due-refused = { $count ->
    [one] { $party } refused { $count } of our records
   *[other] { $party } refused { $count } of our records
}
exchange-due-refused-do = Look at the link
exchange-import-file = A file
exchange-import-file-hint = A bundle, an array, or one object a line, up to 8 MB. Larger ones go by “entente exchange import”.
exchange-flow-direction = Direction
exchange-flow-in = Came in
exchange-flow-out = Went out
exchange-narrowed = Filters in force
exchange-narrowed-drop = Without the filter { $what }
