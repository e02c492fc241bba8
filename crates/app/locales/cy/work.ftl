# Fy ngwaith.
work-nav = Fy ngwaith
work-title = Fy ngwaith
work-more = Mae mwy nag y mae lle iddo ar y dudalen hon: mae’n dangos y { $count } cyntaf o bob math, ac mae’r cyfan yn y ffeiliau ar ei diwedd.
work-more-all = Y cyfan fel tabl (CSV)
work-waiting = Yn aros amdanoch chi
work-nothing-waits = Does dim yn aros amdanoch chi.
work-to-take-over = Cewch gymryd drosodd
work-brought = Yr hyn a ddywedoch
work-also-told = { $count ->
    [one] Dywedodd un person arall hyn hefyd.
   *[other] Dywedodd { $count } arall hyn hefyd.
}
work-held = Anfonwyd yn { $place }: mae person yn ei ddarllen yn gyntaf, erbyn { $date }
work-brought-none = Nid ydych wedi dweud syniad na phroblem eto.
work-later = Gyda chi, ond mae amser
work-look = Edrych ymhellach
work-all = Pob syniad a phroblem
work-late-at = Beth sy’n hwyr yn { $place }
work-due = Erbyn { $date }
work-due-late = Erbyn { $date }. Roedd disgwyl hyn ar { $since }.
work-no-day = Pan fydd gennych eiliad
work-take-over-line = Gyda { $owner }. Cewch ei gymryd drosodd tan { $date }.
work-act-reply = Ymateb i gwestiwn
work-act-read-held = Darllenwch hwn yn gyntaf
work-act-answer = Ateb hwn
work-act-lines = Ysgrifennu’r tair llinell
work-act-hours = Dweud faint o oriau a gawsoch
work-act-object = Gwirio’r ateb a deipiwyd ar eich rhan
work-review = Ail olwg: y sawl a ddaeth ag ef a ofynnodd amdani.
work-act-was-answer = Dweud ai ateb oedd hwn
work-act-who-sees = Dweud a gaiff mwy o bobl weld hyn
work-column-part = O dan
work-column-act = Beth i’w wneud
work-column-reference = Cyfeirnod
work-column-title = Teitl
work-column-due = Erbyn
work-column-is-late = Hwyr
work-column-line = Rhagor
work-column-link = Dolen
