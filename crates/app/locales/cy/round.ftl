# Y rownd newyddion.
round-title = Rownd newyddion
round-lead = Mae’r rhai a ddywedodd y rhain yn clywed rhywbeth bob deg diwrnod ar hugain o leiaf. Mae llinell neu ddwy yn ddigon. Llenwch yr hyn a allwch, gadewch y gweddill yn wag, ac anfonwch y cyfan ar unwaith.
round-none = Mae pawb wedi cael newyddion yn ddiweddar. Does dim i’w ysgrifennu nawr.
round-line = Dim newyddion ers { $since }. Daw’r deg diwrnod ar hugain i ben ar { $until }.
round-news-of = Sut mae { $reference } yn sefyll?
round-news = Sut mae’n sefyll
round-button = Anfon y newyddion hyn
round-done = Mae eich newyddion ar y cofnodion a lenwoch.
round-link = { $count ->
    [one] Mae 1 cofnod heb newyddion ers bron i ddeg diwrnod ar hugain: ysgrifennwch sut mae’n sefyll
   *[other] Mae { $count } cofnod heb newyddion ers bron i ddeg diwrnod ar hugain: ysgrifennwch sut maent yn sefyll
}
round-problem-gone = Ni ellir ysgrifennu dim ar hwn mwyach: mae wedi symud ymlaen, neu nid chi biau ef. Nid oes dim wedi’i anfon eto. Gwagiwch y blwch hwn, yna anfonwch y lleill
round-problem-empty = Ysgrifennwch sut mae o leiaf un ohonynt yn sefyll
