# Rhestrau o syniadau a phroblemau.
list-nav = Syniadau a phroblemau
list-title = Syniadau a phroblemau
list-title-place = Syniadau a phroblemau: { $place }
list-title-late = Hwyr: { $place }
list-count = { $count ->
    [0] Nid oes dim y gallwch ei weld
    [one] 1 syniad neu broblem
   *[other] { $count } o syniadau a phroblemau
}
list-more-than = Mwy na { $count } o syniadau a phroblemau
list-without = Tynnu: { $filter }
list-board = Beth sy’n hwyr yma
list-line = Anfonwyd ar { $sent }. Gan { $owner } y mae, erbyn { $date }.
list-line-ended = Anfonwyd ar { $sent }. Does dim mwy i ddod.
list-line-since = Anfonwyd ar { $sent }. Roedd disgwyl hyn ar { $since }.
list-line-late = Gyda phwy: { $with }. Roedd disgwyl hyn ar { $since }, { $days ->
    [0] heddiw yw’r diwrnod cyntaf wedyn
    [one] 1 diwrnod gwaith yn ôl
   *[other] { $days } diwrnod gwaith yn ôl
}. { $step }
list-step-0 = Mae’n mynd at y darganfyddwr o fewn diwrnod.
list-step-1 = Cafodd ei nodi, ac mae gyda’r darganfyddwr neu’r sawl a’i penderfynodd.
list-step-2 = Aeth un lefel i fyny.
list-step-3 = Cafodd ei roi i bennaeth y cyfan.
list-none-late = Does dim yn hwyr yma.
list-late-more = Dyma’r { $count } sydd hwyraf; mae rhagor. Mae pob un ohonynt yn y ffeiliau.
list-late-lead = Yr hwyaf yn gyntaf. Mae cofnod ar y bwrdd hwn oherwydd ei ddyddiad ei hun, nid oherwydd person: mae’r cofnod ei hun yn dweud gan bwy y mae.
list-with-team-lead = arweinydd tîm { $place }
list-with-finder = darganfyddwr { $place }
list-with-head = pennaeth { $place }
list-with-trier = pwy bynnag sy’n rhoi cynnig arno
list-mistyped = Ni ddeallwyd rhan o’r cyfeiriad ac fe’i gadawyd allan: gall hyn fod yn fwy nag a ofynnoch amdano.
list-narrow = Dangos rhai yn unig
list-stage = Ble mae arni
list-every-stage = Unrhyw le ar y llwybr
list-from = Anfonwyd o’r diwrnod hwn
list-to = Anfonwyd hyd at y diwrnod hwn
list-day-hint = Mae’r diwrnod hwnnw’n cael ei gynnwys. Er enghraifft, 2026-07-14
list-from-day = Anfonwyd o { $date }
list-to-day = Anfonwyd hyd at { $date }
list-only = Dim ond
list-late = Beth sy’n hwyr
list-mine = Beth sy’n perthyn i’m sefydliad
list-filter = Dangos y rhain
list-first = Yn ôl i’r dudalen gyntaf
list-next = Y rhai nesaf
list-wall = Y daflen i’r wal
list-take = Mynd â’r rhestr hon gyda chi:
list-as-table = fel tabl (CSV)
list-as-data = fel data (JSON)
list-as-newest = fel ffrwd o’r rhai diweddaraf (Atom)
list-as-feed = fel ffrwd (Atom)
list-column-reference = Cyfeirnod
list-column-title = Teitl
list-column-stage = Ble mae arni
list-column-place = Yn cael ei drin yn
list-column-sent = Anfonwyd ar
list-column-next = Dyddiad nesaf
list-column-late = Hwyr ers
list-column-with = Gyda phwy
list-column-link = Dolen

# Chwilio yn eu plith.
search-label = Chwilio syniadau a phroblemau
search-hint = Geiriau, “ymadrodd” mewn dyfynodau, neu gyfeirnod fel WM-2026-7K3Q-9FT.
search-go = Chwilio
search-words = “{ $words }”
search-newest = Y diweddaraf yn gyntaf.
search-best = Y canlyniad gorau yn gyntaf.
search-best-of = Y canlyniad gorau yn gyntaf, ymhlith y { $count } diweddaraf.
search-to-best = Dangos y canlyniad gorau yn gyntaf
search-to-newest = Dangos y diweddaraf yn gyntaf
search-none = Does dim y gallwch ei weld yn cynnwys hyn i gyd: { $words }
search-none-other = Rhowch gynnig ar lai o eiriau, neu eiriau eraill am yr un peth.
search-none-wider = Chwilio pob syniad a phroblem, nid rhai yn unig
search-none-tell = Dywedwch amdano eich hun: efallai nad oes neb wedi gwneud eto
search-too-long = Chwiliwch am 200 o nodau ar y mwyaf
search-too-many = Chwiliwch am 12 o eiriau gwahanol ar y mwyaf
search-wordless = Teipiwch air neu rif i chwilio amdano
search-hasty = Arhoswch ychydig eiliadau, yna chwiliwch eto: bu llawer iawn o chwiliadau mewn amser byr
list-column-days = Diwrnodau gwaith yn hwyr
list-column-step = I ble yr aeth
