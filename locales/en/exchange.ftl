# The exchange pillar: STIX objects, collections, quarantine, conflicts.

exchange-objects-title = Objects
exchange-objects-lede = Everything this node holds and you may see, from every source.
exchange-objects-empty = No object matches. Widen the filters, or import a bundle.
exchange-objects-empty-node = No objects yet. Import a STIX bundle, or wait for a partner to share one.
exchange-objects-search = Words, names, identifiers, patterns
exchange-filter-type = Object type
exchange-filter-tlp = Marking
exchange-filter-author = Author
exchange-filter-state = State
exchange-filter-since = Received since
exchange-filter-agreement = Published under

exchange-object-title = Object
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
exchange-object-delivery-none = Nobody has asked for it yet.
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
exchange-object-external = External references
exchange-object-under = Published under
exchange-object-position = Position in the ledger
exchange-object-record = Record
exchange-object-graph = Around this object
exchange-object-unknown = There is no such object here, or you may not see it.

exchange-publish-title = Who would receive this
exchange-publish-lede = A dry run of the verdict. Nothing has been sent.
exchange-publish-would = { $count ->
    [0] Nobody would receive it
    [one] { $count } receiver would get it
   *[other] { $count } receivers would get it
}

exchange-delivery-receiver = Receiver
exchange-delivery-gate = Gate
exchange-delivery-sent = Sent { $time }
exchange-retraction-title = Retract
exchange-retraction-lede = Everyone who had it is told to remove it; their receipts are listed here.
exchange-retraction-receipts = Receipts of the retraction

exchange-collections-title = Collections
exchange-collections-lede = What TAXII clients can read and write here, one API root per agreement.
exchange-collection-url = TAXII address
exchange-collection-read = May read
exchange-collection-write = May write
exchange-collection-objects = Objects
exchange-collections-empty = No agreement in force opens a collection to you.

exchange-quarantine-title = Quarantine
exchange-quarantine-lede = Documents set aside because they break a rule. They are kept as received and never passed on.
exchange-quarantine-empty = The quarantine is empty.
exchange-quarantine-finding = What is wrong
exchange-quarantine-pointer = Where
exchange-quarantine-clause = Rule
exchange-conflicts-title = Conflicts
exchange-conflicts-lede = The same object and version with different content: the first is kept, the others are listed here.
exchange-conflicts-empty = No conflicts.

exchange-import-title = Import
exchange-import-file = STIX bundle, TAXII envelope or one object per line
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
exchange-overview-received = Received today
exchange-overview-shared = Shared today
exchange-overview-withheld = Withheld
exchange-overview-by-tlp = Objects by marking
exchange-overview-by-type = Objects by type
exchange-overview-latest = Latest arrivals
exchange-overview-activity = Arrivals per hour

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
record-kind-ledger-erasure-v1 = Erasure
record-kind-link-equivocation-v1 = Proof of two histories
