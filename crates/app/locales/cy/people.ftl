account-mail-taken = Mae gan rywun gyfrif gyda’r cyfeiriad hwn yn barod. Mewngofnodwch, neu gofynnwch am gyfrinair newydd.
