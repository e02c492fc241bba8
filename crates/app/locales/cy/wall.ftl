# Y taflenni ar gyfer y wal.
wall-title = Chi’n dweud, ni’n gwneud
wall-said = Dywedoch chi
wall-did = Beth ddaeth ohono
wall-done = Gwnaethom ni
wall-waiting = Yn dal i aros
wall-with = Gan bwy
wall-until = Tan
wall-empty = Ni ddywedwyd dim yma eto. Byddwch y cyntaf.
wall-tell = Dywedwch wrthym beth fyddai’n gweithio’n well
wall-tell-lead = Pwyntiwch eich ffôn yma. Tair munud, a bydd person ag enw yn ateb erbyn dyddiad.
wall-code = Cod QR y ffurflen ar gyfer y lle hwn
wall-print = Argraffwch y dudalen hon: mae’n ffitio ar A4 mewn du a gwyn.
wall-poster-title = Beth fyddai’n gweithio’n well?
wall-stage-kept = Wedi’i brofi a’i gadw
wall-stage-done = Wedi’i wneud gan y rhai a’i dywedodd
wall-stage-dropped = Wedi’i brofi a’i ollwng
wall-stage-stopped = Ateb: na, gyda rheswm
