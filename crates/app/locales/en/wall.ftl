# The sheets for the wall.
wall-title = You said, we did
wall-said = You said
wall-did = What became of it
wall-done = We did
wall-waiting = Still waiting
wall-with = With whom
wall-until = Until
wall-empty = Nothing was told here yet. Be the first.
wall-tell = Tell us what would work better
wall-tell-lead = Point your phone here. Three minutes, and a person with a name answers by a date.
wall-code = QR code of the form for this place
wall-print = Print this page: it fits on A4 in black and white.
wall-poster-title = What would work better?
wall-stage-kept = Tried and kept
wall-stage-done = Done by those who said it
wall-stage-dropped = Tried and dropped
wall-stage-stopped = Answered: no, with a reason
