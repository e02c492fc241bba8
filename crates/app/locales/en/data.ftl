# What this holds about you: the page, the file, closing an account, complaints.
data-title = What this holds about you
data-link = What this holds about you
data-lead = Every kind of data about people that this service keeps, how much of it is yours, why, who else sees it, and for how long. The reason in law is the same for all of it: a task in the public interest, which the privacy page explains.
data-file = Take all of it away as a file
data-file-hint = JSON, for a program or another service. It has no password and no secret in it. Nothing in it leads to an idea that you told with a hidden name, since nothing here does; drafts that are to be sent so are left out. Keep the file as you would keep your post.
data-close = Close my account and erase me
data-privacy = Privacy, and how to complain
data-count = { $count ->
    [one] { $shown } entry
   *[other] { $shown } entries
}
data-count-more = More than { $shown } entries
data-count-unknown = Nobody can tell which of it is yours
data-line = { $count }. Who else sees it: { $seen }. How long: { $long }.
data-none = Kinds of which there is nothing of yours now
data-looks-title = Who looked
data-looks-text = Looks that need a reason: at your account by an administrator, and at ideas that you brought by somebody who sees them only to check, or from government. Whoever sees an idea as one of your organisation, or as one who handles it, is not written down.
data-looks-none = Nobody so far.
data-looks-more = The latest { $count } are here; the file has them all.
data-look-line-account-close = { $at }: { $name } opened the page for closing your account.
data-look-line-account-factor = { $at }: { $name } opened the page for resetting your second factor.
data-look-line-account-sessions = { $at }: { $name } opened the page for signing you out everywhere.
data-look-line-record = { $at }: { $name } opened { $reference }. Their reason: { $why }

data-group-account = You and your account
data-group-records = What you told, answered and decided
data-group-unsent = What went nowhere yet, or elsewhere
data-group-sign-in = Signing in
data-group-mail = Mails
data-group-noted = What was written down of what you and others did

data-seen-nobody = nobody, by any page
data-seen-administrators = administrators
data-seen-auditors = auditors
data-seen-colleagues = people of your organisation
data-seen-record = whoever sees the record; each says who that is
data-seen-reader = who reads it before it goes on
data-seen-moderators = who moderates; others see what became of it, without your name
data-seen-addressee = whom you sent it to
data-seen-openers = two named openers together, nobody alone
data-seen-importers = who may bring in files there
data-seen-figures = counts that name nobody
data-long-account = until you are erased: when you close your account, or { $days } days after somebody else closed it
data-long-record = as long as the record or the organisation’s history
data-long-done = until it is done
data-long-night = goes the night after it has ended
data-long-days = { $days ->
    [one] { $days } day after it has ended
   *[other] { $days } days after it has ended or was written
}

data-account = Your account
data-account-why = Your name, work mail address, language and hour of the daily mail; a hash of your password. To let you in, to write to you, to show who has what.
data-roles = Your roles
data-roles-why = Which, where, since when, given by whom. They say who decides and who answers.
data-roles-asked = Roles that were asked for
data-roles-asked-why = Powerful roles need a second yes. Who asked and who agreed stays on record.
data-cover = When you are away, and for whom you answer
data-cover-why = So that nothing waits for somebody who is not there.
data-waits = That you wait to be let in
data-waits-why = Somebody looks at who you are before you become a member.
data-opener-key = Your opener’s key
data-opener-key-why = The public half alone. Names that were hidden with it can be opened by you and one other.
data-addresses = Addresses that an organisation has set
data-addresses-why = Of its doors, of complaints, of its auditor. They may be a person’s; whoever set one can change it.
data-ideas = Ideas in which you have a part
data-ideas-why = What you brought, told too, have or decide. In its history you are a number that is drawn for that record alone; one row says whose it is.
data-problems = Problems that you listed
data-problems-why = So that ideas can be told to them.
data-words = What you wrote on records
data-words-why = Your words, once each, and an index by which similar ones and searches find them.
data-acts = What you did on records
data-acts-why = Each entry of a history says what was done and when, so that no promise is lost and nothing is altered unseen.
data-answers = Answers that you gave
data-answers-why = So that whoever told the idea knows who said so, and that dates are kept.
data-moderation = What you did as a moderator
data-moderation-why = So that whoever told an idea, and who moderates next, knows who said so.
data-reports = What you said was wrong with an idea or a comment
data-reports-why = So that a moderator looks at it and tells you what became of it.
data-shared-answers = Answers of yours that many ideas got
data-shared-answers-why = So that the same question gets the same answer, and its owner reads it again.
data-comments = Comments that you wrote
data-comments-why = So that who works on an idea reads what others know of it.
data-come-back = Whether you told another idea within half a year of an answer
data-come-back-why = For the figure of how many come back. It is shown as a count alone.
data-hidden-names = Names that are hidden
data-hidden-names-why = In place of a row that names you there is your name encrypted for two openers, and a hash of your code. Nothing of it can be found from your account, not even by us. What one opener has opened waits 14 days for the other and then goes.
data-drafts = What you half typed
data-drafts-why = So that a lost connection loses no word. You can delete it under Drafts.
data-held-back = What somebody reads before it goes on
data-held-back-why = It reads like something for another place. The words are in it only until that is read.
data-door-messages = What you sent to a door, or as a complaint
data-door-messages-why = The words are in it only until their mail has taken them over; then only that and when.
data-files = Files that you brought in
data-files-why = What came of each, so that nobody brings it in twice.
data-file-rows = Rows of files that are not yet brought in
data-file-rows-why = They may name you before a record does. Who brought the file sees them.
data-sessions = Where you are signed in
data-sessions-why = When, and by what kind of browser, so that you can end a session that is not yours.
data-links = Links that were mailed to you
data-links-why = That a link works once, and until when. What lies here is a hash of it.
data-tokens = Tokens for your programs
data-tokens-why = Their names and days. What lies here is a hash of each.
data-second-factor = Your second factor
data-second-factor-why = The secret that your phone and this service share, and hashes of your recovery codes.
data-factor-resets = Resets of a second factor
data-factor-resets-why = That somebody asked, and waits for another to agree.
data-elsewhere = Who you are where you sign in elsewhere
data-elsewhere-why = A name or number that your organisation’s sign-in has for you.
data-elsewhere-begun = Sign-ins elsewhere that were begun
data-elsewhere-begun-why = Secrets by which the way back is known, for a quarter of an hour. They are nobody’s yet.
data-tries = Tries that are counted
data-tries-why = So that nobody guesses a password or a code. It is kept by a hash of what was tried and from where. Nobody reads it back, but whoever has the database could try whether an address is among them; so it goes within a day or two.
data-forms = Forms that were sent
data-forms-why = By a number that was drawn, so that nothing is done twice. It does not say whose.
data-mails = On which days you had your daily mail
data-mails-why = So that you get one a day, and the next begins where it ended.
data-jobs = Mails and other work that waits
data-jobs-why = What is to be sent to you or done next. Done, its row is gone at once; what failed too often stays for whoever runs this service to mend it.
data-noted = What was written down of what you did
data-noted-why = Signing in, invitations, changes of settings: so that misuse can be found. Auditors do not see when you signed in, nor what you did on the way in: typed a code, confirmed your work mail, set a password by a mailed link, linked your account with a sign-in elsewhere.
data-noted-of-you = What others did to your account
data-noted-of-you-why = Who invited you, gave or ended something, and when.
data-looks = Who looked, and why
data-looks-why = See Who looked, above.
data-looks-of-yours = Your own looks that needed a reason
data-looks-of-yours-why = Those whose data it was see your name and your reason.

close-title = Close my account and erase me
close-goes = This cannot be undone. These go at once: your name, your mail address, your password and second factor, sessions, tokens, drafts, what waits to be read, when you were away, and the rows that say which number you are in which record.
close-duties = What waits for you goes to somebody else now, with its dates. Your roles end, and roles that you asked for and that wait for a second yes are taken back.
close-stays = What stays, because the organisation has to keep it: that ideas were told, answered and decided, and the words of those decisions, since they are records of the organisation. They stand under “Somebody who has left”. What you did to others as an administrator stays for two years by a number. What was sent to a door goes there.
close-words = Erase my own words, too
close-words-hint = { $count ->
    [0] There are none that are yours alone.
    [one] { $count } text that is yours alone: what you told by yourself, replied, or said as news or as a comment. What you told with others is theirs too, and stays.
   *[other] { $count } texts that are yours alone: what you told by yourself, replied, or said as news or as a comment. What you told with others is theirs too, and stays.
}
close-file = First take a copy
close-hidden = An idea that you told with a hidden name is not touched: nothing here knows that it is yours. With your code you can still take it back or answer.
close-password = Your password
close-code = A code of your second factor
close-code-hint = From the app on your phone, or a recovery code.
close-button = Close my account and erase me
close-mend = Ask an administrator to give that role to somebody else first; then come back here.
close-done-title = Your account is closed, and you are erased
close-done-text = Nothing here leads to you any more. Copies that are kept in case the service breaks go by your organisation’s own rules.

complaint-title = Complain about this service
complaint-link = Complain
complaint-lead = About how { $body } handles your data here, about an answer or a missing one, or about anything else with this service. You need no account. It goes to { $address } at once, and you see when it has arrived.
complaint-not = For a complaint about care, teaching or another service, for danger or wrongdoing, use the doors under Tell an idea.
complaint-about = What is it about?
complaint-about-data = How my data is handled
complaint-about-answer = An answer, or that there is none
complaint-about-access = That I cannot use the service
complaint-about-other = Something else
complaint-about-empty = Choose what it is about
complaint-words = What happened, and what should be done?
complaint-words-hint = If it is about an idea, its reference helps. Name nobody who need not be named.
complaint-reach = How can they reach you? (optional)
complaint-reach-hint = A mail address or a number. Without one they cannot answer you.
complaint-kept = The words stay here until that mail has taken them over. That you complained, and when, stays 30 days more, so that you can look it up.
complaint-send = Send it
complaint-nowhere = No address is set here to which complaints could be sent.
complaint-wait = Too many were sent from where you are. Wait a little, or write yourself.
people-door-service = A complaint about this service
people-complaints = Complaints about this service and its data go to
people-complaints-hint = A mail address, for example that of whoever protects data. Until it is set, the page says whom to ask.
mail-complaint-subject = A complaint about Waymark at { $place }
mail-complaint = Somebody complains about how Waymark is run at { $place }. It stands nowhere else, and Waymark keeps none of these words once your mail has them. If they left a way to be reached, please answer within a month.

    { $words }
privacy-complain = Complain by a form
privacy-kept-looks = Who looked at an account or a record with a reason, and why

look-title = Why do you open it?
look-text = You see this only to check it, or from government, which sees counts. Say why, once a day. Whoever brought it sees your name and your reason.
look-why = Your reason
look-why-hint = For example: audit of answers in June, file 12
look-button = Open it
failure-reason-title = Say first why you open it
failure-reason = You see this only to check it.
failure-reason-mend = Say why, and it opens. Whoever brought it sees your reason.
api-problem-reason-title = Say first why you open it
api-problem-reason-detail = You see this record only to check it. Say why once, on its page or by the operation look; whoever brought it sees your reason. Then you can read it for a day.
