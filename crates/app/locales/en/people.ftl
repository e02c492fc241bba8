account-mail-taken = Somebody has an account with this address already. Sign in, or ask for a new password.
# People: words that the first run, one's own account and administration share.
people-continue = Continue
people-save = Save
people-change = Change
people-door-danger = Danger now
people-door-danger-hint = For example 999, or the bleep of the site manager.
people-door-wrongdoing = Wrongdoing
people-door-wrongdoing-hint = For example the speak-up guardian, the whistleblowing line.
people-door-complaint = A complaint about care or service
people-door-help = Help for me
people-door-help-hint = For example occupational health, the union, a helpline.
people-door-press = Press or information request
