# Atebion y mae llawer o gofnodion yn eu cael.
shared-title = Atebion a rennir
shared-lead = Un testun ar gyfer yr hyn a ddywedodd sawl person yw ateb a rennir. Mae pob un yn ei gael fel ei ateb ei hun, ac mae pob cofnod yn dweud ei fod wedi’i rannu. Nid yw’r hyn na chaiff neb ond y rhai sy’n ei drin ei weld yn y niferoedd yma.
shared-none = Does dim un yma eto.
shared-line = { $count ->
    [one] Wedi’i roi i 1 cofnod
   *[other] Wedi’i roi i { $count } cofnod
}. Darllen eto: { $date }.
shared-again = Darllen hwn eto
shared-new-title = Ateb sawl un ar unwaith
shared-new-lead = Dewiswch yr hyn sydd yr un mater, ac ysgrifennwch un ateb na ar gyfer pob un. Bydd pawb a ddywedodd un ohonynt yn ei gael.
shared-new-button = Parhau
shared-none-waits = Does dim yn aros am eich ateb yma y gellid ei ateb gyda’i gilydd. Mae’r hyn sy’n aros am ymateb, neu sydd ag enw cudd, yn cael ei ateb ar ei ben ei hun.
shared-records = Pa rai?
shared-until = Pryd y caiff y testun hwn ei ddarllen eto?
shared-until-hint = Ymhen deuddeg mis ar y mwyaf. Gofynnir i chi bryd hynny a yw’n dal i sefyll.
shared-sure-title = Rydych yn dweud na
shared-sure = { $count ->
    [one] Bydd 1 cofnod yn cael
   *[other] Bydd { $count } cofnod yn cael
} y geiriau hyn. Bydd pawb a ddywedodd un ohonynt yn darllen eich rheswm a beth fyddai’n newid hyn, a gallant ofyn i rywun arall edrych arno.
shared-sure-button = Anfon yr atebion hyn
shared-one-title = Ateb a rennir
shared-fact-owner = Perchennog
shared-fact-until = Darllen eto ar
shared-fact-uses = Rhoddwyd i
shared-uses = { $count ->
    [one] 1 cofnod
   *[other] { $count } cofnod
}
shared-use = Ateb mwy gyda hwn
shared-use-button = Parhau
shared-not-open = Nid oes dim mwy yn cael ei ateb gyda hwn: mae ei ddiwrnod wedi dod, neu fe’i tynnwyd yn ôl.
shared-done-given = Mae eich ateb gyda phawb a ddywedodd un ohonynt.
shared-done-again = Mae’r hyn a benderfynoch am y testun hwn ar ei gofnod.
shared-done-masked = Mae’r geiriau wedi’u cuddio, yma ac yn yr atebion a roddwyd gydag ef.
shared-again-title = A yw’r ateb hwn yn dal i sefyll?
shared-again-lead = Mae’r hyn a atebwyd gydag ef yn aros fel y mae. Mae hyn am yr hyn a atebir o hyn ymlaen.
shared-what = Beth sy’n digwydd iddo?
shared-what-keep = Mae’n sefyll: ei gadw
shared-what-keep-hint = Mae’r geiriau’n aros fel y maent, beth bynnag sydd isod.
shared-what-change = Newid yr hyn mae’n ei ddweud
shared-what-change-hint = Newidiwch y geiriau isod.
shared-what-withdraw = Ei dynnu’n ôl
shared-what-withdraw-hint = Ni chaiff dim mwy ei ateb gydag ef.
shared-again-button = Parhau
shared-problem-records = Dewiswch o leiaf un
shared-problem-not-all = Ni ellir ateb un o’r rhain gyda hwn nawr: mae wedi symud ymlaen, mae’n eiddo i rywun arall, neu mae sefydliad arall yn ei drin. Mae’r rhestr fel y mae nawr. Dewiswch eto
shared-problem-until = Rhowch ddiwrnod o fewn deuddeg mis
shared-problem-what = Dewiswch gadw, newid neu dynnu’n ôl
shared-problem-changed = Newidiodd rhywun hwn tra oeddech yn teipio. Darllenwch ef eto
shared-problem-not-yours = Nid chi sydd i newid hwn, neu fe’i tynnwyd yn ôl
shared-column-words = Yr ateb
shared-column-uses = Rhoddwyd i
shared-column-again = Darllen eto ar
shared-column-link = Dolen
