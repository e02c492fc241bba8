# Problems that ideas can be told to.
problems-title = Problems
problems-lead = These problems look for ideas. The newest come first.
problems-none = No problem is listed here yet.
problems-until = Ideas until { $date }.
problems-open = Ideas are sought.
problems-closed = Takes no more ideas.
problems-whose = Whose problem
problems-opens = Ideas from
problems-closes = Ideas until the end of
problems-money = Money in it
problems-tell = Tell an idea to this
problems-seeks = Ideas are sought now. You can tell one in three minutes.
problems-seeks-not = This problem takes no ideas now.
problems-details = More about it
problems-source = Where it was published
problems-search = Search problems
problems-all = Back to all problems
problems-count = { $count ->
    [one] 1 problem has all of this
   *[other] { $count } problems have all of this
}
problems-column-title = Title
problems-column-body = Whose problem
problems-column-state = Are ideas sought?
problems-column-closes = Ideas until the end of
problems-column-link = Link
