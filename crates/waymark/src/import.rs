//! `waymark import`: a file comes in from the command line, with the same judge and the same rules as on the page.

use crate::database;
use crate::settings::Settings;
use clap::{Args, ValueEnum};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use waymark_app::import::batch::{self, NewBatch, Outcome};
use waymark_app::import::check::{Checked, check_sheet};
use waymark_app::import::columns::{Kind, Mapping, propose};
use waymark_app::import::limits;
use waymark_app::import::may::node_named;
use waymark_app::import::read::{Hints, Sheet, read};
use waymark_app::import::{apply, progress};
use waymark_app::{Actor, Ctx, Env};
use waymark_domain::ids::NodeId;

/// There are faults: nothing came in, or only the good rows.
const FAULTS: u8 = 2;
/// How often the error output says how far it is.
const SAID_EVERY: Duration = Duration::from_secs(1);

/// What the rows are.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum What {
    /// What people told before.
    Ideas,
    /// Problems and challenges.
    Problems,
    /// Teams, hospitals, schools, offices.
    Organisations,
    /// People with their roles.
    People,
}

impl From<What> for Kind {
    fn from(what: What) -> Self {
        match what {
            What::Ideas => Self::Ideas,
            What::Problems => Self::Problems,
            What::Organisations => Self::Organisations,
            What::People => Self::People,
        }
    }
}

/// Which file comes in, and how.
#[derive(Debug, Clone, Args)]
pub struct Import {
    /// What the rows are.
    what: What,
    /// An .xlsx, CSV or JSON file.
    file: PathBuf,
    /// Which column holds which field: `title=Heading,text=Other heading`; the rest is guessed from the headings.
    #[arg(long, default_value = "")]
    map: String,
    /// Which sheet of a workbook; else the first.
    #[arg(long)]
    sheet: Option<String>,
    /// The organisation that it goes to, by name or identifier; the topmost where nothing is said.
    #[arg(long)]
    at: Option<String>,
    /// Only say what would come in.
    #[arg(long)]
    dry_run: bool,
    /// Leave rows with faults out, instead of keeping out all.
    #[arg(long)]
    good_rows_only: bool,
}

type Failing<T> = Result<T, Box<dyn std::error::Error>>;

/// Brings the file in. Exit code 0: all is in; 2: there were faults; 1: it could not be done.
pub async fn import(settings: &Settings, import: &Import) -> Failing<ExitCode> {
    let env = database::open(settings).await?;
    let done = bring_in(&env, import).await;
    env.db.close().await;
    done
}

async fn bring_in(env: &Env, import: &Import) -> Failing<ExitCode> {
    let sheet = sheet(import)?;
    let mapping = propose(import.what.into(), &sheet.columns).with(&sheet.columns, &import.map)?;
    let mut ctx = Ctx::read(env, Actor::Console).await?;
    let node = node_named(&mut ctx, import.at.as_deref()).await?;
    let checked = check_sheet(&mut ctx, &sheet, (&mapping, node)).await?;
    drop(ctx);
    write!(std::io::stdout(), "{}", checked.report.table())?;
    let is_faulty = !checked.faults.is_empty();
    if import.dry_run || stays_out(import, &checked) {
        writeln!(std::io::stdout(), "Nothing came in.")?;
        return Ok(if is_faulty { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS });
    }
    let outcome = write_rows(env, import, (&sheet, &mapping, node)).await?;
    let Outcome { made, revised, unchanged, left_out, .. } = outcome;
    writeln!(
        std::io::stdout(),
        "New: {made}. Changed: {revised}. As before: {unchanged}. Left out: {left_out}."
    )?;
    Ok(if left_out > 0 { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS })
}

fn stays_out(import: &Import, checked: &Checked) -> bool {
    checked.report.good == 0 || (!checked.faults.is_empty() && !import.good_rows_only)
}

fn sheet(import: &Import) -> Failing<Sheet> {
    let name = import.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let at = |error: std::io::Error| format!("{}: {error}", import.file.display());
    let length = std::fs::metadata(&import.file).map_err(at)?.len();
    if length > u64::try_from(limits::FILE_BYTES)? {
        return Err(waymark_app::import::read::ReadProblem::TooBig { bytes: usize::try_from(length)? }.into());
    }
    let bytes = std::fs::read(&import.file).map_err(at)?;
    Ok(read(&bytes, Hints { name: name.as_deref(), sheet: import.sheet.as_deref() })?)
}

async fn write_rows(
    env: &Env,
    import: &Import,
    (sheet, mapping, node): (&Sheet, &Mapping, NodeId),
) -> Failing<Outcome> {
    let file_name = import.file.file_name().unwrap_or_default().to_string_lossy();
    let mut ctx = Ctx::write(env, Actor::Console).await?;
    let id = batch::stage(&mut ctx, &NewBatch { node, file_name: &file_name, sheet, mapping }).await?;
    apply::begin(&mut ctx, id, import.good_rows_only).await?;
    ctx.commit().await?;
    let mut run = std::pin::pin!(apply::run(env, Actor::Console, id));
    loop {
        tokio::select! {
            done = &mut run => return Ok(done?),
            () = tokio::time::sleep(SAID_EVERY) => {
                if let Some(at) = progress::of(id) {
                    writeln!(std::io::stderr(), "{} of {} rows are written", at.done, at.all)?;
                }
            }
        }
    }
}
