# Tudalen cofnod.
record-hidden-name = Rhywun y mae eu henw’n gudd
record-borne = Rydych yma gyda’ch cod: nid oes neb yn gweld pwy ydych. Mae’r porwr hwn yn anghofio’r cod ar ôl awr.
record-borne-leave = Anghofio’r cod nawr
record-somebody = Rhywun sydd wedi gadael
record-and-others = { $name } ac { $others ->
    [one] 1 arall
   *[other] { $others } arall
}
record-erased = Cafodd y geiriau hyn eu tynnu allan
record-part-record = Ble mae arni
record-part-history = Hanes
record-you-are-here = Rydych chi yma
record-late = Hwyr
record-next = Beth sy’n digwydd nesaf
record-mine = Gyda chi mae hwn.
record-question = Y cwestiwn i’r sawl a ddaeth ag ef
record-others = Gallwch hefyd
record-answer = Yr ateb
record-facts = Y syniad a phwy sydd ag ef
record-judge = Ai ateb oedd hwn?
record-judge-hint = Dywedwch a gawsoch wybod yr hyn sydd ei angen arnoch, p’un a ydych yn ei hoffi ai peidio.
record-judge-yes = Ie
record-judge-no = Nage
record-judged-yes = Ie, ateb oedd hwn
record-judged-no = Nage, nid ateb oedd hwn
record-step-told = Wedi’i ddweud
record-step-answered = Wedi’i ateb
record-step-tried = Wedi’i brofi
record-step-last = Ei gadw, ei ollwng neu ei basio ymlaen
record-step-kept = Wedi’i gadw
record-step-dropped = Wedi’i ollwng
record-step-passed-on = Wedi’i basio ymlaen
record-next-waits = Gofynnwyd cwestiwn i { $contributor }. Bydd { $decider } yn penderfynu ar ôl cael ymateb, neu ar sail yr hyn sydd yno ar ôl { $date }.
record-next-told = Bydd { $decider } yn ateb erbyn { $date }.
record-next-told-late = Roedd disgwyl yr ateb ar { $missed } ac ni ddaeth. Gan { $decider } y mae nawr, a bydd yn ateb erbyn { $date }.
record-next-passed-on = Cafodd ei brofi a’i basio ymlaen. Bydd { $decider } yn ateb erbyn { $date } beth ddaw ohono.
record-next-not-now = Bydd { $decider } yn ei ddarllen eto ar { $date }, neu’n gynt os bydd yr hyn y mae’n aros amdano yn digwydd.
record-next-trying = Bydd { $owner } yn rhoi cynnig arno tan { $date }, ac yna’n ysgrifennu tair llinell: beth wnaethom ni, beth newidiodd, ac a ddylid ei gadw.
record-next-trying-late = Daeth y prawf i ben ar { $missed }. Rhaid i { $owner } ysgrifennu tair llinell o hyd: beth wnaethom ni, beth newidiodd, ac a ddylid ei gadw.
record-next-kept = Cafodd ei brofi a’i gadw ar { $ended }. Does dim rhaid i neb wneud dim mwy.
record-next-done = Cafodd ei wneud ar { $ended } heb orfod gofyn i neb. Does dim rhaid i neb wneud dim mwy.
record-next-dropped = Cafodd ei brofi a’i ollwng ar { $ended }. Mae’r hyn a ddysgwyd isod.
record-next-stopped = Na oedd yr ateb ar { $ended }. Mae’r rheswm, a’r hyn a fyddai’n ei newid, isod.
record-next-withdrawn = Tynnodd { $contributor } ef yn ôl ar { $ended }. Does dim rhaid i neb wneud dim mwy.
record-fact-problem = Y broblem
record-fact-solution = Beth fydden nhw’n ei wneud
record-fact-where = Lle cafodd ei ddweud
record-fact-handled-at = Lle mae’n cael ei drin
record-fact-brought-by = Daeth gan
record-fact-also-told = Dywedwyd hefyd gan
record-also-more = a { $count } arall
record-also-words = Yr hyn a ddywedodd { $name } hefyd
record-fact-sent = Anfonwyd ar
record-fact-owner = Pwy sydd ag ef
record-fact-by = Erbyn pryd
record-fact-usual = Pa mor hir y mae hyn yn ei gymryd yma fel arfer
record-fact-trier = Pwy sy’n rhoi cynnig arno
record-fact-hours = Oriau
record-fact-hours-from = Daw’r oriau o
record-fact-money = Arian
record-fact-did = Beth wnaethom ni
record-fact-changed = Beth newidiodd
record-fact-outcome = Cadw, gollwng neu basio ymlaen
record-fact-new-since = Yr hyn sy’n newydd ers yr ateb
record-fact-news = Y newyddion diweddaraf
record-fact-seen-by = Pwy sy’n ei weld
record-fact-answer = Ateb
record-fact-answered-by = Atebwyd gan
record-fact-reviewed-by = Adolygwyd gan
record-fact-shared = Wedi’i rannu
record-shared = Cafodd sawl cofnod yr ateb hwn yn yr un geiriau
record-fact-answered-on = Atebwyd ar
record-fact-reason = Rheswm
record-fact-words = Yn eu geiriau eu hunain
record-fact-would-change = Beth fyddai’n newid hyn
record-fact-awaited = Beth mae’n aros amdano
record-fact-until = Darllen eto ar
record-fact-meeting = Penderfynwyd mewn cyfarfod
record-fact-typed = Teipiwyd gan
record-fact-judged = Ai ateb oedd hwn?
record-typed = { $name }; roedd y cyfarfod ar { $date }
record-assisted = teipiwyd ar eu rhan gan { $name }
record-owner = { $name }, { $role }, { $place }
record-due-late = { $date }. Roedd disgwyl hyn ar { $missed }, { $days ->
    [0] heddiw yw’r diwrnod cyntaf wedyn
    [one] 1 diwrnod gwaith yn ôl
   *[other] { $days } diwrnod gwaith yn ôl
}.
record-usual = Cymerodd eu hanner { $days ->
    [one] 1 diwrnod
   *[other] { $days } diwrnod
} neu lai (o { $of } cyn hwn)
record-usual-unknown = Ni fu digon ohonynt yma eto i ddweud
record-hours = { $hours ->
    [one] 1 awr
   *[other] { $hours } awr
}
record-hours-had = { $granted } wedi’u rhoi, { $had } wedi’u cael
record-finder-until = Gall y darganfyddwr ei gymryd drosodd tan { $date }.
record-overdue-1 = Collwyd y dyddiad, felly aeth at y darganfyddwr, neu cafodd y sawl sy’n rhoi cynnig arno ei atgoffa.
record-overdue-2 = Mae’n hwyr ers deg diwrnod gwaith, felly aeth un lefel i fyny.
record-overdue-3 = Mae’n hwyr ers ugain diwrnod gwaith, felly cafodd ei roi i bennaeth y cyfan.
record-why-asked = Mae’r sawl a ddaeth ag ef wedi gofyn pam mae’r dyddiad wedi mynd heibio.
record-under-review = Mae’r sawl a ddaeth ag ef wedi gofyn i rywun arall edrych ar yr ateb. Nid yw’r sawl a’i hatebodd yn penderfynu arno eto.
record-open-again = Na oedd yr ateb, ac mae ar agor eto am fod rhywbeth newydd ers hynny.
record-reviewed-answer = Yr ateb cyn hynny
record-button-reply = Ymateb i’r cwestiwn
record-button-answer = Ateb hwn
record-button-ask-why = Gofyn pam mae’n hwyr
record-button-lines = Ysgrifennu’r tair llinell
record-button-hours = Dweud faint o oriau a gawsoch
record-act-reply = Ymateb i’r cwestiwn
record-act-answer = Ei ateb
record-act-ask-why = Gofyn pam mae’n hwyr
record-act-lines = Ysgrifennu’r tair llinell
record-act-hours = Dweud faint o oriau a gawsoch
record-act-object = Gwrthwynebu’r ateb a deipiwyd ar eich rhan
record-act-ask-review = Gofyn i rywun arall edrych ar yr ateb
record-act-take-over = Ei gymryd drosodd fel darganfyddwr
record-act-come-back = Dweud bod yr hyn y mae’n aros amdano wedi digwydd
record-act-reopen = Ei agor eto, am fod rhywbeth newydd
record-act-ask = Gofyn rhywbeth i’r sawl a ddaeth ag ef
record-act-date = Rhoi dyddiad newydd a dweud pam
record-act-meeting = Teipio ateb a benderfynwyd mewn cyfarfod
record-act-news = Ysgrifennu sut mae pethau
record-act-was-answer = Dweud ai ateb oedd hwn
record-act-interest = Dweud bod gennych fuddiant ynddo
record-act-who-sees = Newid pwy all ei weld
record-act-withdraw = Ei dynnu’n ôl
record-done-answered = Nid oes angen ateb arno mwyach. Mae ei sefyllfa isod.
record-done-told = Anfonwyd.
record-done-go = Mae eich ateb gyda’r sawl a ddaeth ag ef: rhowch gynnig arno.
record-done-not-now = Mae eich ateb gyda’r sawl a ddaeth ag ef: ddim nawr. Daw yn ôl ohono’i hun.
record-done-stop = Mae eich ateb gyda’r sawl a ddaeth ag ef: na, gyda’ch rheswm.
record-done-send-on = Mae wedi’i anfon ymlaen, ac nid oes rhaid i chi ei ateb mwyach.
record-done-reply = Mae eich ymateb wedi’i anfon.
record-done-answer = Mae eich ateb wedi’i anfon.
record-done-ask-why = Rydych wedi gofyn pam. Bydd y sawl sydd ag ef yn gweld hynny gyntaf.
record-done-lines = Diolch. Mae’r tair llinell ar y cofnod.
record-done-hours = Diolch. Mae eich oriau ar y cofnod.
record-done-object = Mae eich gwrthwynebiad ar y cofnod, ac nid yw’r ateb yn sefyll.
record-done-ask-review = Gofynnoch i rywun arall edrych arno. Isod gwelwch pwy, ac erbyn pryd y byddant yn ateb.
record-done-take-over = Gyda chi y mae nawr. Mae’r dyddiad yn aros yr un fath.
record-done-come-back = Mae yn ôl, ac mae dyddiad newydd ar gyfer ateb.
record-done-reopen = Mae ar agor eto. Isod gwelwch pwy fydd yn ateb, ac erbyn pryd.
record-done-ask = Mae eich cwestiwn wedi’i anfon. Mae eich amser eich hun yn aros nes daw ymateb.
record-done-date = Mae’r dyddiad newydd a’ch rheswm ar y cofnod.
record-done-meeting = Mae ateb y cyfarfod ar y cofnod. Dywedir wrth y sawl a benderfynodd, a gall wrthwynebu.
record-done-news = Mae eich newyddion ar y cofnod.
record-done-was-answer = Diolch am ddweud.
record-done-interest = Mae eich buddiant ar y cofnod, ac mae gyda rhywun arall nawr.
record-done-who-sees = Mae wedi’i nodi pwy all ei weld. Bydd mwy o bobl yn ei weld pan fydd y ddau wedi dweud hynny.
record-done-withdraw = Rydych wedi ei dynnu’n ôl.

# Masking words
mask-title = Cuddio geiriau
mask-text = Gellir cuddio am byth eiriau na ddylai sefyll yma: saif marc yn eu lle, ble bynnag y maent yn y cofnod hwn, mewn sylwadau arno ac yn yr hyn a adroddwyd amdano, ac ni all neb eu darllen eto. Mae’r hanes yn dweud mai chi a wnaeth hynny, a pham, ond nid beth a guddiwyd.
mask-problem-text = Gellir cuddio am byth eiriau na ddylai sefyll yma: saif marc yn eu lle ym mhopeth y mae’r broblem hon yn ei ddweud ac wedi’i ddweud, ac ni all neb eu darllen eto. Cedwir am byth mai chi a wnaeth hynny, a pham, ond nid beth a guddiwyd. Mae’r hyn a ddywed am arian, a ble y’i cyhoeddwyd, yn aros.
mask-shared-text = Gellir cuddio am byth eiriau na ddylai sefyll yma: saif marc yn eu lle ym mhopeth y mae’r testun hwn yn ei ddweud ac wedi’i ddweud, ym mhob ateb a roddwyd gydag ef ac yn yr hyn a adroddwyd am y rheini, ac ni all neb eu darllen eto. Cedwir am byth mai chi a wnaeth hynny, a pham, ond nid beth a guddiwyd.
mask-words = Pa eiriau na ddylai sefyll yma?
mask-words-hint = Pob enw, rhif neu grŵp o eiriau ar linell ei hun. Mae’r hyn sy’n edrych fel enw neu rif wedi’i lenwi’n barod: tynnwch yr hyn a gaiff aros.
mask-words-empty = Teipiwch y geiriau na ddylai sefyll yma
mask-words-many = Teipiwch ddim mwy nag 20 llinell. Gallwch guddio rhagor wedyn
mask-words-short = Rhaid i bob llinell gynnwys o leiaf ddwy lythyren neu rif
mask-words-nowhere = Nid yw’r un o’r geiriau hyn yn y cofnod hwn nac mewn sylw arno. Teipiwch nhw fel y maent yno
mask-words-not-here = Nid yw’r un o’r geiriau hyn yma. Teipiwch nhw fel y maent
mask-because = Pam?
mask-because-person = Maent yn dweud pwy yw rhywun
mask-because-private = Maent am iechyd, troseddau neu fywyd preifat rhywun
mask-because-harm = Maent yn erbyn y gyfraith neu’n gwneud niwed
mask-because-empty = Dywedwch pam
mask-sure-title = Fel hyn y byddai’n sefyll
mask-sure-answers = Mae’r atebion a roddwyd gydag ef yn newid yn yr un modd.
mask-sure-reports = { $count ->
    [one] Mae’r geiriau hyn mewn 1 adroddiad. Maent yn mynd ohono hefyd. Nid yw’n cael ei ddangos yma.
   *[other] Mae’r geiriau hyn mewn { $count } adroddiad. Maent yn mynd ohonynt hefyd. Nid ydynt yn cael eu dangos yma.
}
mask-sure-text = Mae’r geiriau’n mynd am byth. Maent yn dal i fod mewn negeseuon a anfonwyd eisoes.
mask-button = Eu cuddio am byth
mask-mark = [wedi’i guddio]
mask-field-title = Teitl
mask-field-problem = Y broblem
mask-field-solution = Yr ateb i’r broblem
mask-field-answer = Yr ateb
mask-field-would-change = Beth fyddai’n newid yr ateb
mask-field-awaited = Beth y mae’n aros amdano
mask-field-question = Cwestiwn
mask-field-reply = Ymateb
mask-field-why = Rheswm
mask-field-did = Beth a wnaed
mask-field-changed = Beth a newidiodd
mask-field-news = Newyddion
mask-field-meeting = Cyfarfod
mask-field-details = Manylion
mask-field-budget = Cyllideb
mask-field-comment = Sylw
mask-field-credit = Yr enw arno
