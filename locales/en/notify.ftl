# The notify pillar: incidents, their duties, and what was stated about them.

nav-incidents = Incidents
nav-notify = Notify
notify-incidents-title = Incidents
notify-incidents-lede = What happened, and which reports follow from it, towards whom, by when.
notify-incidents-empty = No incident is open.
notify-open-command = Open one with
notify-opened = Opened
notify-board-clause = By
notify-next = Due next
notify-exercise = Exercise
notify-as-of = As known at
notify-unsound = What was stated does not fit the law that this node knows
notify-conflict = Two duties stand against each other
notify-duties = Duties
notify-duties-empty = Nothing follows from what is known so far.
notify-duty = Duty
notify-alarm = Alarm
notify-limit = Limit of the law
notify-to = To
notify-missing = Missing fields
notify-lacks = Missing:
notify-excluded = What does not apply
notify-why = Why
notify-made-with = Worked out with
notify-statements = What was stated
notify-statements-empty = Nothing has been stated yet.
notify-when = When
notify-what = What
notify-value = Value
notify-who = By
notify-estimate = Estimate
notify-yes = Yes
notify-no = No
notify-unknown = Unknown
notify-state-open = Open
notify-state-past-alarm = Past the alarm
notify-state-overdue = Overdue
notify-state-asap = Without undue delay
notify-state-silent = Silence
notify-state-waiting = Not started
notify-state-sent = Sent
notify-state-sent-late = Sent late
notify-state-replaced = Settled by another report
notify-state-free = Free
notify-state-shadow = Not law, for information
notify-thresholds = What the numbers say
notify-met = Met
notify-not-met = Not met
notify-asks = To be answered:

# Opening an incident, and which laws apply.
notify-open-title = Open an incident
notify-open-lede = A name is enough to begin; everything else is asked afterwards, in the order in which it is needed.
notify-open-name-hint = What everybody here will call it. It stays in this organisation.
notify-open-exercise = This is an exercise
notify-open-exercise-hint = Nothing of an exercise is ever sent to an authority.
notify-open-verb = Open
notify-laws-title = Which laws apply
notify-laws-beside = Other laws, known from one line each
notify-laws-beside-lede = Nobody has compared these with their texts. They are planned only when you say that they apply.
notify-laws-lede = Say for each law whether it applies. What is not known yet stays open; each answer is kept with who gave it and why.
notify-laws-reason-hint = Why, in a sentence; it is kept with each answer that you change.
notify-laws-open = { $count ->
    [one] Of one law nobody has said whether it applies
   *[other] Of { $count } laws nobody has said whether they apply
}
notify-laws-decide = Say which laws apply
notify-applies = Applies
notify-applies-not = Does not apply
notify-law-applies = Whether { $law } applies
notify-save-on = Save and go on
notify-skip = Go on without
notify-not-saved = Not everything was saved: see the fields marked below
notify-by-missing = say who decides, by name and office
notify-rationale-missing = say why, in a sentence

# The guided intake.
notify-intake-title = Intake
notify-intake-lede = Only what a report needs next, in order of deadline.
notify-intake-questions = Next questions
notify-intake-first = First of all
notify-intake-later = { $count ->
    [one] One more question
   *[other] { $count } more questions
}
notify-intake-nothing = Nothing is missing for the duties that are known.
notify-how-sure = How sure is this?
notify-source = Where it comes from
notify-confidence = How sure you are
notify-zone-hint = Time in { $zone }
notify-classes-later = Say first which laws apply; each law has its own kinds.
notify-saved-at = Saved, { $at }
notify-saved-partly = Not everything was saved: one field cannot be read yet
notify-autosave-lost = Not saved: the node does not answer. It is tried again with the next change.
notify-contradiction = Two people said different things: { $what }
notify-keep = Keep this statement
notify-correct = Correct

# Decisions.
notify-decide-title = Decide
notify-decide-lede = Who decides, when and why is kept for those who will work the dates out again.
notify-decide-verb = Decide
notify-decide-ask = Somebody must decide: { $what }
notify-decide-question = What is decided
notify-decide-outcome = Outcome
notify-decided-at = When it was decided
notify-decided-at-hint = Time in { $zone }; empty means now
notify-decided-by = Who decides
notify-decided-by-hint = Name and office
notify-outcome-missing = choose an outcome
notify-no-moment = not a time that the clocks showed once; write it anew

# The countdown board and the calendar.
notify-clocks-title = Clocks
notify-clocks-lede = What is due next, over all incidents; the safe date raises the alarm, the limit is the law’s.
notify-clocks-empty = No clock is running.
notify-clocks-all = All
notify-clocks-mine = Mine
notify-clocks-blank = { $count ->
    [one] Of one incident nobody has said which laws apply
   *[other] Of { $count } incidents nobody has said which laws apply
}
notify-clocks-rest = { $count ->
    [one] One more
   *[other] { $count } more
}
notify-count-overdue = { $count } overdue
notify-count-past = { $count } past the alarm
notify-count-all = { $count ->
    [one] One clock
   *[other] { $count } clocks
}
notify-wall = Wall screen
notify-wall-leave = Leave the wall screen
notify-officer = Officer
notify-take = Take over
notify-let-go = Let go
notify-calendar-title = Calendar
notify-calendar-lede = A calendar that reads this address shows both dates of every running clock that you may see.
notify-calendar-address = Your address
notify-calendar-secret = Whoever has this address sees what you see. Give it to your own calendar only.
notify-calendar-new = Make it void and make another

# One stage.
notify-when-why = By when, and why
notify-by-way = By which way
notify-clause = Clause
notify-steps = How the date comes about
notify-form = Form
notify-form-free = The law names no fields for this report.
notify-need = Needed
notify-required = Required
notify-where-applicable = Where applicable
notify-lacks-it = Missing
notify-copy = Copy this value
notify-exercise-stays = An exercise: nothing of it may be sent to an authority.
notify-file-verb = Note as filed
notify-file-lede = The dates of later reports run from the moment at which this one was really sent.
notify-file-save = Note it
notify-file-lacks = { $count ->
    [one] One required field is not filled
   *[other] { $count } required fields are not filled
}
notify-filed-at = When it was sent
notify-reference = Reference
notify-reference-hint = What the recipient gave
notify-evidence = Evidence
notify-evidence-hint = What proves it: a receipt, a message, where the copy is kept
notify-evidence-file = File of evidence
notify-evidence-file-hint = A receipt, a picture of the screen, a message: at most { $most }. It is kept here, its SHA-256 stands in the record, and its body can be erased
notify-evidence-file-lost = Choose the file again: it was not kept while you confirmed who you are
notify-evidence-erased = Erased
notify-evidence-erased-proves = the SHA-256 in the submission still proves what it was
notify-evidence-attach = Attach a file
notify-evidence-elsewhere = not kept here; whoever has it can compare the SHA-256
notify-stretch = { $from }–{ $to } of { $of }
notify-filed-by-hand = Filed by hand
notify-channel-missing = say by which way it was sent

# What if.
notify-whatif-title = What if
notify-whatif-lede = Suppose one fact were different, and see which duties would move. Nothing is written.
notify-whatif-fact = Fact
notify-whatif-hint = An instant with its offset, yes, no, a number; empty for unknown
notify-whatif-verb = Show
notify-whatif-answer = What would change
notify-whatif-nothing = No duty would change.
notify-whatif-unwritten = Supposed only: nothing was written.
notify-kind-instant = instant
notify-kind-truth = yes or no
notify-kind-number = number

# What became of duties.
notify-history = What became of the duties
notify-change-appeared = New
notify-change-moved = Moved
notify-change-closed = Closed
notify-change-reopened = Open again
notify-change-fell-away = Fell away
notify-cause-fact = A fact
notify-cause-decision = A decision
notify-cause-submission = A report was sent
notify-cause-pack = A newer pack

# The proof of timely notification.
notify-document = Form as JSON
notify-proof-title = Proof
notify-proof-lede = What anybody finds who checks the file with this party’s fingerprint, without this node and without a network.
notify-proof-file = Proof as a file
notify-proof-says = What the file proves
notify-proof-check = Checked with
notify-proof-in-time = In time
notify-proof-late = After the limit of the law
notify-proof-no-limit = The law gives no date for this report
notify-proof-unclear = The records do not fit the law that this node knows
notify-proof-recorded = Written down
notify-proof-party = Party
notify-proof-records = Records
notify-proof-under = { $records } records, in a log of { $size } whose state is signed

# An incident from a file.
notify-import-title = From a file
notify-import-lede = JSON of our own form, CSV, a MISP event or a STIX bundle with one incident; looked at first, then opened.
notify-import-file = File
notify-import-text = Or its text
notify-import-hint = CSV begins with a line that names the columns: field, value, and perhaps estimate, source, confidence.
notify-import-format = Form
notify-import-guess = As it looks
notify-import-look = Look at it
notify-import-open = Open an incident from it
notify-import-place = Place
notify-import-line = Line { $line }
notify-import-column = Line { $line }, column { $column }
notify-import-found = { $count ->
    [one] One fact can be taken over
   *[other] { $count } facts can be taken over
}
notify-import-findings = { $count ->
    [one] One thing is not taken over
   *[other] { $count } things are not taken over
}

# Reminders.
notify-reminders = Reminders
notify-remind-day = A day left
notify-remind-hours = Four hours left
notify-remind-hour = One hour left
notify-remind-alarm = Past the alarm
notify-remind-overdue = Overdue
notify-remind-gate = A payment was barred
notify-remind-of = Date
notify-remind-all = Every officer

# What changed since the report before.
notify-since = Changed since { $stage }
notify-since-nothing = Nothing in this form has changed since.
