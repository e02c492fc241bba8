# Mewngofnodi, cyfrineiriau, dolenni sy'n gweithio unwaith.
sign-in-title = Mewngofnodi
sign-in-mail = Cyfeiriad e-bost gwaith
sign-in-password = Cyfrinair
sign-in-shared = Cyfrifiadur sy’n cael ei rannu yw hwn
sign-in-shared-hint = Cewch eich allgofnodi ar ôl 15 munud heb ddefnydd.
sign-in-button = Mewngofnodi
sign-in-forgotten = Nid oes gen i gyfrinair, neu rwyf wedi’i anghofio
sign-in-wrong = Gwiriwch y cyfeiriad a’r cyfrinair: nid ydynt yn perthyn i’w gilydd
sign-in-wait = Bu gormod o gynigion. Arhoswch { $minutes ->
    [one] funud
   *[other] { $minutes } munud
 }, yna rhowch gynnig arall arni. Gallwch hefyd ofyn am gyfrinair newydd.
sign-in-forgotten-title = Gofyn am gyfrinair newydd
sign-in-forgotten-text = Byddwn yn anfon e-bost atoch gyda dolen. Mae’n gweithio unwaith, am awr.
sign-in-forgotten-button = Anfon y ddolen
sign-in-sent-title = Edrychwch ar eich e-bost
sign-in-sent = Os oes gan rywun gyfrif gyda’r cyfeiriad hwnnw, mae e-bost gyda dolen ar ei ffordd yno.
sign-in-sent-mend = Os nad oes dim wedi cyrraedd ar ôl deng munud, edrychwch yn y ffolder sothach, gwiriwch y cyfeiriad, neu gofynnwch i bwy bynnag sy’n rhedeg Waymark i chi.
sign-in-welcome-title = Croeso i Waymark
sign-in-welcome = Helo { $name }. Rydych wedi cael gwahoddiad i Waymark gyda’r cyfeiriad { $mail }. Dewiswch gyfrinair ac rydych i mewn.
sign-in-reset-title = Dewiswch gyfrinair newydd
sign-in-reset = Ar gyfer { $name }, { $mail }. Byddwch yn cael eich allgofnodi ym mhob man arall.
sign-in-new-password = Cyfrinair newydd
sign-in-new-password-hint = O leiaf 8 nod. Mae tri neu bedwar gair heb gysylltiad rhyngddynt yn hir ac yn hawdd eu cofio. Gallwch ei ludo.
sign-in-set-password = Cadw a mewngofnodi
sign-in-password-empty = Rhowch gyfrinair
sign-in-password-short = Defnyddiwch 8 nod neu fwy
sign-in-password-long = Defnyddiwch 128 nod neu lai
sign-in-password-common = Dewiswch un arall: mae hwn ymhlith y rhai cyntaf y byddai rhywun yn eu dyfalu
sign-in-password-known = Dewiswch un arall: mae eich enw, eich cyfeiriad e-bost neu Waymark yn hwn
sign-in-confirm-title = Cadarnhewch eich e-bost gwaith
sign-in-confirm = { $name } ydych chi, a { $mail } yw eich e-bost gwaith. Cadarnhewch hyn, a bydd yr hyn a ddywedoch yn mynd at y person a all ei ateb.
sign-in-confirm-button = Ie, fi yw hwn: ei anfon
sign-in-gone-title = Nid yw’r ddolen hon yn gweithio mwyach
sign-in-gone = Mae dolen yn gweithio unwaith ac am amser penodol. Mae hon wedi’i defnyddio neu’n rhy hen.
sign-in-gone-mend = Gofynnwch am un newydd: mae’n cymryd munud.
sign-in-waits-title = Mae eich cyfeiriad wedi’i gadarnhau
sign-in-waits-kept = Mae’r hyn a deipioch wedi’i gadw, ond heb ei anfon eto: nid yw { $place } yn adnabod { $mail } fel cyfeiriad un o’i staff.
sign-in-waits-who = Gall { $names } eich gadael i mewn ag un gwasgiad. Rydym yn ysgrifennu atynt nawr. Maent yn gweld eich enw a’ch cyfeiriad, nid yr hyn a deipioch.
sign-in-waits-then = Yna fe’i hanfonir ar unwaith, a byddwn yn ysgrifennu atoch. Os na fydd neb wedi’ch gadael i mewn erbyn { $day }, gofynnwn i’r bobl ar y brig; ar ôl { $days } diwrnod cewch glywed gennym y naill ffordd neu’r llall.
sign-in-waits-other = Oes gennych chi gyfeiriad gwaith? Ewch yn ôl i’r dudalen lle teipioch ef a chadarnhau hwnnw yn lle: yna fe’i hanfonir ar unwaith.
sign-in-waits-on = Ewch i’r dudalen gyntaf
