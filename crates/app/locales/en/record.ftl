# The page of a record.
record-hidden-name = Somebody whose name is hidden
record-borne = You are here with your code: nobody sees who you are. This browser forgets the code after an hour.
record-borne-leave = Forget the code now
record-somebody = Somebody who has left
record-and-others = { $name } and { $others ->
    [one] 1 other
   *[other] { $others } others
}
record-erased = These words were taken out
record-part-record = Where it is
record-part-history = History
record-you-are-here = You are here
record-late = Late
record-next = What happens next
record-mine = This is with you.
record-question = The question to whoever brought it
record-others = You can also
record-answer = The answer
record-facts = The idea and who has it
record-judge = Was this an answer?
record-judge-hint = Say whether it told you what you need to know, whether you like it or not.
record-judge-yes = Yes, it was
record-judge-no = No, it was not
record-judged-yes = Yes, it was an answer
record-judged-no = No, it was not an answer
record-step-told = Told
record-step-answered = Answered
record-step-tried = Tried
record-step-last = Kept, dropped or passed on
record-step-kept = Kept
record-step-dropped = Dropped
record-step-passed-on = Passed on
record-next-waits = { $contributor } was asked a question. { $decider } decides once there is a reply, or on what there is after { $date }.
record-next-told = { $decider } answers by { $date }.
record-next-told-late = The answer was due on { $missed } and did not come. { $decider } has it now and answers by { $date }.
record-next-passed-on = It was tried and passed on. { $decider } answers by { $date } what becomes of it.
record-next-not-now = { $decider } reads it again on { $date }, or sooner if what it waits for happens.
record-next-trying = { $owner } tries it until { $date }, and then writes three lines: what we did, what changed, and whether to keep it.
record-next-trying-late = The try ended on { $missed }. { $owner } still has to write three lines: what we did, what changed, and whether to keep it.
record-next-kept = It was tried and kept on { $ended }. Nobody has to do anything more.
record-next-done = It was done on { $ended } without anybody having to be asked. Nobody has to do anything more.
record-next-dropped = It was tried and dropped on { $ended }. What was learnt is below.
record-next-stopped = It was answered no on { $ended }. The reason, and what would change it, are below.
record-next-withdrawn = { $contributor } took it back on { $ended }. Nobody has to do anything more.
record-fact-problem = The problem
record-fact-solution = What they would do
record-fact-where = Told at
record-fact-handled-at = Handled at
record-fact-brought-by = Brought by
record-fact-also-told = Also told by
record-also-more = and { $count } more
record-also-words = What { $name } told too
record-fact-sent = Sent on
record-fact-owner = Who has it
record-fact-by = By when
record-fact-usual = How long this usually takes here
record-fact-trier = Who tries it
record-fact-hours = Hours
record-fact-hours-from = Hours come from
record-fact-money = Money
record-fact-did = What we did
record-fact-changed = What changed
record-fact-outcome = Keep, drop or pass on
record-fact-new-since = New since the answer
record-fact-news = Latest news
record-fact-seen-by = Seen by
record-fact-answer = Answer
record-fact-answered-by = Answered by
record-fact-reviewed-by = Reviewed by
record-fact-shared = Shared
record-shared = Several records got this answer in the same words
record-fact-answered-on = Answered on
record-fact-reason = Reason
record-fact-words = In their own words
record-fact-would-change = What would change this
record-fact-awaited = What it waits for
record-fact-until = Read again on
record-fact-meeting = Decided in a meeting
record-fact-typed = Typed by
record-fact-judged = Was this an answer?
record-typed = { $name }; the meeting was on { $date }
record-assisted = typed for them by { $name }
record-owner = { $name }, { $role }, { $place }
record-due-late = { $date }. It was due on { $missed }, { $days ->
    [0] today is the first day after
    [one] 1 working day ago
   *[other] { $days } working days ago
}.
record-usual = Half of them took { $days ->
    [one] 1 day
   *[other] { $days } days
} or less (of { $of } before this one)
record-usual-unknown = There have not been enough here yet to say
record-hours = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
record-hours-had = { $granted } granted, { $had } had
record-finder-until = The finder may take it over until { $date }.
record-overdue-1 = The date was missed, so it went to the finder, or whoever tries it was reminded.
record-overdue-2 = It has been late for ten working days, so it went one level up.
record-overdue-3 = It has been late for twenty working days, so it was handed to the head of the whole.
record-why-asked = Whoever brought it has asked why the date has passed.
record-under-review = Whoever brought it has asked that somebody else look at the answer. Whoever answered it does not decide it again.
record-open-again = It was answered no, and is open again because something is new since.
record-reviewed-answer = The answer before that
record-button-reply = Reply to the question
record-button-answer = Answer this
record-button-ask-why = Ask why it is late
record-button-lines = Write the three lines
record-button-hours = Say how many hours you had
record-act-reply = Reply to the question
record-act-answer = Answer it
record-act-ask-why = Ask why it is late
record-act-lines = Write the three lines
record-act-hours = Say how many hours you had
record-act-object = Object to the answer that was typed for you
record-act-ask-review = Ask that somebody else look at the answer
record-act-take-over = Take it over as finder
record-act-come-back = Say that what it waits for has happened
record-act-reopen = Open it again, because something is new
record-act-ask = Ask whoever brought it something
record-act-date = Give a new date and say why
record-act-meeting = Type an answer that a meeting decided
record-act-news = Write how it stands
record-act-was-answer = Say whether this was an answer
record-act-interest = Say that you have an interest in it
record-act-who-sees = Change who may see it
record-act-withdraw = Take it back
record-done-answered = It needs no answer any more. Where it stands is below.
record-done-told = Sent.
record-done-go = Your answer is with whoever brought it: try it.
record-done-not-now = Your answer is with whoever brought it: not now. It comes back by itself.
record-done-stop = Your answer is with whoever brought it: no, with your reason.
record-done-send-on = It is sent on, and you no longer have to answer it.
record-done-reply = Your reply is sent.
record-done-answer = Your answer is sent.
record-done-ask-why = You asked why. Whoever has it sees that first.
record-done-lines = Thank you. The three lines are on the record.
record-done-hours = Thank you. Your hours are on the record.
record-done-object = Your objection is on the record, and the answer does not hold.
record-done-ask-review = You asked that somebody else look at it. Who that is, and by when they answer, is below.
record-done-take-over = You have it now. The date stays the same.
record-done-come-back = It is back, and there is a new date for an answer.
record-done-reopen = It is open again. Who answers, and by when, is below.
record-done-ask = Your question is sent. Your own time stops until there is a reply.
record-done-date = The new date and your reason are on the record.
record-done-meeting = The meeting’s answer is on the record. Its decider is told and may object.
record-done-news = Your news is on the record.
record-done-was-answer = Thank you for saying so.
record-done-interest = Your interest is on the record, and somebody else has it now.
record-done-who-sees = It is noted who may see it. More people see it once both have said so.
record-done-withdraw = You have taken it back.

# Masking words
mask-title = Mask words
mask-text = Words that must not stand here can be masked for good: a mark stands in their place, wherever they stand in this record, in comments on it and in what was reported of it, and nobody can read them again. The history says that you did it, and why, but not what was masked.
mask-problem-text = Words that must not stand here can be masked for good: a mark stands in their place in all that this problem says and has said, and nobody can read them again. It is kept for good that you did it, and why, but not what was masked. What it says of money, and where it was published, stays.
mask-shared-text = Words that must not stand here can be masked for good: a mark stands in their place in all that this text says and has said, in every answer that was given with it and in what was reported of those, and nobody can read them again. It is kept for good that you did it, and why, but not what was masked.
mask-words = Which words must not stand here?
mask-words-hint = Each name, number or group of words on a line of its own. What looks like a name or a number is filled in already: take out what may stay.
mask-words-empty = Type the words that must not stand here
mask-words-many = Type no more than 20 lines. You can mask more afterwards
mask-words-short = Each line must have at least two letters or digits
mask-words-nowhere = None of these words stands in this record or in a comment on it. Type them as they stand there
mask-words-not-here = None of these words stands here. Type them as they stand
mask-because = Why?
mask-because-person = They tell who somebody is
mask-because-private = They are about somebody’s health, offences or private life
mask-because-harm = They are against the law or do harm
mask-because-empty = Say why
mask-sure-title = This is how it would stand
mask-sure-answers = The answers that were given with it change the same way.
mask-sure-reports = { $count ->
    [one] 1 report has these words. They go from it, too. It is not shown here.
   *[other] { $count } reports have these words. They go from them, too. They are not shown here.
}
mask-sure-text = The words go for good. Mails that were sent already still have them.
mask-button = Mask them for good
mask-mark = [masked]
mask-field-title = Title
mask-field-problem = The problem
mask-field-solution = The solution
mask-field-answer = Answer
mask-field-would-change = What would change the answer
mask-field-awaited = What it waits for
mask-field-question = A question
mask-field-reply = A reply
mask-field-why = A reason
mask-field-did = What was done
mask-field-changed = What changed
mask-field-news = News
mask-field-meeting = Meeting
mask-field-details = Details
mask-field-budget = Budget
mask-field-comment = A comment
mask-field-credit = The name on it
