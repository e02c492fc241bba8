# Negeseuon e-bost: testun plaen, byr.
mail-answer-subject = Ateb i’ch syniad: { $title }
mail-answer-also-subject = Ateb i’r hyn a ddywedoch chi hefyd: { $title }
mail-answer-begin = Mae { $name } wedi ateb “{ $title }” ({ $reference }).
mail-answer-go = Yr ateb yw: rhowch gynnig arni. Ar { $until } bydd tudalen y cofnod yn gofyn i chi am dair llinell: beth wnaethoch chi, beth newidiodd, ac a ddylid ei gadw.
mail-answer-not-now = Yr ateb yw: nid nawr, tan { $until }. Y rheswm: { $reason }.
mail-answer-stop = Yr ateb yw: na. Y rheswm: { $reason }.
mail-answer-send-on = Fe’i hanfonwyd ymlaen at rywun arall, a fydd yn eich ateb.
mail-answer-would-change = Beth fyddai’n newid hyn: { $words }
mail-answer-end = Darllenwch y cyfan, a dywedwch a oedd hwn yn ateb:
    { $link }
mail-answer-also-end = Darllenwch y cyfan:
    { $link }
mail-answer-careful-subject = Rhywbeth newydd i chi yn Waymark
mail-answer-careful = Mae rhywbeth newydd ar gofnod o’ch eiddo sy’n cael ei drin â gofal. Mewngofnodwch i’w ddarllen:
    { $link }
mail-reason-R01 = rydym yn gwneud hyn eisoes
mail-reason-R03 = nid yw’n ddiogel, neu mae’r niwed yn fwy
mail-reason-R05 = ni fyddai’n datrys y broblem
mail-reason-R07 = dim arian tan hynny
mail-reason-R08 = dim amser na phobl tan hynny
mail-reason-R10 = nid ni ddylai ei wneud
mail-stage-told = yn aros am ateb
mail-stage-not-now = nid nawr
mail-stage-trying = yn cael ei brofi
mail-stage-passed-on = wedi’i brofi a’i basio ymlaen
mail-stage-kept = wedi’i brofi a’i gadw
mail-stage-done = wedi’i wneud
mail-stage-dropped = wedi’i brofi a’i ollwng
mail-stage-stopped = atebwyd na
mail-stage-withdrawn = wedi’i dynnu’n ôl
mail-digest-subject = Waymark: eich neges ar gyfer { $day }
mail-digest-begin = Helo { $name },
mail-digest-late = Mae’r rhain yn hwyr. Chi sy’n cael gwybod gyntaf:
mail-digest-today = I’w gwneud heddiw:
mail-digest-waiting = Mae’r rhain yn aros amdanoch chi:
mail-digest-duty = - { $title }: ateb erbyn { $day }
    { $link }
mail-digest-lines-due = - { $title }: tair llinell erbyn { $day }. Beth wnaethoch chi, beth newidiodd, cadw neu beidio?
    { $link }
mail-digest-more = a { $count } arall.
mail-digest-careful = - Rhywbeth sy’n cael ei drin â gofal. Mewngofnodwch i’w weld:
    { $link }
mail-digest-questions = Gofynnwyd rhywbeth i chi. Mae’r cloc yn aros amdanoch:
mail-digest-question = - { $title }
    { $link }
mail-digest-answers = Cawsoch ateb. A oedd hwn yn ateb?
mail-digest-judge = - { $title }: { $stage }
    { $link }
mail-digest-own = Newyddion am eich syniadau:
mail-digest-news = - { $title }: { $stage }
mail-digest-own-comments = Mae rhywun wedi dweud rhywbeth am yr hyn a ddywedoch:
mail-digest-comment = - { $title }
    { $link }
mail-digest-own-not-now = Nid nawr o hyd:
mail-digest-not-now = - { $title }: bydd yn cael ei ailddarllen ar { $day }
    { $link }
mail-digest-own-still = Nid oes dim wedi symud ers tri deg diwrnod:
mail-digest-still = - { $title }: gyda { $name } o hyd tan { $day }
    { $link }
mail-digest-roles = Rolau y mae angen ail ie arnynt:
mail-digest-role-asked = - Mae { $by } yn gofyn i { $name } ddod yn { $role } yn { $place }. Bydd gweinyddwr arall neu’r archwilydd yn dweud ie neu na erbyn { $day }; ar ôl y diwrnod hwnnw mae’n dod i ben:
    { $link }
mail-digest-role-confirmed = - Gofynnoch i { $name } ddod yn { $role } yn { $place }. Dywedodd person arall ie: mae’r rôl wedi’i rhoi.
mail-digest-role-refused = - Gofynnoch i { $name } ddod yn { $role } yn { $place }. Dywedodd person arall na: ni roddwyd y rôl. Siaradwch â’ch gilydd cyn gofyn eto.
mail-digest-role-lapsed = - Gofynnoch i { $name } ddod yn { $role } yn { $place }. Ni ddywedodd neb ie na na erbyn { $day }, felly daeth i ben ac ni roddwyd y rôl. Siaradwch â gweinyddwr arall neu’r archwilydd, yna gofynnwch eto.
mail-digest-role-taken-back = - Gofynnodd rhywun i { $name } ddod yn { $role } yn { $place }. Mae pwy bynnag a ofynnodd wedi cau ei gyfrif ei hun, felly tynnwyd y cais yn ôl ac ni roddwyd y rôl. Os oes angen y rôl, gofynnwch amdani o’r newydd.
mail-digest-end = Rydych yn cael y neges hon unwaith y dydd ar yr awr a ddewisoch, a dim ond pan fydd rhywbeth i’w ddweud.
    { $link }
mail-root-subject = Waymark: sêl { $day }
mail-root = Cadwch y neges hon. Mae’n profi’n ddiweddarach a newidiodd rhywun gofnodion Waymark yn { $origin }.

    Ar { $day } seliwyd popeth hyd at sêl { $number } o dan y gwreiddyn hwn:

    { $root }

    I wirio, gofynnwch i hyn gael ei redeg ar gopi o’r gronfa ddata:

    waymark verify --root { $root }

    Bydd yn dweud bod popeth fel yr ysgrifennwyd, neu’n enwi’r rhes gyntaf a newidiwyd. Nid oes dim yn y neges hon yn dweud beth yw’r cofnodion.
mail-ticket-invitation-subject = Eich gwahoddiad i Waymark
mail-ticket-invitation = Cewch wahoddiad i Waymark, lle mae syniadau o’r gwaith yn cael ateb erbyn dyddiad. Dewiswch gyfrinair yma o fewn saith diwrnod; mae’r ddolen yn gweithio unwaith:
    { $link }
mail-ticket-reset-subject = Cyfrinair newydd ar gyfer Waymark
mail-ticket-reset = Gofynnodd rhywun am gyfrinair newydd i’ch cyfrif, chi efallai. Dewiswch ef yma o fewn awr; mae’r ddolen yn gweithio unwaith:
    { $link }

    Os nad chi oedd hynny, peidiwch â gwneud dim: mae eich cyfrinair yn aros fel y mae.
mail-ticket-confirm-subject = Cadarnhewch eich e-bost gwaith i anfon eich syniad
mail-ticket-confirm = Mae eich syniad wedi’i gadw, ond heb ei anfon eto. Cadarnhewch o fewn dau ddiwrnod mai hwn yw eich e-bost gwaith. Yna bydd yn mynd at y sawl sy’n gallu ei ateb; lle nad yw eich cyfeiriad yn hysbys yno, bydd rhywun yn eich gadael i mewn yn gyntaf:
    { $link }

    Os na ddywedoch chi ddim wrthym, peidiwch â gwneud dim: heb y ddolen hon nid oes dim yn cael ei anfon.
mail-ticket-welcome-subject = Rydych i mewn, ac mae eich syniad wedi’i anfon
mail-ticket-welcome = Cawsoch eich gadael i mewn, ac anfonwyd yr hyn a deipioch fel { $reference }. Cewch glywed gan berson erbyn dyddiad. Dewiswch gyfrinair yma o fewn saith diwrnod a gwelwch gan bwy y mae; mae’r ddolen yn gweithio unwaith:
    { $link }
mail-ticket-welcome-kept-subject = Rydych i mewn; mae angen un olwg arall ar eich syniad
mail-ticket-welcome-kept = Cawsoch eich gadael i mewn. Mae’r hyn a deipioch wedi’i gadw ymhlith eich drafftiau, ond ni ellid ei anfon fel y mae: rhaid newid rhywbeth ynddo yn gyntaf. Dewiswch gyfrinair yma o fewn saith diwrnod, yna agorwch Drafftiau; mae’r ddolen yn gweithio unwaith:
    { $link }
mail-not-in-subject = Ni chawsoch eich gadael i mewn i Waymark
mail-not-in = Nid yw’r bobl yn { $place } yn eich adnabod wrth y cyfeiriad a gadarnhaoch, felly nid anfonwyd yr hyn a deipioch. Nid oes dim ar goll: mae’n dal gan y porwr lle teipioch ef, tan 90 diwrnod ar ôl i chi ei newid ddiwethaf. Cadarnhewch gyfeiriad gwaith yno yn lle, neu gofynnwch i rywun yn { $place } eich gwahodd:
    { $link }
mail-not-in-late = Nid oes neb yn { $place } wedi’ch gadael i mewn o fewn mis. Mae’n ddrwg gennym. Nid anfonwyd yr hyn a deipioch, ac nid yw ar goll: mae’n dal gan y porwr lle teipioch ef, tan 90 diwrnod ar ôl i chi ei newid ddiwethaf. Cadarnhewch gyfeiriad gwaith yno yn lle, neu gofynnwch i rywun yn { $place } eich gwahodd:
    { $link }
mail-newcomer-subject = Mae { $name } yn aros i gael dod i mewn yn { $place }
mail-newcomer = Mae { $name } ({ $mail }) wedi teipio rhywbeth ar gyfer { $place } ac wedi cadarnhau’r cyfeiriad hwnnw. Nid yw ei westeiwr yn un o rai eich staff, felly rhaid i rywun ddweud a yw { $name } yn un ohonoch. Gwnewch hynny erbyn { $day }; un gwasgiad ydyw, ac yna anfonir yr hyn a deipion nhw:
    { $link }
mail-newcomer-late = Mae { $name } ({ $mail }) yn dal i aros i gael dod i mewn yn { $place }. Dylai rhywun fod wedi dweud erbyn { $day } a ydynt yn un ohonoch. Un gwasgiad ydyw, ac yna anfonir yr hyn a deipion nhw:
    { $link }
mail-test-subject = Waymark: e-bost prawf
mail-test = Mae’r neges hon yn dangos y gall Waymark yn { $origin } anfon e-bost atoch. Nid oes dim i’w wneud.

# I ddrws
mail-held-subject = Mae rhywbeth yn { $place } yn aros i chi ei ddarllen yn gyntaf
mail-held = Anfonodd rhywun yn { $place } syniad sy’n darllen fel rhywbeth arall ({ $door }). Ni all neb ei weld nes i chi ei ddarllen. Gwnewch hynny erbyn { $day }. Os oes rhywun mewn perygl ni all aros.

    { $link }
mail-held-late-subject = Nid oes neb wedi darllen yr hyn a anfonwyd yn { $place }
mail-held-late = Anfonodd rhywun yn { $place } syniad sy’n darllen fel rhywbeth arall ({ $door }), ac roedd i’w ddarllen erbyn { $day }. Ni wnaeth neb. Gallwch ei ddarllen nawr a dweud i ble mae’n mynd.

    { $link }
mail-held-released-subject = Mae’r hyn a anfonoch ar ei ffordd
mail-held-released = Darllenodd rhywun yr hyn a anfonoch yn { $place } a’i basio ymlaen. Mae ei ddyddiadau’n cyfrif o’r adeg y gwnaethoch ei anfon. Gan bwy y mae, a than pryd:

    { $link }
mail-held-kept-subject = Aeth yr hyn a anfonoch at rywun arall
mail-held-kept = Darllenodd rhywun yr hyn a anfonoch yn { $place } a’i anfon at y rhai y mae ar eu cyfer ({ $door }), heb eich enw. Nid yw ar unrhyw restr. Ysgrifenasant atoch:

    { $line }

    { $link }
mail-held-back-subject = Mae’r hyn a anfonoch ymhlith eich drafftiau eto
mail-held-back = Darllenodd rhywun yr hyn a anfonoch yn { $place } a’i roi yn ôl i chi. Ysgrifenasant:

    { $line }

    { $link }
mail-door-finder = Teipiodd rhywun hyn yn { $place } yn Waymark, lle dywedir syniadau. Meddyliodd person sy’n darllen yr hyn a ddaw i mewn yno mai eich un chi yw ({ $door }), ac mae’n ei anfon atoch. Dywedwyd hynny wrth ei awdur, ac ni chafodd ei enwi. Nid yw ar unrhyw restr, ac nid yw Waymark yn cadw dim o’r geiriau hyn ar ôl i’ch post eu cael.

    { $words }
mail-ticket-welcome-held-subject = Rydych i mewn, ac mae eich syniad wedi’i anfon
mail-ticket-welcome-held = Cawsoch eich gadael i mewn, ac anfonwyd yr hyn a deipioch. Mae’n darllen fel rhywbeth i le arall, felly mae person yn ei ddarllen yn gyntaf, o fewn un diwrnod gwaith; yna cewch glywed ganddynt. Dewiswch gyfrinair yma o fewn saith diwrnod a gwelwch pa mor bell y mae; mae’r ddolen yn gweithio unwaith:
mail-door-subject = { $door }: dywedwyd yn { $place }
mail-door = Teipiodd rhywun hyn yn { $place } yn Waymark, lle caiff syniadau eu dweud, a dewis ei anfon atoch chi yn lle hynny ({ $door }). Nid yw ar unrhyw restr, ac nid yw Waymark yn cadw’r un o’r geiriau hyn unwaith y bydd eich post wedi’u cael. Nid yw Waymark wedi dweud wrth neb arall.

    { $words }
mail-factor-reset-subject = Ail ffactor { $name }
mail-factor-reset = Mae { $by } yn gofyn am ailosod ail ffactor { $name }, sydd wedi colli ffôn a chodau adfer. Siaradwch â { $name } yn gyntaf, yna dywedwch ie neu na:
    { $link }
mail-factor-gone-subject = Ailosodwyd eich ail ffactor
mail-factor-gone = Tynnwyd eich ail ffactor i ffwrdd, ac rydych wedi’ch allgofnodi ym mhob man. Mewngofnodwch gyda’ch cyfrinair a’i osod o’r newydd:
    { $link }
    Os na ofynnodd neb i chi o’r blaen, dywedwch wrth bwy bynnag sy’n gweinyddu Waymark yn eich sefydliad nawr.
mail-sessions-ended-subject = Cawsoch eich allgofnodi ym mhob man
mail-sessions-ended = Mae gweinyddwr Waymark wedi’ch allgofnodi ym mhob man ac wedi terfynu tocynnau eich rhaglenni, fel y gwneir pan fydd ffôn neu gyfrifiadur yn mynd ar goll. Mae eich cyfrinair fel yr oedd. Mewngofnodwch eto:
    { $link }
    Os na wyddoch am unrhyw reswm, gofynnwch i bwy bynnag sy’n gweinyddu Waymark yn eich sefydliad, a newidiwch eich cyfrinair.
mail-door-answer = I ateb pwy bynnag a ysgrifennodd hyn, heb gael gwybod pwy ydynt, o fewn 30 diwrnod:
    { $link }
mail-door-answered-subject = Mae ateb i’r hyn a anfonoch
mail-door-answered = Mae { $door } wedi ateb yr hyn a anfonoch drwy Waymark. Darllenwch ef yma, am 30 diwrnod:
    { $link }
