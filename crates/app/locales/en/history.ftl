# What happened to a record.
history-title = History of { $title }
history-when = { $date }, { $time }
history-told = Sent to { $name }, who answers by { $date }
history-done = Listed as done here
history-rehomed = Handled by another organisation from now on; the date stays
history-taken-up = { $name } sees to the three lines
history-overdue-1 = The date was missed. { $name } has it now, until { $date }
history-overdue-2 = Late for ten working days. One level up to { $name }, until { $date }
history-overdue-3 = Late for twenty working days. Handed to { $name }, until { $date }
history-answered = Answered: { $answer }
history-sent-on = Sent on to { $name }, who answers by { $date }
history-objected = Objected: the answer that was typed does not hold. { $name } answers by { $date }
history-review-asked = Asked that somebody else look at the answer. { $name } answers by { $date }
history-reviewed = Answered after another look: { $answer }
history-try-ended = Three lines written: { $outcome }
history-passed-taken-over = Taken over by { $name }, who answers by { $date }
history-passed-away = Passed to { $name }, because of an absence. The date is { $date }
history-passed-role-ended = Passed to { $name }, because a role ended. The date is { $date }
history-passed-interest = Passed to { $name }, because of an interest. The date is { $date }
history-passed-node-moved = Passed to { $name }, because the organisation changed. The date is { $date }
history-passed-missed = Passed to { $name }, because the date was missed. The date is { $date }
history-passed-came-back = Back from not now. { $name } answers by { $date }
history-asked = Asked whoever brought it a question
history-opening-asked = Asked that the hidden name be opened
history-name-opened = The hidden name was opened by { $first } and { $second } together
history-name-given = { $name } put their name on it
history-masked-person = Words that tell who somebody is were masked
history-masked-private = Words about somebody’s private life were masked
history-masked-harm = Words that are against the law or do harm were masked
history-added = Told the same, and added these words
history-replied = Replied
history-nothing-to-add = Had nothing to add
history-pause-ended = No reply came in time: it is decided on what there is
history-judged-yes = Said: this was an answer
history-judged-no = Said: this was not an answer
history-why-asked = Asked why the date has passed
history-date-moved = Gave a new date: { $date }
history-interest-declared = { $name } has an interest in it
history-hours-confirmed = Had { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
history-news = Wrote how it stands
history-sight-offered = { $name } wishes that more people can see it: { $to }
history-sight-set = { $name } said who may see it: { $to }
history-sight-both = { $name } and { $other } said that more people can see it: { $to }
history-withdrawn = Taken back
