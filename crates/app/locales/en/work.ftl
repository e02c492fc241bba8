# My work.
work-nav = My work
work-title = My work
work-more = There is more than this page has room for: it shows the first { $count } of each kind, and the files at its end have all.
work-more-all = All of it as a table (CSV)
work-waiting = Waiting for you
work-nothing-waits = Nothing waits for you.
work-to-take-over = You may take over
work-brought = What you told
work-also-told = { $count ->
    [one] One other person told it too.
   *[other] { $count } others told it too.
}
work-held = Sent at { $place }: a person reads it first, by { $date }
work-brought-none = You have not told an idea or a problem yet.
work-later = With you, but it has time
work-look = Look further
work-all = All ideas and problems
work-late-at = What is late at { $place }
work-due = By { $date }
work-due-late = By { $date }. It was due on { $since }.
work-no-day = When you have a moment
work-take-over-line = With { $owner }. You may take it over until { $date }.
work-act-reply = Reply to a question
work-act-read-held = Read this first
work-act-answer = Answer this
work-act-lines = Write the three lines
work-act-hours = Say how many hours you had
work-act-object = Check the answer typed for you
work-review = A second look: whoever brought it asked for it.
work-act-was-answer = Say whether this was an answer
work-act-who-sees = Say whether more people may see this
work-column-part = Under
work-column-act = What to do
work-column-reference = Reference
work-column-title = Title
work-column-due = By
work-column-is-late = Late
work-column-line = More
work-column-link = Link
