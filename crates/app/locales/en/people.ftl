account-mail-taken = Somebody has an account with this address already. Sign in, or ask for a new password.
