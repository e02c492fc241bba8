# The demonstration.
demo-sign-in = Everything here is made up. Sign in as one of these people, with the password “{ $password }”.
