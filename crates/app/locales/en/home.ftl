home-title = Say what would work better
home-lead = Tell a problem or an idea in three minutes. A person with a name answers by a date.
home-tell = Tell a problem or an idea
home-sign-in = Sign in to see what became of yours
home-nav-tell = Tell an idea
