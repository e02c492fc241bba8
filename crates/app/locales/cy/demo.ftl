# Yr arddangosiad.
demo-sign-in = Mae popeth yma’n ddychmygol. Mewngofnodwch fel un o’r bobl hyn, gyda’r cyfrinair “{ $password }”.
