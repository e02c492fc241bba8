home-title = Dywedwch beth fyddai’n gweithio’n well
home-lead = Dywedwch am broblem neu syniad mewn tair munud. Bydd person ag enw yn ateb erbyn dyddiad.
home-tell = Dywedwch am broblem neu syniad
home-sign-in = Mewngofnodwch i weld beth a ddaeth o’ch un chi
home-nav-tell = Dweud syniad
