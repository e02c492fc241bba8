//! `waymark admin`: what whoever has the machine may do without signing in.

use crate::command::Done;
use crate::database::open;
use crate::settings::Settings;
use clap::Subcommand;
use std::io::Write as _;
use waymark_app::people::account::{Mail, NewPerson};
use waymark_app::people::factor_reset;
use waymark_app::people::start;
use waymark_app::{Actor, Ctx, Error};
use waymark_domain::text::{Language, Line};

/// An act of whoever has the machine.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Make an administrator at the root, and print the link by which they choose a password.
    Create {
        /// The work mail.
        mail: String,
        /// The name.
        name: String,
    },
    /// Take somebody's second factor away, who then sets up another: for an administrator who is alone and has lost theirs.
    ResetSecondFactor {
        /// The work mail.
        mail: String,
    },
    /// Print a link by which somebody chooses a new password: it works once, for an hour.
    ResetLink {
        /// The work mail.
        mail: String,
    },
}

/// Does it and prints what came of it.
pub async fn admin(settings: &Settings, admin: &Admin) -> Done {
    let env = open(settings).await?;
    let mut ctx = Ctx::write(&env, Actor::Console).await?;
    let done = act(&mut ctx, admin).await;
    let said = done.map_err(|error| in_words(&error))?;
    ctx.commit().await?;
    env.db.close().await;
    writeln!(std::io::stdout(), "{said}")?;
    Ok(())
}

async fn act(ctx: &mut Ctx<'_, waymark_app::Write>, admin: &Admin) -> Result<String, Error> {
    match admin {
        Admin::Create { mail, name } => {
            let mail = parsed(mail)?;
            let name = Line::parse(name).map_err(|_| Error::field("name", "problem-malformed"))?;
            let person = NewPerson { name, mail: mail.clone(), language: Language::En, external_id: None };
            start::create_administrator(ctx, &person).await?;
            start::reset_link(ctx, &mail).await
        }
        Admin::ResetSecondFactor { mail } => {
            factor_reset::by_console(ctx, &parsed(mail)?).await?;
            Ok("The second factor is taken away. At the next sign-in the password is enough to set up another.".to_owned())
        }
        Admin::ResetLink { mail } => start::reset_link(ctx, &parsed(mail)?).await,
    }
}

fn parsed(mail: &str) -> Result<Mail, Error> {
    Mail::parse(mail).map_err(|_| Error::field("mail", "problem-malformed"))
}

fn in_words(error: &Error) -> String {
    match error {
        Error::NotFound => {
            "nobody has that mail or such a thing, or the first run is not done yet".to_owned()
        }
        Error::Invalid(problems) => {
            let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
            format!("this cannot be taken, or somebody has it already: {}", fields.join(", "))
        }
        other => other.to_string(),
    }
}
