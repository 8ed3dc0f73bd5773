# People and access: accounts, sessions, tokens, the second factor, roles and permissions, audit, approval by two.
# Keys under `permission-` are put together at run time from the names of permissions.

## One's own account
account-title = Your account
account-about = Who you are here
account-safety = How you sign in, and what is open
account-stay-until = Here until

## Proving again who is there
confirm-title = Confirm that it is you
confirm-lede = What comes next matters. Once confirmed, nothing is asked again for { $duration }.
confirm-wrong = This did not match. Nothing was done.
confirm-sso = Sign in again with your organisation instead

## Single sign-on
login-sso = Sign in with your organisation
login-sso-refused = Your organisation’s sign-in did not let you in here. Ask an administrator whether you have an account.
login-sso-done = You are signed in.
login-sso-on = Go on

## Second factor
factor-title = Second factor
factor-telephone = Codes from your telephone
factor-what = An app on your telephone shows a code of six digits that changes every thirty seconds. With it, a password alone opens nothing.
factor-on = { $count ->
    [one] On, { $count } recovery code left
   *[other] On, { $count } recovery codes left
}
factor-off = Off: your password alone is enough
factor-no-codes = You have no recovery codes left. Make new ones.
factor-begin = Set it up
factor-replace = Set up another telephone
factor-renew-codes = New recovery codes
factor-drop = Switch it off
factor-scan = Scan this with the app
factor-scan-do = Scan the picture with an authenticator app, or type the secret into it. Then type the code that it shows.
factor-secret = Secret
factor-code = Code
factor-code-hint = Six digits from your telephone, or one of your recovery codes.
factor-first-code-hint = The six digits that the app shows now.
factor-code-wrong = This code does not count. Wait for the next one and type it.
factor-set = The second factor is on
factor-codes = Recovery codes
factor-codes-do = Print or copy them and keep them apart from your telephone. Each works once, when the telephone is lost.

## Passkeys
passkey-title = Passkeys
passkey-lede = A passkey signs you in with your device, by fingerprint, face or PIN. It cannot be guessed or given away on a false page.
passkey-none = You have no passkey.
passkey-add = A new passkey
passkey-label = What you call it
passkey-label-hint = Such as: duty laptop
passkey-label-wrong = Give it a name of { $most } characters at most.
passkey-make = Make a passkey
passkey-use = Use a passkey
passkey-drop = Remove
passkey-full = You have { $most } passkeys. Remove one that is not needed.
passkey-refused = This passkey was not accepted. Try again, or use your password.
passkey-cannot = This browser makes no passkeys, or scripts are off. Password and code work without.

## Sessions
session-title = Where you are signed in
session-lede = A session ends after 12 hours, or after one hour in which nothing was asked. End those that are not yours.
session-browser = Browser
session-address = Address
session-began = Signed in
session-seen = Last used
session-this = (this one)
session-end = End
session-end-others = End all others

## Tokens for programs
token-title = Tokens for programs
token-lede = A program that carries a token reads in your name what you tick here, and nothing that asks you to confirm.
token-add = A new token
token-label = What it is for
token-label-hint = Such as: nightly report
token-label-wrong = Say what it is for, in { $most } characters at most.
token-days = Ends after
token-scope = What it may do
token-scope-hint = Tick no more than the program needs.
token-scope-wrong = Tick at least one.
token-issue = Issue the token
token-added = The token “{ $label }” is ready
token-token = Token
token-do = Put it into the program’s settings, to be sent as “Authorization: Bearer …”. When it is lost, revoke it and issue another.
token-full = There are enough tokens. Revoke one that is not needed.
token-revoke = Revoke
token-used = Last used
token-never = Never
token-none = No program acts for you.

## Accounts of others
account-sign-out = Sign out
account-sign-out-question = Sign { $name } out everywhere?
account-sign-out-consequence = { $count ->
    [one] { $count } open session ends at once. Signing in again is possible.
   *[other] { $count } open sessions end at once. Signing in again is possible.
}
account-reset = Begin anew
account-reset-question = Begin the account { $name } anew?
account-reset-consequence = For somebody who lost password or telephone. Make sure who is asking. There will be a new first password, no second factor, no session and no token.
account-zone = Time zone of the stay
account-zone-hint = For guests, such as Europe/Brussels or America/New_York. Leave the three fields empty for members of the house.
account-zone-wrong = There is no such time zone. Write one such as Europe/Brussels.
account-starts = First moment
account-ends = Last moment
account-stay-hint = By the clock of that time zone. Access ends on time, also what is open then.
account-moment-wrong = Say when the stay begins and when it ends.
account-ends-wrong = The end must be after the beginning.
account-stay-long = A stay lasts two years at most.
account-stay-over = Stay over
role-account-compliance = Compliance
role-account-product-security = Product security
role-account-policy = Policy
role-account-press = Press
role-account-observer = Observer
role-account-guest = Guest fellow

## Roles and permissions
access-roles-title = Roles and permissions
access-roles-lede = What each role may do. Where it says so, you are asked to confirm that it is you, unless you did so within { $duration }. What anybody sees is decided by marking and agreement besides.
access-permission = Permission
access-asks = asks for confirmation
permission-node-overview-read = See the overview
permission-node-everything-find = Search everything
permission-account-self-manage = Look after one’s own account
permission-account-notice-read = See one’s notices, and say how one is told
permission-account-notice-address = Say to which mail address notices go
permission-account-notice-webhook = Say to which URL notices are posted
permission-account-factor-change = Change one’s second factor
permission-account-token-issue = Issue tokens for programs
permission-account-person-manage = Manage accounts and guests
permission-party-card-read = See parties
permission-party-card-trust = Trust parties, or no longer
permission-party-consumer-manage = Manage consumers
permission-link-status-read = See the links
permission-ledger-record-read = See the ledger
permission-audit-trail-read = Read the audit trail
permission-audit-trail-export = Export the audit trail
permission-access-glass-break = Break the glass in an emergency
permission-release-rule-set = Say what needs two people
permission-release-draft-read = See what waits for a second person
permission-release-draft-approve = Approve as the second person
permission-accord-agreement-read = Read agreements
permission-accord-agreement-propose = Propose and amend agreements
permission-accord-agreement-sign = Sign agreements
permission-accord-agreement-withdraw = Leave agreements
permission-exchange-object-read = Read objects
permission-exchange-object-submit = Import and publish objects
permission-exchange-object-retract = Take objects back
permission-exchange-object-narrow = Mark objects more narrowly
permission-exchange-quarantine-read = See the quarantine
permission-exchange-delivery-read = See deliveries
permission-notify-incident-read = See incidents
permission-notify-incident-open = Open incidents
permission-notify-fact-state = State facts of incidents
permission-notify-incident-determine = Determine what the law leaves to people
permission-notify-stage-submit = Note what was submitted to authorities
permission-notify-report-read = See reports received
permission-notify-report-handle = Look after reports
permission-notify-pledge-endorse = Write down who pledged not to pay ransoms
permission-notify-method-read = See how risk is assessed, and by whom
permission-notify-method-declare = Say how this party assesses risk
permission-notify-report-forward = Hand reports on and warn others
permission-picture-view-read = See the picture
permission-picture-report-publish = Publish the landscape report
permission-picture-snapshot-sign = Put a picture to another party, and sign or decline one
permission-picture-watch-keep = Keep the watch-list
permission-picture-shift-hand-over = Take over and hand over a shift

## Audit trail
nav-audit = Audit trail
audit-title = Audit trail
audit-lede = Who saw, exported and changed what at this console. The lines stand in this party’s own ledger; what was looked at is gathered for a minute.
audit-who = Who
audit-deed = What became of it
audit-what = What
audit-holds = Permission or path holds
audit-proof = Proof
audit-program = (program)
audit-saw = seen
audit-exported = exported
audit-did = done
audit-refused = refused
audit-failed = came to nothing
audit-empty = No line fits these filters.

## Breaking the glass
glass-title = Break the glass
glass-lede = In an emergency: for a while you may see and do what an officer cleared for TLP:RED may. It stands in the ledger first, and on every page of everybody while it lasts.
glass-reason-hint = Colleagues and auditors read it. Write nothing that is marked.
glass-reason-wrong = Say why, in 10 to 500 characters.
glass-minutes = For how long
glass-break = Break the glass
glass-mend = End it now
glass-broken = You have broken the glass.
glass-alarm = { $name } has broken the glass until { $until }.
glass-alarm-why = { $name } has broken the glass until { $until }. Reason: { $reason }

## Approval by two
nav-release = To approve
release-title = To approve
release-lede = What waits for a second person. Nobody outside sees any of it before.
release-rules = Rules of two
release-rules-lede = For what two people are needed. One person sets a rule; to end one takes two.
release-rules-none = There is no rule: one person is enough.
release-rules-full = There are enough rules. End one that is not needed.
release-rule-add = Add a rule
release-rule-add-lede = What you leave unticked fits everything.
release-rule-end = End
release-rule-end-title = End the rule “{ $name }”
release-name-hint = Such as: red to the other side
release-name-wrong = Give it a name of { $most } characters at most.
release-act = Act
release-recipients = Recipients
release-regimes = Law of the report
release-regimes-hint = A ticked law makes this a rule for reports filed under it, and for nothing else.
release-rule = By the rule
release-by = Asked by
release-set-by = Set by
release-decided-by = Decided by
release-about = What is asked
release-request = What will be done, word for word
release-none = Nothing waits.
release-waiting = Waits
release-approved = Approved, not carried out
release-done = Carried out
release-refused = Refused
release-approve = Approve and carry out
release-refuse = Refuse
release-take-back = Take back
release-same = You asked for this yourself. A second person has to approve it.
release-role = Your role does not include approving this.
release-reason-wrong = Say why, in 500 characters at most.
