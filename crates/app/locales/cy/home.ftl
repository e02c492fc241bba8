home-title = Dywedwch beth fyddai’n gweithio’n well
home-lead = Dywedwch am broblem neu syniad mewn tair munud. Bydd person ag enw yn ateb erbyn dyddiad.
shell-nav-home = Hafan
