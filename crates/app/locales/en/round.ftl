# The news round.
round-title = News round
round-lead = Whoever told these hears something at least every thirty days. A line or two is enough. Fill in what you can, leave the rest empty, and send all of it at once.
round-none = Everybody has had news lately. There is nothing to write now.
round-line = No news since { $since }. The thirty days end on { $until }.
round-news-of = How does { $reference } stand?
round-news = How it stands
round-button = Send this news
round-done = Your news is on the records that you filled in.
round-link = { $count ->
    [one] 1 record has been without news for nearly thirty days: write how it stands
   *[other] { $count } records have been without news for nearly thirty days: write how they stand
}
round-problem-gone = Nothing can be written on this one any more: it has moved on, or is not yours. Nothing was sent yet. Empty this box, then send the others
round-problem-empty = Write how at least one of them stands
