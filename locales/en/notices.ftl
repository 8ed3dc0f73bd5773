# Notices: what people are told although they do not look, and how they want to be told. Keys under `notice-kind-` are
# put together at run time from the kinds of notices.

notice-title = Notices
notice-lede = What this node had to tell you, the newest first. What you may no longer see is not listed.
notice-none = Nothing to tell.
notice-none-why = Reminders of legal clocks, new hits of searches that you watch and reviews that are due appear here.
notice-when = When
notice-what = What
notice-ways = Also sent
notice-state = Read
notice-due = Due
notice-urgent = Urgent
notice-read = Mark as read
notice-read-all = Mark all as read
notice-is-read = Read
notice-way-mail = Mail
notice-way-webhook = Webhook
notice-went = delivered
notice-waits = goes out
notice-given-up = given up
notice-withdrawn = withdrawn: no longer for you
notice-kind-notify-reminder = Reminder of a duty
notice-kind-find-saved = Watched search
notice-kind-picture-watch = Watch-list

## What they say
notice-something = Something at { $tlp } awaits you
notice-saved = { $count ->
    [one] { $count } new hit for “{ $name }”
   *[other] { $count } new hits for “{ $name }”
}
notice-saved-more = More than { $count } new hits for “{ $name }”
notice-mail-many = { $count ->
    [one] { $count } notice
   *[other] { $count } notices
}
notice-mail-due = Due { $due }
notice-mail-reference = Reference { $reference }
notice-mail-foot = Sent by the node of { $party }. Change how you are told:
notice-code-subject = your code
notice-code-text = Somebody signed in at the node of { $party } wants notices sent to this address. If that is you, enter this code there within 30 minutes:
notice-code-otherwise = If it is not you, do nothing: without the code nothing more is sent here.

## How one wants to be told
notice-wishes-title = How you are told
notice-wishes-lede = Every notice appears in the console at once. Here you choose what also goes out, where to, and when not.
notice-how = What goes out, and when
notice-by-mail = By mail
notice-by-webhook = By webhook
notice-from-off = Nothing
notice-from-urgent = Only what is urgent
notice-from-normal = What is urgent or of today
notice-from-low = Everything
notice-language = Language of mail
notice-quiet-from = Quiet from
notice-quiet-until = Quiet until
notice-quiet-hint = By the clock in { $zone }, such as 22:00; leave both empty for none. The zone is under “Your settings”.
notice-time-hint = Such as 07:00
notice-time-wrong = Write a time such as 07:00.
notice-quiet-long = Quiet hours last between one minute and { $most } hours.
notice-digest = What is not urgent
notice-digest-off = Each by itself, at once
notice-digest-hourly = Together, every hour
notice-digest-daily = Together, once a day
notice-digest-at = Once a day at
notice-clock = Hours before a legal date from which nothing is held back
notice-clock-hint = With so many hours left, or fewer, reminders of legal clocks break quiet hours and digests. One hour is the least: nobody, administrators included, can switch it off.
notice-clock-wrong = Choose between 1 and { $most } hours.
notice-address = Mail address
notice-address-hint = A code is mailed there first.
notice-address-wrong = This is not a mail address. Write it as name@host.
notice-proved = confirmed
notice-drop = Remove
notice-code = Code
notice-code-send = Mail me a code
notice-code-sent = A code was mailed to { $address }. It is good for 30 minutes.
notice-code-wrong = The code is wrong or too old. Ask for another.
notice-code-flood = Too many codes were asked for. Wait an hour.
notice-code-unsent = The mail server did not take the code. Ask an administrator to look at the log.
notice-prove = Confirm
notice-mail-none = This node sends no mail: its configuration names no mail server.
notice-mail-ceiling = Mail carries words up to { $tlp }. Beyond that it says only that something awaits you.
notice-webhook-url = URL
notice-webhook-hint = Notices are posted there as JSON, signed as Standard Webhooks says. Only https.
notice-webhook-make = Set, and show a new secret
notice-webhook-set = Notices are posted there from now on
notice-webhook-do = Give this secret to the program that receives them: with it, it checks each signature. It is not shown again.
notice-webhook-secret = Secret
notice-webhook-wrong = This is no URL that can be asked. Write it as https://host/path.
notice-webhook-plain = Notices are posted over https only; http is for a program on this machine.
notice-webhook-none = This node posts to no webhooks: its configuration does not allow it.
notice-webhook-ceiling = A webhook is given words up to { $tlp }. Beyond that it is told only that something awaits you.
