# Signing in, passwords, links that work once.
sign-in-title = Sign in
sign-in-mail = Work mail address
sign-in-password = Password
sign-in-shared = This is a shared computer
sign-in-shared-hint = You are signed out after 15 minutes without use.
sign-in-button = Sign in
sign-in-forgotten = I have no password, or have forgotten it
sign-in-wrong = Check the address and the password: they do not belong together
sign-in-wait = There were too many tries. Wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
 }, then try again. You can also ask for a new password.
sign-in-forgotten-title = Ask for a new password
sign-in-forgotten-text = We send you a mail with a link. It works once, for an hour.
sign-in-forgotten-button = Send the link
sign-in-sent-title = Look at your mail
sign-in-sent = If somebody has an account with that address, a mail with a link is on its way to it.
sign-in-sent-mend = If nothing has come after ten minutes, look in the junk folder, check the address for slips, or ask whoever runs Waymark for you.
sign-in-welcome-title = Welcome to Waymark
sign-in-welcome = Hello { $name }. You have been invited to Waymark with the address { $mail }. Choose a password and you are in.
sign-in-reset-title = Choose a new password
sign-in-reset = For { $name }, { $mail }. Everywhere else you are signed out.
sign-in-new-password = New password
sign-in-new-password-hint = At least 8 characters. Three or four words that have nothing to do with each other are long and easy to keep in mind. You can paste it.
sign-in-set-password = Save and sign in
sign-in-password-empty = Enter a password
sign-in-password-short = Use 8 characters or more
sign-in-password-long = Use 128 characters or fewer
sign-in-password-common = Choose another: this one is among the first that somebody would guess
sign-in-password-known = Choose another: this one has your name, your mail address or Waymark in it
sign-in-confirm-title = Confirm your work mail
sign-in-confirm = You are { $name }, and { $mail } is your work mail. Confirm it, and what you told goes to the person who can answer it.
sign-in-confirm-button = Yes, this is me: send it
sign-in-gone-title = This link does not work any more
sign-in-gone = A link works once and for a limited time. This one was used or is too old.
sign-in-gone-mend = Ask for a new one: it takes a minute.
sign-in-waits-title = Your address is confirmed
sign-in-waits-kept = What you typed is kept, but not sent yet: { $place } does not know { $mail } as an address of its staff.
sign-in-waits-who = { $names } can let you in with one press. We are writing to them now. They see your name and address, not what you typed.
sign-in-waits-then = Then it is sent at once, and we write to you. If nobody has let you in by { $day }, we ask the people at the top; after { $days } days you hear from us either way.
sign-in-waits-other = Do you have a work address? Go back to the page where you typed it and confirm that one instead: then it is sent at once.
sign-in-waits-on = Go to the first page
