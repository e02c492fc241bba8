# Answers that many records get.
shared-title = Shared answers
shared-lead = A shared answer is one text for what several people told. Each of them gets it as their own answer, and each record says that it is shared. What only those who handle it may see is not in the numbers here.
shared-none = There are none here yet.
shared-line = { $count ->
    [one] Given to 1 record
   *[other] Given to { $count } records
}. Read again on { $date }.
shared-again = Read this again
shared-new-title = Answer several at once
shared-new-lead = Choose what is the same matter, and write one answer of no for all of them. Everybody who told one of them gets it.
shared-new-button = Continue
shared-none-waits = Nothing waits for your answer here that could be answered together. What waits for a reply, or has a hidden name, is answered by itself.
shared-records = Which ones?
shared-until = When is this text read again?
shared-until-hint = In twelve months at most. You are asked then whether it still holds.
shared-sure-title = You are saying no
shared-sure = { $count ->
    [one] 1 record gets
   *[other] { $count } records get
} these words. Whoever told one of them reads your reason and what would change it, and can ask that somebody else look at it.
shared-sure-button = Send these answers
shared-one-title = A shared answer
shared-fact-owner = Owned by
shared-fact-until = Read again on
shared-fact-uses = Given to
shared-uses = { $count ->
    [one] 1 record
   *[other] { $count } records
}
shared-use = Answer more with it
shared-use-button = Continue
shared-not-open = Nothing more is answered with it: its day has come, or it was withdrawn.
shared-done-given = Your answer is with everybody who told one of them.
shared-done-again = What you decided about this text is on its record.
shared-done-masked = The words are masked, here and in the answers that were given with it.
shared-again-title = Does this answer still hold?
shared-again-lead = What was answered with it stays as it is. This is about what is answered from now on.
shared-what = What happens to it?
shared-what-keep = It holds: keep it
shared-what-keep-hint = The words stay as they are, whatever is below.
shared-what-change = Change what it says
shared-what-change-hint = Change the words below.
shared-what-withdraw = Withdraw it
shared-what-withdraw-hint = Nothing more is answered with it.
shared-again-button = Continue
shared-problem-records = Choose at least one
shared-problem-not-all = One of these cannot be answered with this now: it has moved on, is somebody else’s, or is handled by another organisation. The list is as it stands now. Choose again
shared-problem-until = Give a day within twelve months
shared-problem-what = Choose keep, change or withdraw
shared-problem-changed = Somebody changed it while you were typing. Read it again
shared-problem-not-yours = This is not yours to change, or it was withdrawn
shared-column-words = The answer
shared-column-uses = Given to
shared-column-again = Read again on
shared-column-link = Link
