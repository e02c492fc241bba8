//! People get an account without a password and the roles of the file. Nobody is mailed: who is to come is invited from
//! the page of people, or asks for a new password by themselves.

use super::Account;
use crate::ctx::{Ctx, Write};
use crate::error::Result;
use crate::import::check::Person;
use crate::people::account::{self, NewPerson};
use crate::people::roles;
use waymark_domain::ids::AccountId;

pub(super) async fn write(
    ctx: &mut Ctx<'_, Write>,
    rows: Vec<Person>,
    (running, outcome): Account<'_>,
) -> Result<()> {
    let language = ctx.language;
    for row in rows {
        let account = if let Some(known) = row.known {
            outcome.revised += usize::from(!row.roles.is_empty());
            outcome.unchanged += usize::from(row.roles.is_empty());
            AccountId(known)
        } else {
            outcome.made += 1;
            let external_id = Some(row.external_id);
            account::create(ctx, &NewPerson { name: row.name, mail: row.mail, language, external_id }).await?
        };
        for role in row.roles {
            roles::grant(ctx, role, row.node, account).await?;
        }
        running.one_more();
    }
    Ok(())
}
