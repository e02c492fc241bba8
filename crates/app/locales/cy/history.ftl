# Beth ddigwyddodd i gofnod.
history-title = Hanes { $title }
history-when = { $date }, { $time }
history-told = Anfonwyd at { $name }, a fydd yn ateb erbyn { $date }
history-done = Rhestrwyd fel rhywbeth a wnaed yma
history-rehomed = Sefydliad arall sy’n ei drin o hyn ymlaen; mae’r dyddiad yn aros
history-taken-up = { $name } sy’n gofalu am y tair llinell
history-overdue-1 = Collwyd y dyddiad. Mae gyda { $name } nawr, tan { $date }
history-overdue-2 = Hwyr ers deg diwrnod gwaith. Un lefel i fyny at { $name }, tan { $date }
history-overdue-3 = Hwyr ers ugain diwrnod gwaith. Rhoddwyd i { $name }, tan { $date }
history-answered = Atebwyd: { $answer }
history-sent-on = Anfonwyd ymlaen at { $name }, a fydd yn ateb erbyn { $date }
history-objected = Gwrthwynebwyd: nid yw’r ateb a deipiwyd yn sefyll. Bydd { $name } yn ateb erbyn { $date }
history-review-asked = Gofynnwyd i rywun arall edrych ar yr ateb. Bydd { $name } yn ateb erbyn { $date }
history-reviewed = Atebwyd ar ôl ail olwg: { $answer }
history-try-ended = Ysgrifennwyd tair llinell: { $outcome }
history-passed-taken-over = Cymerwyd drosodd gan { $name }, a fydd yn ateb erbyn { $date }
history-passed-away = Rhoddwyd i { $name } oherwydd absenoldeb. Y dyddiad yw { $date }
history-passed-role-ended = Rhoddwyd i { $name } am fod rôl wedi dod i ben. Y dyddiad yw { $date }
history-passed-interest = Rhoddwyd i { $name } oherwydd buddiant. Y dyddiad yw { $date }
history-passed-node-moved = Rhoddwyd i { $name } am fod y sefydliad wedi newid. Y dyddiad yw { $date }
history-passed-missed = Rhoddwyd i { $name } am fod y dyddiad wedi’i golli. Y dyddiad yw { $date }
history-passed-came-back = Yn ôl o ddim nawr. Bydd { $name } yn ateb erbyn { $date }
history-asked = Gofynnwyd cwestiwn i’r sawl a ddaeth ag ef
history-opening-asked = Wedi gofyn am agor yr enw cudd
history-name-opened = Agorwyd yr enw cudd gan { $first } a { $second } gyda’i gilydd
history-name-given = Rhoddodd { $name } eu henw arno
history-masked-person = Cuddiwyd geiriau sy’n dweud pwy yw rhywun
history-masked-private = Cuddiwyd geiriau am fywyd preifat rhywun
history-masked-harm = Cuddiwyd geiriau sydd yn erbyn y gyfraith neu’n gwneud niwed
history-added = Wedi dweud yr un peth, ac wedi ychwanegu’r geiriau hyn
history-replied = Ymatebwyd
history-nothing-to-add = Dim i’w ychwanegu
history-pause-ended = Ni ddaeth ymateb mewn pryd: penderfynir ar sail yr hyn sydd yno
history-judged-yes = Dywedwyd: ateb oedd hwn
history-judged-no = Dywedwyd: nid ateb oedd hwn
history-why-asked = Gofynnwyd pam mae’r dyddiad wedi mynd heibio
history-date-moved = Rhoddwyd dyddiad newydd: { $date }
history-interest-declared = Mae gan { $name } fuddiant ynddo
history-hours-confirmed = Cafwyd { $hours ->
    [one] 1 awr
   *[other] { $hours } awr
}
history-news = Ysgrifennwyd sut mae pethau
history-sight-offered = Mae { $name } yn dymuno i fwy o bobl allu ei weld: { $to }
history-sight-set = Dywedodd { $name } pwy all ei weld: { $to }
history-sight-both = Dywedodd { $name } a { $other } y gall mwy o bobl ei weld: { $to }
history-withdrawn = Tynnwyd yn ôl
