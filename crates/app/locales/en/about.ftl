# What anybody may read about the service itself.
about-privacy = Privacy
about-accessibility = Accessibility
about-links = About this service
about-complain-to = To ask, to have something put right, or to complain: { $address }
about-complain-ask = To ask, to have something put right, or to complain, turn to whoever administers this service in your organisation.

privacy-title = Privacy
privacy-who = { $host } runs this service and is responsible for what it keeps. It is there so that problems and ideas about how our services work are heard, answered by a named person, tried, and credited to those who brought them.
privacy-what = What it keeps of you
privacy-what-account = Your name, your work mail address, your language and the hour of your daily mail, once you have an account: to let you in, to write to you, to show who has what.
privacy-what-records = What you tell, answer, ask and decide, with your name and the time, in the history of that record.
privacy-what-doors = What you send to one of the doors (danger, wrongdoing, a complaint, help, press): only until their mail has taken it over. Then only that something went there, for you to look up.
privacy-what-public = What you tell without an account: the words, the place and the name that you put on it, if any. Of your code only a digest, which opens nothing. Nothing says who you are or where you sent it from.
privacy-what-use = When you signed in, and by what kind of browser, so that you can end a session that is not yours.
privacy-why = The reason in law is a task in the public interest: running and bettering a public service. Telling is voluntary, and nobody is worse off for not doing it.
privacy-not = It sells nothing, shows no advertisements, passes nothing to other companies, loads nothing from elsewhere, and does not follow you. No machine decides anything about you. What you type is read by rules that ask whether it is meant for somebody else; the answer is yours.
privacy-seen = Who sees it
privacy-seen-by = Each record says who sees it: those who handle it, your organisation, all organisations here, or everyone. Your organisation sets what holds from the start. An auditor can read what was sent and change nothing.
privacy-seen-party = A record’s history names you by a number that is drawn for you in that record alone. Your name stands in one table beside it, and can be taken out without changing the history.
privacy-long = How long it is kept
privacy-long-records = Records, with their answers and their history, are public records of the organisation and stay as long as its own rules say. Your account stays until you close it: then you are erased, with your name and address. One that an administrator closes lets nobody in any more; its name and address stay for as long as is said below, so that what you did still has a name, and then you are erased as if you had closed it yourself. This and the rest goes by itself:
privacy-kept-caption = What goes by itself
privacy-kept-what = What
privacy-kept-how-long = How long
privacy-kept-not = Goes the night after
privacy-kept-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
privacy-kept-sessions = Sessions that have ended
privacy-kept-tickets = Links by mail that were used or have ended
privacy-kept-form-tokens = That a form was sent, so that it does not go twice
privacy-kept-held-back = That something you sent was read by a person first and what became of it, since they did; the words are no longer in it
privacy-kept-reports = That you said something is wrong with an idea or a comment, since a moderator has looked at it
privacy-kept-drafts = What you half typed and left, since you last changed it
privacy-kept-staged-rows = Files that were read in and that nobody brought in
privacy-kept-files = That a file was brought in or thrown away, and what came of it
privacy-kept-closed-accounts = Name and address of an account that an administrator has closed
privacy-kept-audit = Sign-ins, invitations and changes of settings
privacy-kept-digests = On which day you had your daily mail
privacy-kept-tokens = Tokens for programs, after they have ended
privacy-kept-door-messages = That something went to a door, and when
privacy-kept-oidc-logins = Sign-ins elsewhere that were begun and not ended
privacy-kept-factor-resets = That somebody asked to reset your second factor, and nobody agreed
privacy-kept-attempts = How often a password or a code was tried, and how often somebody sent something, since the last time
privacy-kept-parked-jobs = Mails and other work that failed too often, with the name or address that they may carry
privacy-cookies = Cookies
privacy-cookies-which = Four, and none that follows you: one while you are signed in (or on the way to sign in elsewhere), one for the code of an idea that you told with a hidden name or without an account (an hour), one for what you half typed before you signed in (3 days), one for your language (a year). Nobody needs to agree to these: without them the service could not do what you ask of it.
privacy-rights = What you can do
privacy-rights-which = Under My account you see what is held about you, why, for how long and who looked; you can take all of it away as a file, mend your name, end your sessions, and close your account and be erased, with your own words if you wish. You can ask to have something put right, to have your words or your name taken out of a record, or for it not to be used.
privacy-ico = If the answer does not satisfy you, you can turn to the Information Commissioner’s Office, ico.org.uk, telephone 0303 123 1113.

accessibility-title = Accessibility
accessibility-who = This statement is about Waymark as { $host } runs it. We want as many people as possible to be able to use it. You should be able to:
accessibility-can-zoom = read every page on a screen 320 pixels wide, or enlarged to 400%, without moving it sideways
accessibility-can-keyboard = tell an idea and follow it with a keyboard alone, seeing where you are
accessibility-can-script = use every page without any script
accessibility-can-colours = use your own colours and contrast
accessibility-can-read = read it in plain words, in English and in Welsh
accessibility-state = How far it keeps to the rules
accessibility-state-partly = We claim that it keeps to the Web Content Accessibility Guidelines, version 2.2, level AA, in part, because of what we do not know yet:
accessibility-not-people = it has not been tried by people who use a screen reader, a magnifier or their voice every day
accessibility-not-words = what other people write and bring in may be hard to read, and we do not change their words
accessibility-tested = How it was tested
accessibility-tested-how = Every page of the demonstration is opened in Chromium by a program each time the software changes: wide, in forced colours, and 320 pixels wide without script. There the rules of axe for level A and AA find nothing, and nothing is wider than the screen. Telling an idea is also done by keyboard alone. This statement was written on 26 November 2026.
accessibility-tell = Tell us what is in your way
accessibility-enforce = If we do not answer you well, you can turn to the Equality Advisory and Support Service, equalityadvisoryservice.com, telephone 0808 800 0082; in Northern Ireland to the Equality Commission, equalityni.org, telephone 028 90 500 600.
