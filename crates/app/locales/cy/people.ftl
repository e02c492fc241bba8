account-mail-taken = Mae gan rywun gyfrif gyda’r cyfeiriad hwn yn barod. Mewngofnodwch, neu gofynnwch am gyfrinair newydd.
# Pobl: geiriau y mae'r tro cyntaf, eich cyfrif eich hun a gweinyddu yn eu rhannu.
people-continue = Parhau
people-save = Cadw
people-change = Newid
people-door-danger = Perygl nawr
people-door-danger-hint = Er enghraifft 999, neu alwr rheolwr y safle.
people-door-wrongdoing = Camwedd
people-door-wrongdoing-hint = Er enghraifft y gwarcheidwad codi llais, y llinell chwythu’r chwiban.
people-door-complaint = Cwyn am ofal neu wasanaeth
people-door-help = Help i mi
people-door-help-hint = Er enghraifft iechyd galwedigaethol, yr undeb, llinell gymorth.
people-door-press = Y wasg neu gais am wybodaeth
