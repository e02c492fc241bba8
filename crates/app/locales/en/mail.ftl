# Mails: plain text, short.
mail-answer-subject = An answer to your idea: { $title }
mail-answer-also-subject = An answer to what you told too: { $title }
mail-answer-begin = { $name } has answered “{ $title }” ({ $reference }).
mail-answer-go = The answer is: try it. On { $until } the record’s page asks you for three lines: what you did, what changed, and whether to keep it.
mail-answer-not-now = The answer is: not now, until { $until }. The reason: { $reason }.
mail-answer-stop = The answer is: no. The reason: { $reason }.
mail-answer-send-on = It was sent on to somebody else, who will answer you.
mail-answer-would-change = What would change this: { $words }
mail-answer-end = Read it all, and say whether this was an answer:
    { $link }
mail-answer-also-end = Read it all:
    { $link }
mail-answer-careful-subject = Something new for you in Waymark
mail-answer-careful = There is something new on a record of yours that is handled with care. Sign in to read it:
    { $link }
mail-reason-R01 = we already do this
mail-reason-R03 = not safe, or harm outweighs
mail-reason-R05 = it would not solve the problem
mail-reason-R07 = no money until then
mail-reason-R08 = no time or people until then
mail-reason-R10 = it is not ours to do
mail-stage-told = waiting for an answer
mail-stage-not-now = not now
mail-stage-trying = being tried
mail-stage-passed-on = tried and passed on
mail-stage-kept = tried and kept
mail-stage-done = done
mail-stage-dropped = tried and dropped
mail-stage-stopped = answered no
mail-stage-withdrawn = taken back
mail-digest-subject = Waymark: your mail for { $day }
mail-digest-begin = Hello { $name },
mail-digest-late = These are late. You are told first:
mail-digest-today = Due today:
mail-digest-waiting = These wait for you:
mail-digest-duty = - { $title }: an answer by { $day }
    { $link }
mail-digest-lines-due = - { $title }: three lines by { $day }. What did you do, what changed, keep it or not?
    { $link }
mail-digest-more = and { $count } more.
mail-digest-careful = - Something that is handled with care. Sign in to see it:
    { $link }
mail-digest-questions = You were asked something. The clock waits for you:
mail-digest-question = - { $title }
    { $link }
mail-digest-answers = You were answered. Was this an answer?
mail-digest-judge = - { $title }: { $stage }
    { $link }
mail-digest-own = News of your ideas:
mail-digest-news = - { $title }: { $stage }
    { $link }
mail-digest-own-not-now = Still not now:
mail-digest-not-now = - { $title }: it is read again on { $day }
    { $link }
mail-digest-own-still = Nothing has moved for thirty days:
mail-digest-still = - { $title }: still with { $name } until { $day }
    { $link }
mail-digest-end = You get this once a day at the hour that you chose, and only when there is something to say.
    { $link }
mail-root-subject = Waymark: the seal of { $day }
mail-root = Please keep this mail. It proves later whether anybody altered the records of Waymark at { $origin }.

    On { $day } everything up to seal { $number } was sealed under this root:

    { $root }

    To check, have this run on a copy of the database:

    waymark verify --root { $root }

    It says that all is as it was written, or names the first row that was altered. Nothing in this mail tells what the records say.
mail-ticket-invitation-subject = Your invitation to Waymark
mail-ticket-invitation = You are invited to Waymark, where ideas from work get an answer by a date. Choose a password here within seven days; the link works once:
    { $link }
mail-ticket-reset-subject = A new password for Waymark
mail-ticket-reset = Somebody asked for a new password for your account, perhaps you. Choose it here within an hour; the link works once:
    { $link }

    If it was not you, do nothing: your password stays as it is.
mail-ticket-confirm-subject = Confirm your work mail to send your idea
mail-ticket-confirm = Your idea is kept, but not sent yet. Confirm that this is your work mail within two days, and it goes to the person who can answer it:
    { $link }

    If you told us nothing, do nothing: without this link nothing is sent.
