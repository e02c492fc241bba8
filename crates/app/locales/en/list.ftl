# Lists of ideas and problems.
list-nav = Ideas and problems
list-title = Ideas and problems
list-title-place = Ideas and problems: { $place }
list-title-late = Late: { $place }
list-count = { $count ->
    [0] There are none that you can see
    [one] 1 idea or problem
   *[other] { $count } ideas and problems
}
list-more-than = More than { $count } ideas and problems
list-without = Remove: { $filter }
list-board = What is late here
list-line = Sent on { $sent }. { $owner } has it, by { $date }.
list-line-ended = Sent on { $sent }. Nothing more is due.
list-line-since = Sent on { $sent }. It was due on { $since }.
list-line-late = It is with { $with }. It was due on { $since }, { $days ->
    [0] today is the first day after
    [one] 1 working day ago
   *[other] { $days } working days ago
}. { $step }
list-step-0 = It goes to the finder within a day.
list-step-1 = It was flagged, and is with the finder or whoever decided it.
list-step-2 = It went one level up.
list-step-3 = It was handed to the head of the whole.
list-none-late = Nothing is late here.
list-late-more = These are the { $count } that are late the longest; there are more. The files have all of them.
list-late-lead = The longest first. A record is on this board for its own date, not for a person: who has it stands on the record.
list-with-team-lead = the team lead of { $place }
list-with-finder = the finder of { $place }
list-with-head = the head of { $place }
list-with-trier = whoever tries it
list-mistyped = Part of the address was not understood and is left out: this may be more than you asked for.
list-narrow = Show only some
list-stage = Where it stands
list-every-stage = Anywhere on the route
list-from = Sent from this day
list-to = Sent until this day
list-day-hint = That day is included. For example, 2026-07-14
list-from-day = Sent from { $date }
list-to-day = Sent until { $date }
list-only = Only
list-late = What is late
list-mine = What is of my organisation
list-filter = Show these
list-first = Back to the first page
list-next = The next ones
list-wall = The sheet for the wall
list-take = Take this list with you:
list-as-table = as a table (CSV)
list-as-data = as data (JSON)
list-as-newest = as a feed of the newest (Atom)
list-as-feed = as a feed (Atom)
list-column-reference = Reference
list-column-title = Title
list-column-stage = Where it stands
list-column-place = Handled at
list-column-sent = Sent on
list-column-next = Next date
list-column-late = Late since
list-column-with = With
list-column-link = Link

# Search among them.
search-label = Search ideas and problems
search-hint = Words, “a phrase” in quotation marks, or a reference such as WM-2026-7K3Q-9FT.
search-go = Search
search-words = “{ $words }”
search-newest = The newest first.
search-best = The best match first.
search-best-of = The best match first, among the newest { $count }.
search-to-best = Show the best match first
search-to-newest = Show the newest first
search-none = Nothing that you can see has all of this: { $words }
search-none-other = Try fewer words, or other words for the same thing.
search-none-wider = Search all ideas and problems, not only some
search-none-tell = Tell it yourself: perhaps nobody has yet
search-too-long = Search for at most 200 characters
search-too-many = Search for at most 12 different words
search-wordless = Type a word or a number to search for
search-hasty = Wait a few seconds, then search again: there were very many searches in a short time
list-column-days = Working days late
list-column-step = Where it went
