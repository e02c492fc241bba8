//! Which column of a file holds what: proposed from the headings, corrected by the reader.

use super::id;
use crate::components::{Button, Select};
use crate::failure::Outcome;
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;
use waymark_app::import::batch::{self, Batch, State};
use waymark_app::import::columns::{Field, MapProblem, Mapping};
use waymark_app::import::read::Sheet;
use waymark_app::import::said;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::text_with;
use waymark_app::{Ctx, Result};

/// The most characters of an example of what a column holds.
const EXAMPLE_CHARS: usize = 60;
/// The value of a field that no column holds.
const NONE: &str = "none";

/// The page on which columns are matched.
#[derive(Debug, Template)]
#[template(path = "pages/import/columns.html")]
struct ColumnsPage {
    layout: Layout,
    lead: String,
    action: String,
    fields: Vec<Select>,
    button: Button,
}

/// `GET /import/{file}/columns`
pub async fn get(visitor: Visitor, Path(file): Path<String>) -> Outcome {
    let file = id(&file).map_err(visitor.fails())?;
    shown(&visitor, file, None).await.map_err(visitor.fails())
}

/// `POST /import/{file}/columns`
pub async fn post(visitor: Visitor, Path(file): Path<String>, form: Form) -> Outcome {
    let file = id(&file).map_err(visitor.fails())?;
    said_anew(&visitor, file, &form).await.map_err(visitor.fails())
}

async fn said_anew(visitor: &Visitor, file: Uuid, form: &Form) -> Result<Response> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    let found = batch::find(&mut ctx, file).await?;
    let pairs: Vec<(Field, usize)> = found
        .kind()
        .fields()
        .iter()
        .filter_map(|field| Some((*field, form.value(field.name()).parse().ok()?)))
        .filter(|(_, place)| *place < found.columns.len())
        .collect();
    let twice = pairs
        .iter()
        .enumerate()
        .find(|(at, (_, place))| pairs.iter().take(*at).any(|(_, earlier)| earlier == place));
    if let Some((_, (field, place))) = twice {
        let problem = MapProblem::Twice { name: found.columns[*place].clone() };
        drop(ctx);
        let words = said::mapping(visitor.lang, &problem);
        return shown(visitor, file, Some((form, (field.name().to_owned(), words)))).await;
    }
    batch::remap(&mut ctx, file, &Mapping::of(found.kind(), pairs)).await?;
    ctx.commit().await?;
    Ok(Redirect::to(&Route::ImportFile { file }.to_string()).into_response())
}

async fn shown(visitor: &Visitor, file: Uuid, wrong: Option<(&Form, (String, String))>) -> Result<Response> {
    let (mut ctx, me) = visitor.read_as_member().await?;
    let found = batch::find(&mut ctx, file).await?;
    let route = Route::ImportFile { file }.to_string();
    if found.state != State::Staged {
        return Ok(Redirect::to(&route).into_response());
    }
    let page = page_of(visitor, (&mut ctx, &me), &found, wrong.as_ref()).await?;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page::answer(status, &page, visitor.lang))
}

async fn page_of<K>(
    visitor: &Visitor,
    (ctx, me): (&mut Ctx<'_, K>, &Me),
    found: &Batch,
    wrong: Option<&(&Form, (String, String))>,
) -> Result<ColumnsPage> {
    let sheet = batch::sheet(ctx, found).await?;
    let problems = wrong.map(|(_, problem)| problem.clone()).into_iter().collect();
    let layout = visitor
        .layout(Some(me), visitor.text("import-mapping-title"))
        .back(Route::Import.to_string())
        .problems(problems);
    let chosen = |field: Field| match wrong {
        Some((form, _)) => form.value(field.name()).to_owned(),
        None => found.mapping.place(field).map_or_else(|| NONE.to_owned(), |place| place.to_string()),
    };
    let fields = found
        .kind()
        .fields()
        .iter()
        .map(|field| {
            select(visitor, (found, &sheet), (*field, chosen(*field))).error(layout.problem(field.name()))
        })
        .collect();
    let file = [("file", found.file_name.clone().into())];
    Ok(ColumnsPage {
        lead: text_with(visitor.lang, "import-mapping-lead", &file),
        action: Route::ImportColumns { file: found.id }.to_string(),
        fields,
        button: Button::new(visitor.text("import-mapping-go")),
        layout,
    })
}

fn select(visitor: &Visitor, (found, sheet): (&Batch, &Sheet), (field, chosen): (Field, String)) -> Select {
    let name = visitor.text(&format!("import-field-{}", field.name()));
    let is_needed = found.kind().required().contains(&field);
    let needed = || text_with(visitor.lang, "import-mapping-needed", &[("field", name.clone().into())]);
    let none = (NONE.to_owned(), visitor.text("import-mapping-none"));
    let columns = found.columns.iter().enumerate().map(|(place, column)| (place.to_string(), column.clone()));
    let label = if is_needed { needed() } else { name.clone() };
    let select = Select::new(field.name(), label, std::iter::once(none).chain(columns));
    let example = chosen.parse().ok().and_then(|place| example(sheet, place));
    let select = match example {
        Some(example) => {
            let values = [("example", example.into())];
            select.hint(text_with(visitor.lang, "import-mapping-example", &values))
        }
        None => select,
    };
    select.value(chosen)
}

/// The first thing that a column holds, cut short.
fn example(sheet: &Sheet, place: usize) -> Option<String> {
    let first =
        sheet.rows.iter().filter_map(|row| row.cells.get(place)).find(|cell| !cell.trim().is_empty())?;
    let words = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = words.chars().take(EXAMPLE_CHARS).collect();
    Some(if cut.len() < words.len() { format!("{cut}…") } else { cut })
}
