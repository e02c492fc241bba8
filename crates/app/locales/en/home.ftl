home-title = Say what would work better
home-lead = Tell a problem or an idea in three minutes. A person with a name answers by a date.
shell-nav-home = Home
