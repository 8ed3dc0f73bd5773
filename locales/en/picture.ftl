# The picture: trends, hand-over, matrix, map, subjects and the landscape report.

nav-picture = Picture
picture-trends-title = Trends
picture-trends-lede = What is new, rising and fading, counted from what was really shared and what you may read.
picture-trends-empty = Nobody spoke of any in this period or the one before, as far as you may read.
picture-handover-title = Hand-over
picture-handover-open = Take over
picture-handover-do = Acknowledge
picture-handover-note = For the next shift
picture-handover-note-hint = What they should know, whom to call. Optional; marked { $tlp }, as what you may see.
picture-handover-long = At most 4,000 characters.
picture-handover-stale = The form does not say up to when you have seen everything; load the page again.
picture-handover-acknowledge = I have seen this
picture-handover-record = Your acknowledgement becomes a record: you have seen what arrived before { $upto }.
picture-handover-left = { $by } left a note
picture-since-title = Since you left
picture-since = Since you last acknowledged,
picture-since-day = You have not acknowledged anything yet; this is one day, from
picture-since-none = Nothing new.
picture-since-things = What is new or has changed
picture-since-more = Only the newest { $count } are listed.
picture-since-others = And { $count } more.
picture-since-events = What else was stated
picture-since-notes = { $count ->
    [one] A note was left for you
   *[other] { $count } notes were left for you
}
picture-active-title = Active campaigns and incidents
picture-active-all = All
picture-active-none = No campaign or incident was spoken of in the last four weeks.
picture-exploited-title = Exploited vulnerabilities
picture-exploited-none = Nobody says that a vulnerability is exploited.
picture-exploited-by = Exploited by
picture-exploited-where = Seen at, or present in
picture-exploited-ours = Stated by us
picture-at = As at the end of
picture-period = Period
picture-period-7 = 7 days
picture-period-28 = 4 weeks
picture-period-91 = 13 weeks
picture-period-364 = 52 weeks
picture-topic-actors = Actors
picture-topic-campaigns = Campaigns and incidents
picture-topic-malware = Malware and tools
picture-topic-techniques = Techniques
picture-topic-vulnerabilities = Vulnerabilities
picture-topic-sectors = Sectors
picture-topic-countries = Countries and regions
picture-move = Movement
picture-move-new = New
picture-move-back = Back
picture-move-rising = Rising
picture-move-steady = Steady
picture-move-fading = Fading
picture-course = Course
picture-now = Period
picture-before = Before
picture-by = Stated by
picture-last = Last
picture-spoken-of = Spoken of { $now } times in the period, { $before } times in the one before
picture-trend-all = { $topic }: how often they were spoken of
picture-cut = Only the { $count } most frequent are listed.
picture-unnamed = { $kind }, not released to you or not here
picture-method-title = How this is worked out
picture-method-count = A thing is counted once for each object that is stated about it: the thing itself, a relationship that names it, a sighting of it, a report that refers to it. A sector or a country is counted when somebody says that one of its own was targeted or that something was sighted there.
picture-method-day = The day is that on which the author states it, never later than its arrival here; days are UTC.
picture-method-move = The period is compared with the one of equal length before it. New: never spoken of before. Back: silent in the period before. Rising: at least { $enough } times and twice as often as before. Fading: the reverse.
picture-then = As of that instant: counted anew from what had arrived here by then, under the names that things had then, including what was revoked since. Left out is what was taken back or erased since. Rights, and the names of parties, are those of today.
picture-method-sight = Only what you may read is counted; somebody else may see other figures.
picture-matrix-title = ATT&CK matrix
picture-matrix-lede = Techniques that were really shared, under the tactics that the objects themselves name.
picture-matrix-empty = No technique was spoken of, as far as this choice and your clearance go.
picture-matrix-unplaced = { $count ->
    [one] One technique is not shown: no object that you may read places it under a tactic.
   *[other] { $count } techniques are not shown: no object that you may read places them under a tactic.
}
picture-matrix-everybody = Everybody
picture-matrix-before = The period before
picture-matrix-beside = Beside it
picture-matrix-of = Matrix of { $chain }
picture-matrix-technique = Technique
picture-matrix-tactic = Tactic
picture-map-title = Map
picture-map-lede = Where and whom it hit, by who states it on which side of the Atlantic.
picture-map-empty = Nobody states that a place or a sector was hit in this period, as far as you may read.
picture-map-steps = Steps through time
picture-map-earlier = Earlier
picture-map-later = Later
picture-map-place = Country or region
picture-map-sector = Sector
picture-map-eu = EU side
picture-map-us = US side
picture-map-others = Others
picture-map-nis2 = NIS2:
picture-map-cisa = United States:
picture-map-by = Struck by
picture-subject-object = The object itself
picture-subject-is = What it is, and who says so
picture-subject-course = How often it was spoken of in 52 weeks
picture-subject-graph = How it hangs together
picture-subject-graph-of = { $name } and what it is tied to
picture-subject-ties = What it is tied to, and who says so
picture-subject-others-only = not stated by us
picture-subject-alone = Nothing that you may read ties it to anything.
picture-subject-timeline = Timeline
picture-subject-stated = states
picture-relation-object = refers to
picture-relation-sighted = seen at
picture-hit-title = Sectors hit in seven days, and by whom
picture-told-title = What each side told us, and why not more
picture-told-all = Told us
picture-told-alone = Nobody else
picture-told-terms = What reaches us by agreement
picture-told-everything = everything
picture-told-objects = all objects
picture-told-up-to = up to
picture-told-none = No agreement in force that you may read lets such a thing reach us.
picture-told-withheld = Withheld from us, whatever it is about
picture-told-rest = What a party withholds reaches us as a hash alone, which tells neither subject nor kind: whether any of it is about this, nobody here can know. What is here and beyond your clearance is not counted on this page either.
picture-report-title = Threat landscape
picture-audience = Audience
picture-audience-organisation = Our organisation
picture-audience-parties = The parties of { $name }
picture-audience-community = The community of { $name }
picture-audience-public = The public, under { $name }
picture-report-by = prepared by { $party }
picture-report-summary = In short
picture-report-most = { $topic }, most spoken of: { $names }.
picture-report-most-new = { $topic }, most spoken of, and all new: { $names }.
picture-report-new = { $topic }, new: { $names }.
picture-report-rising = { $topic }, rising: { $names }.
picture-report-nothing = Nothing that this audience may have was stated in the period.
picture-report-none = Nothing to report.
picture-report-sources = Sources and gaps
picture-report-statements = Statements in the period
picture-report-left-out = Counted is only what everybody in the audience may have; what was left out is neither counted nor named.
picture-report-silent = Nothing from: { $parties }.
picture-report-method = Every figure is made from statements that the release policy lets go to everybody in the audience at this moment. The marking is the strictest of theirs. Before it is shown, the text is searched in both languages for names that occur only in what was left out.
picture-report-leak = The report is not shown: it would say “{ $word }”
picture-report-leak-do = That name occurs only in an entry that this audience may not have:

# Sectors of STIX 2.1 (industry-sector-ov), as `sector-<word>`
sector-aerospace = Aerospace
sector-agriculture = Agriculture
sector-automotive = Automotive
sector-chemical = Chemicals
sector-commercial = Commercial services
sector-communications = Communications
sector-construction = Construction
sector-dams = Dams
sector-defense = Defence
sector-education = Education
sector-emergency-services = Emergency services
sector-energy = Energy
sector-entertainment = Entertainment
sector-financial-services = Financial services
sector-government = Government
sector-government-local = Local government
sector-government-national = National government
sector-government-public-services = Public services
sector-government-regional = Regional government
sector-healthcare = Health care
sector-hospitality-leisure = Hospitality and leisure
sector-infrastructure = Infrastructure
sector-insurance = Insurance
sector-manufacturing = Manufacturing
sector-mining = Mining
sector-non-profit = Non-profit
sector-nuclear = Nuclear
sector-pharmaceuticals = Pharmaceuticals
sector-retail = Retail
sector-space = Space
sector-technology = Technology
sector-telecommunications = Telecommunications
sector-transportation = Transport
sector-utilities = Utilities
sector-water = Water

# Regions of STIX 2.1 (region-ov), as `region-<word>`
region-africa = Africa
region-americas = Americas
region-antarctica = Antarctica
region-asia = Asia
region-australia-new-zealand = Australia and New Zealand
region-caribbean = Caribbean
region-central-america = Central America
region-central-asia = Central Asia
region-eastern-africa = Eastern Africa
region-eastern-asia = Eastern Asia
region-eastern-europe = Eastern Europe
region-europe = Europe
region-latin-america-caribbean = Latin America and the Caribbean
region-melanesia = Melanesia
region-micronesia = Micronesia
region-middle-africa = Middle Africa
region-northern-africa = Northern Africa
region-northern-america = Northern America
region-northern-europe = Northern Europe
region-oceania = Oceania
region-polynesia = Polynesia
region-south-america = South America
region-south-eastern-asia = South-eastern Asia
region-southern-africa = Southern Africa
region-southern-asia = Southern Asia
region-southern-europe = Southern Europe
region-western-africa = Western Africa
region-western-asia = Western Asia
region-western-europe = Western Europe

# Sectors of NIS2 (Annexes I and II) and the sixteen of the United States
nis2-chemicals = Chemicals
nis2-digital = Digital infrastructure
nis2-energy = Energy
nis2-finance = Banking and financial market infrastructures
nis2-food = Food
nis2-health = Health
nis2-ict-services = ICT service management
nis2-manufacturing = Manufacturing
nis2-none = not listed
nis2-public-administration = Public administration
nis2-space = Space
nis2-transport = Transport
nis2-water = Drinking and waste water
cisa-chemical = Chemical
cisa-commercial-facilities = Commercial facilities
cisa-communications = Communications
cisa-critical-manufacturing = Critical manufacturing
cisa-dams = Dams
cisa-defense-industrial-base = Defense industrial base
cisa-emergency-services = Emergency services
cisa-energy = Energy
cisa-financial-services = Financial services
cisa-food-agriculture = Food and agriculture
cisa-government = Government services and facilities
cisa-healthcare = Healthcare and public health
cisa-information-technology = Information technology
cisa-none = none of the sixteen
cisa-nuclear = Nuclear reactors, materials and waste
cisa-transportation = Transportation systems
cisa-water = Water and wastewater

# The slider of the map
picture-map-slide = Period ending
picture-map-slide-now = Now

# Joint snapshots
snapshot-title = Joint snapshots
snapshot-lede = One picture that two parties sign, figure by figure with the records that each rests on.
snapshot-none = None yet.
snapshot-until = Counted
snapshot-by = Put by
snapshot-with = Put to
snapshot-claims = Figures
snapshot-topic = Topic
snapshot-state-joint = Signed by both
snapshot-state-declined = Declined
snapshot-state-asked = Change asked for
snapshot-state-ours = Ours to answer
snapshot-state-theirs = Theirs to answer
snapshot-propose = Put a picture
snapshot-propose-lede = It is counted from what may go to them, and nothing else. Putting it signs it for this party; they compare it with theirs.
snapshot-nobody = No agreement with another party is in force: there is nobody to put a picture to.
snapshot-to = To whom, under which agreement
snapshot-note = A word to them
snapshot-signatory = Who signs
snapshot-signatory-hint = Name and office.
snapshot-choose = Choose to whom, under an agreement in force.
snapshot-choose-word = Choose what to answer.
snapshot-one = Snapshot of { $at }
snapshot-take = Take the signed document
snapshot-about = What is put
snapshot-signed = Signed
snapshot-covers-picture = the signature covers the picture alone, not the name, the reason or the differences beside it
snapshot-unsigned = Not signed
snapshot-days = { $days } days up to { $until }
snapshot-rests = { $claims } figures, resting on { $records } mentions in records
snapshot-hash = SHA-256 of what is signed
snapshot-record = Record
snapshot-replaces = It takes the place of an earlier one
snapshot-differences = Both pictures
snapshot-now-lede = Beside what was put stands what would be put today, from what may go to them now.
snapshot-compare-lede = Beside what they put stands the same count here, of what may go to them.
snapshot-differing = { $count ->
    [0] No figure differs.
    [one] One figure differs.
   *[other] { $count } figures differ.
  }
snapshot-theirs = { $party }
snapshot-ours = Ours
snapshot-put = As put
snapshot-why = Same, or why not
snapshot-origin = Records behind it
snapshot-same = Same
snapshot-differs = Differs
snapshot-why-withheld = Records were withheld from us; their hashes are here.
snapshot-why-not-received = Records have not come here.
snapshot-why-otherwise = Records are here and stand otherwise: narrowed, taken back, replaced, or not for them.
snapshot-why-not-sent = Records of ours have not gone to them yet.
snapshot-why-not-counted = Records that count here are not in theirs.
snapshot-said-signed = { $party } signed and counts otherwise
snapshot-said-declined = { $party } declined
snapshot-said-asked = { $party } asks for a change
snapshot-answer = Answer
snapshot-answer-lede = The differences above go with the answer. Signing means that this is our picture too; differences are kept with it.
snapshot-word = What we answer
snapshot-do-sign = Sign it
snapshot-do-ask = Ask for a change
snapshot-do-decline = Decline
snapshot-reason = Reason
snapshot-reason-hint = Needed unless it is signed.

# Space
cisa-space = beside the sixteen: space systems (Space Policy Directive 5)
space-title = Space and what depends on it
space-count = { $count ->
    [0] Nobody said in this period that the sector was hit.
    [one] The sector was hit once in this period.
   *[other] The sector was hit { $count } times in this period.
  }
space-ground = It counts operators of the ground segment and of what flies: stations, control centres and their suppliers.
space-service = From space
space-hit = Dependent sectors hit
space-calm = Dependent sectors not hit
space-timing = Time of satellite navigation (GNSS)
space-position = Position of satellite navigation (GNSS)
space-link = Communication over satellites
space-observation = Earth observation
space-source = Sector: Directive (EU) 2022/2555, Annex I No 11 (ground-based infrastructure); Space Policy Directive 5 of 4 September 2020. Dependence on positioning, navigation and timing: Executive Order 13905 of 12 February 2020. Which sector depends on what is our reading of them.

# Publishing a report
publish-title = Publication
publish-figures = Figures over more than may go itself
publish-method = Counted from everything whose authors let it be passed on, over { $contributors } parties at least. A figure changes at most every { $hours } hours, unless as many have changed their part.
publish-fewer = fewer than { $than }
publish-none = No figure stands for enough parties.
publish-last = Published last for { $days } days by { $by },
publish-never = Not published yet.
publish-rests = Another period went out to some of the same readers. This one may be published from { $until }: two lengths in a row would tell of single parties.
publish-do = Publish
publish-do-lede = Publishing writes down which figures go out, so that later ones give nobody away. Print or save the page then.
publish-preview = Look at what would go out
publish-preview-title = What would go out
publish-goes-out = Figures that go out
publish-stays = Figures that are suppressed
publish-empty = None.
publish-counted = Counted here
publish-parties = Parties in it
publish-seen = The audience sees
publish-why = Why
publish-nothing = nothing
publish-as-counted = As counted.
publish-kept-why = As it went out before: { $changed } of the { $enough } parties needed have changed their part within { $hours } hours, so the difference would tell of them.
publish-fewer-why = Counts below { $than } are not told.
publish-withheld-why = Only { $parties } of the { $enough } parties needed are in it.
publish-inside = Only a report for an audience beyond the own organisation is published.
publish-leak = The report would say what was left out. Nothing was published; the page names the entry.
## The watch-list
picture-watch-title = Watch-list
picture-watch-lede = Emerging technologies that may come to matter: who looks after each, what it rests on, and when somebody looks again.
picture-watch-add = Watch a technology
picture-watch-watched = Watched
picture-watch-retired = No longer watched
picture-watch-none = Nothing is watched.
picture-watch-overdue-count = { $count ->
    [one] { $count } review is overdue
   *[other] { $count } reviews are overdue
}
picture-watch-overdue = overdue
picture-watch-is-retired = No longer watched
picture-watch-technology = Technology
picture-watch-review = Next review
picture-watch-horizon = Horizon
picture-watch-maturity = Maturity
picture-watch-sources = Sources
picture-watch-owner = Owner
picture-watch-owner-hint = The account that is told when a review is overdue.
picture-watch-open = open
picture-watch-from-on = from { $from }
picture-watch-until = until { $until }
picture-watch-research = Research
picture-watch-shown = Shown to work
picture-watch-early = First users
picture-watch-spreading = Spreading
picture-watch-common = Common
picture-watch-low = Low
picture-watch-moderate = Moderate
picture-watch-high = High
picture-watch-why = Why it is watched
picture-watch-why-hint = What it may do to us, or for us.
picture-watch-language = Language of this text
picture-watch-from = Expected to matter from
picture-watch-to = Until
picture-watch-horizon-hint = A year, a month or a day: 2030, 2030-06 or 2030-06-15. Leave it empty where nobody dares to say.
picture-watch-horizon-wrong = Write a year, a month or a day: 2030, 2030-06 or 2030-06-15.
picture-watch-backwards = This lies before the beginning.
picture-watch-day-hint = Year, month, day: 2027-03-31
picture-watch-day-wrong = Write a day such as 2027-03-31.
picture-watch-past = Choose a day that is still to come.
picture-watch-future = This day has not come yet.
picture-watch-under = Shared under
picture-watch-under-none = With nobody: it stays here
picture-watch-under-hint = It then goes to the parties of that agreement, as far as its marking lets it.
picture-watch-empty = Say something here.
picture-watch-long = Say it in fewer words.
picture-watch-nobody = No account of that name is here.
picture-watch-full = There are as many sources as there may be. Begin a new entry.
picture-watch-moved = Somebody else has changed this entry meanwhile. Load it again and look at what is new.
picture-watch-edit = Change
picture-watch-evidence-add = Add a source
picture-watch-evidence-lede = The new version is marked { $tlp }, as the entry is. A stricter source needs a stricter entry.
picture-watch-no-sources = No source yet.
picture-watch-says = What it says
picture-watch-link = Where
picture-watch-link-hint = An https URL, or the id of a record in the ledger.
picture-watch-link-wrong = Write an https URL, or the id of a record.
picture-watch-on = Date of the source
picture-watch-confidence = Confidence
picture-watch-retire = Take off the list
picture-watch-retire-lede = It stays readable with its history, and nobody is reminded of it any more.
picture-watch-reason = Reason
picture-watch-reason-hint = For those who ask in two years why nobody looked.
picture-watch-history = How it was seen
picture-watch-when = When
picture-watch-by = By
picture-watch-what = What changed
picture-watch-proof = Proof
picture-watch-record = Record
picture-watch-began = Put on the list
picture-watch-new-sources = { $count ->
    [one] { $count } source added
   *[other] { $count } sources added
}
picture-watch-now = Now: { $what }
picture-watch-review-on = Next review { $day }
picture-watch-owner-now = Owner now { $owner }
picture-watch-reworded = Reworded
picture-watch-was-retired = Taken off the list
picture-watch-again = Watched again
picture-watch-same = Marking or sharing changed
notice-review = The review of “{ $name }” was due on { $day }

# Figures of two instants
compared-title = Figures side by side
compared-method = How many subjects were spoken of, and in how many statements, in the period that ends with each instant; counted from what had arrived here by then, as far as you may see it today. Each figure leads to its sources.
compared-now = Now
compared-difference = Difference
compared-held = Objects held, by type
compared-more = { $count ->
    [one] One more subject differs less; see the trends.
   *[other] { $count } more subjects differ less; see the trends.
}

# The statements behind a figure
picture-sources-title = Sources of a figure
picture-sources-count = { $count ->
    [one] The figure { $figure } rests on one statement.
   *[other] The figure { $figure } rests on { $count } statements.
}
picture-sources-statement = Statement
picture-sources-day = Counted for
picture-sources-times = Counts
picture-sources-none = No statement that you may see counts for this.
