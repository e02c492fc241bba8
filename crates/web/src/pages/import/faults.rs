//! All faults and notices of a file as CSV, to be worked through beside the file itself.

use super::id;
use crate::failure::Outcome;
use crate::table::{attached, table};
use crate::visitor::Visitor;
use axum::extract::Path;
use uuid::Uuid;
use waymark_app::Result;
use waymark_app::import::batch;
use waymark_app::import::check::check;
use waymark_app::import::said::{self, Line};

/// `GET /import/{file}/faults.csv`
pub async fn get(visitor: Visitor, Path(file): Path<String>) -> Outcome {
    let file = id(&file).map_err(visitor.fails())?;
    let body = csv(&visitor, file).await.map_err(visitor.fails())?;
    Ok(attached("faults.csv", body))
}

async fn csv(visitor: &Visitor, file: Uuid) -> Result<String> {
    let (mut ctx, _) = visitor.read_as_member().await?;
    let found = batch::find(&mut ctx, file).await?;
    let checked = check(&mut ctx, &found).await?;
    let lang = visitor.lang;
    let faults = checked.faults.iter().map(|one| said::fault(lang, one));
    let notices = checked.notices.iter().map(|one| said::notice(lang, one));
    let heads = ["row", "column", "what", "mend"].map(|name| visitor.text(&format!("import-report-{name}")));
    let rows =
        faults.chain(notices).map(|line: Line| [line.row.to_string(), line.column, line.what, line.mend]);
    Ok(table(heads, rows))
}
