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
mail-digest-own-comments = Somebody has said something about what you told:
mail-digest-comment = - { $title }
    { $link }
mail-digest-own-not-now = Still not now:
mail-digest-not-now = - { $title }: it is read again on { $day }
    { $link }
mail-digest-own-still = Nothing has moved for thirty days:
mail-digest-still = - { $title }: still with { $name } until { $day }
    { $link }
mail-digest-roles = Roles that take a second yes:
mail-digest-role-asked = - { $by } asks that { $name } becomes { $role } at { $place }. Another administrator or the auditor says yes or no by { $day }; after that day it lapses:
    { $link }
mail-digest-role-confirmed = - You asked that { $name } becomes { $role } at { $place }. Another person said yes: the role is given.
mail-digest-role-refused = - You asked that { $name } becomes { $role } at { $place }. Another person said no: the role is not given. Talk to each other before you ask again.
mail-digest-role-lapsed = - You asked that { $name } becomes { $role } at { $place }. Nobody said yes or no by { $day }, so it has lapsed and the role is not given. Speak to another administrator or the auditor, then ask again.
mail-digest-role-taken-back = - Somebody asked that { $name } becomes { $role } at { $place }. Whoever asked has closed their own account, so it is taken back and the role is not given. If the role is needed, ask for it anew.
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
mail-ticket-confirm = Your idea is kept, but not sent yet. Confirm within two days that this is your work mail. Then it goes to the person who can answer it; where your address is not known there, somebody lets you in first:
    { $link }

    If you told us nothing, do nothing: without this link nothing is sent.
mail-ticket-welcome-subject = You are in, and your idea is sent
mail-ticket-welcome = You were let in, and what you typed was sent as { $reference }. You hear from a person by a date. Choose a password here within seven days and you see who has it; the link works once:
    { $link }
mail-ticket-welcome-kept-subject = You are in; your idea needs one more look
mail-ticket-welcome-kept = You were let in. What you typed is kept among your drafts, but could not be sent as it is: something in it has to be changed first. Choose a password here within seven days, then open Drafts; the link works once:
    { $link }
mail-not-in-subject = You were not let in to Waymark
mail-not-in = The people at { $place } do not know you by the address that you confirmed, so what you typed was not sent. Nothing is lost: the browser in which you typed it still has it, until 90 days after you last changed it. Confirm a work address there instead, or ask somebody at { $place } to invite you:
    { $link }
mail-not-in-late = Nobody at { $place } has let you in within a month. We are sorry. What you typed was not sent, and is not lost: the browser in which you typed it still has it, until 90 days after you last changed it. Confirm a work address there instead, or ask somebody at { $place } to invite you:
    { $link }
mail-newcomer-subject = { $name } waits to be let in at { $place }
mail-newcomer = { $name } ({ $mail }) has typed something for { $place } and confirmed that address. Its host is not one of your staff’s, so somebody has to say whether { $name } is one of you. Please do so by { $day }; it takes one press, and what they typed is sent then:
    { $link }
mail-newcomer-late = { $name } ({ $mail }) still waits to be let in at { $place }. Somebody should have said by { $day } whether they are one of you. It takes one press, and what they typed is sent then:
    { $link }
mail-test-subject = Waymark: a test mail
mail-test = This mail shows that Waymark at { $origin } can send mail to you. There is nothing to do.

# To a door
mail-held-subject = Something at { $place } waits for you to read it first
mail-held = Somebody at { $place } sent an idea that reads like something else ({ $door }). Nobody can see it until you have read it. Please do that by { $day }. If somebody is in danger it cannot wait.

    { $link }
mail-held-late-subject = Nobody has read what was sent at { $place }
mail-held-late = Somebody at { $place } sent an idea that reads like something else ({ $door }), and it was to be read by { $day }. Nobody did. You can read it now and say where it goes.

    { $link }
mail-held-released-subject = What you sent is on its way
mail-held-released = Somebody read what you sent at { $place } and passed it on. Its dates count from when you sent it. Who has it, and until when:

    { $link }
mail-held-kept-subject = What you sent went to somebody else
mail-held-kept = Somebody read what you sent at { $place } and sent it to those it is for ({ $door }), without your name. It is on no list. They wrote to you:

    { $line }

    { $link }
mail-held-back-subject = What you sent is among your drafts again
mail-held-back = Somebody read what you sent at { $place } and gave it back to you. They wrote:

    { $line }

    { $link }
mail-door-finder = Somebody typed this at { $place } in Waymark, where ideas are told. A person who reads what comes in there thought that it is yours ({ $door }), and sends it to you. Its writer was told so, and was not named. It is listed nowhere, and Waymark keeps none of these words once your mail has them.

    { $words }
mail-ticket-welcome-held-subject = You are in, and your idea is sent
mail-ticket-welcome-held = You were let in, and what you typed was sent. It reads like something for another place, so a person reads it first, within one working day; then you hear from them. Choose a password here within seven days and you see how far it is; the link works once:
mail-door-subject = { $door }: told at { $place }
mail-door = Somebody typed this at { $place } in Waymark, where ideas are told, and chose to send it to you instead ({ $door }). It is listed nowhere, and Waymark keeps none of these words once your mail has them. Waymark has told nobody else.

    { $words }
mail-factor-reset-subject = Second factor of { $name }
mail-factor-reset = { $by } asks that the second factor of { $name } be reset, who has lost phone and recovery codes. Please speak to { $name } first, then say yes or no:
    { $link }
mail-factor-gone-subject = Your second factor was reset
mail-factor-gone = Your second factor was taken away, and you are signed out everywhere. Sign in with your password and set it up anew:
    { $link }
    If nobody asked you before, tell whoever administers Waymark in your organisation now.
mail-sessions-ended-subject = You were signed out everywhere
mail-sessions-ended = An administrator of Waymark signed you out everywhere and ended the tokens of your programs, as is done when a phone or a computer is lost. Your password is as it was. Sign in again:
    { $link }
    If you know of no reason, ask whoever administers Waymark in your organisation, and change your password.
mail-door-answer = To answer whoever wrote this, without learning who they are, within 30 days:
    { $link }
mail-door-answered-subject = There is an answer to what you sent
mail-door-answered = { $door } has answered what you sent through Waymark. Read it here, for 30 days:
    { $link }
