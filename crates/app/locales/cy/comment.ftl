# Sylwadau ar gofnod.
comment-title = Sylwadau
comment-none = Does neb wedi dweud dim eto.
comment-write = Dweud rhywbeth amdano
comment-write-hint = Gall pawb sy’n gweld y cofnod hwn ei ddarllen, gyda’ch enw. Gan y sawl sydd â’r cofnod y daw ateb, nid o fan hyn. Peidiwch ag enwi cleifion, disgyblion na phobl eraill.
comment-button = Ychwanegu’r sylw hwn
comment-take-back = Tynnu’n ôl eich sylw o { $when }
comment-done = Mae eich sylw wedi’i dynnu’n ôl, a’i eiriau wedi’u dileu.
missing-comment = Ysgrifennwch rywbeth yn gyntaf
