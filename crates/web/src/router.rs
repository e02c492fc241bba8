//! Which handler answers which address, and the layers around all of them.

use crate::api;
use crate::assets;
use crate::failure::nowhere;
use crate::form::FORM_BYTES;
use crate::layers::first_run::{self, FirstRun};
use crate::layers::overload::{Gate, Sizes};
use crate::layers::{drain, headers, language, log, overload, refused, signed_out};
use crate::pages;
use crate::visitor::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use std::sync::Arc;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use waymark_app::Env;
use waymark_app::routes::pattern;

/// The whole service over a world.
pub fn router(env: Arc<Env>) -> Router {
    sized(env, Sizes::default())
}

/// The same with a gate of another size.
pub fn sized(env: Arc<Env>, sizes: Sizes) -> Router {
    let is_https = env.config.origin.starts_with("https://");
    let app = App { env };
    let pages = rooms()
        .layer(from_fn_with_state(app.clone(), signed_out::keep))
        .layer(from_fn_with_state(FirstRun::of(&app), first_run::lead))
        .layer(tower_http::csrf::CsrfLayer::new())
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(app.clone(), refused::page))
        .layer(from_fn_with_state(Arc::clone(&app.env), language::remember));
    // Programs send no cookies, are led to no page and read no page: what is around pages is not around them.
    let programs = api::routes()
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(app.clone(), api::refused));
    let routes = pages
        .merge(programs)
        .layer(from_fn(drain::rest))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(Gate::new(app.clone(), sizes), overload::gate))
        .layer(from_fn_with_state(Arc::clone(&app.env), log::log))
        .with_state(app);
    headers::layered(routes, is_https)
}

/// Every address, room by room.
fn rooms() -> Router<App> {
    Router::new()
        .merge(assets::routes())
        .route(pattern::Home, get(pages::home::get))
        .route(pattern::Privacy, get(pages::about::privacy))
        .route(pattern::Accessibility, get(pages::about::accessibility))
        .route(pattern::Api, get(pages::api::get))
        .route(pattern::Live, get(pages::health::live))
        .route(pattern::Ready, get(pages::health::ready))
        .merge(route())
        .merge(lists())
        .merge(pages::find::routes())
        .merge(people())
        .merge(import())
        .merge(account())
        .fallback(nowhere)
}

/// Records, answering them, and what waits for whom.
fn route() -> Router<App> {
    use pages::find::{comments, history, mask, record};
    use pages::route::{act, answer, round, shared, shared_taken, work, work_taken};
    Router::new()
        .route(pattern::Comment, post(comments::post))
        .route(pattern::TakeBackComment, post(comments::take_back))
        .route(pattern::NewsRound, get(round::get).post(round::post))
        .route(pattern::Shared, get(shared::list))
        .route(pattern::SharedTable, get(shared_taken::table))
        .route(pattern::SharedData, get(shared_taken::data))
        .route(pattern::SharedFeed, get(shared_taken::feed))
        .route(pattern::ShareAnswer, get(shared::new).post(shared::write))
        .route(pattern::SharedAnswer, get(shared::get).post(shared::give))
        .route(pattern::RereadShared, get(shared::again).post(shared::reread))
        .route(pattern::MaskShared, get(mask::get_shared).post(mask::post_shared))
        .route(pattern::Record, get(record::get))
        .route(pattern::History, get(history::get))
        .route(pattern::Look, get(pages::people::look::get).post(pages::people::look::post))
        .route(pattern::Answer, get(answer::get).post(answer::post))
        .route(pattern::Act, get(act::get).post(act::post))
        .route(pattern::Work, get(work::get))
        .route(pattern::WorkTable, get(work_taken::table))
        .route(pattern::WorkData, get(work_taken::data))
        .route(pattern::WorkFeed, get(work_taken::feed))
}

/// Lists of records.
fn lists() -> Router<App> {
    use pages::find::{late, late_taken, list, taken};
    Router::new()
        .route(pattern::Ideas, get(list::get))
        .route(pattern::IdeasTable, get(taken::table))
        .route(pattern::IdeasData, get(taken::data))
        .route(pattern::IdeasFeed, get(taken::feed))
        .route(pattern::Place, get(list::place))
        .route(pattern::Late, get(late::get))
        .route(pattern::LateTable, get(late_taken::table))
        .route(pattern::LateData, get(late_taken::data))
        .route(pattern::LateFeed, get(late_taken::feed))
}

/// The first run, signing in, one's own account, administration.
fn people() -> Router<App> {
    use pages::people::{
        admin, admin_node, audit, audit_taken, complaint, elsewhere, keeping, me, new_password, opener,
        own_data, seals, second_factor, sign_in, start, ticket, tokens, waiting,
    };
    Router::new()
        .route(pattern::Start, get(start::get))
        .route(pattern::StartStep, get(start::step).post(start::answer))
        .route(pattern::StartCheck, get(start::check).post(start::found))
        .route(pattern::StartDone, get(start::done))
        .route(pattern::SignIn, get(sign_in::get).post(sign_in::post))
        .route(pattern::Leave, get(elsewhere::leave))
        .route(pattern::Elsewhere, get(elsewhere::back))
        .route(pattern::Code, get(second_factor::code).post(second_factor::show_code))
        .route(pattern::SecondFactor, get(second_factor::get).post(second_factor::begin))
        .route(pattern::SetUpFactor, get(second_factor::set_up).post(second_factor::confirm))
        .route(pattern::RecoveryCodes, get(second_factor::codes).post(second_factor::renew))
        .route(pattern::RemoveFactor, get(second_factor::remove).post(second_factor::removed))
        .route(pattern::ResetFactor, get(admin::reset).post(admin::reset_asked))
        .route(pattern::ResetYes, post(waiting::reset_yes))
        .route(pattern::SignOut, post(sign_in::out))
        .route(pattern::StillThere, post(sign_in::still_there))
        .route(pattern::Forgotten, get(ticket::ask).post(ticket::asked))
        .route(pattern::Ticket, get(ticket::get).post(ticket::post))
        .route(pattern::Me, get(me::get).post(me::post))
        .route(pattern::Sessions, get(me::sessions))
        .route(pattern::EndOwnSessions, get(me::ask_end).post(me::end))
        .route(pattern::Password, get(new_password::get).post(new_password::post))
        .route(pattern::Tokens, get(tokens::get).post(tokens::post))
        .route(pattern::EndToken, post(tokens::end))
        .route(pattern::OwnData, get(own_data::get))
        .route(pattern::OwnDataFile, get(own_data::file))
        .route(pattern::CloseOwn, get(own_data::close).post(own_data::closed))
        .route(pattern::Complaint, get(complaint::get).post(complaint::post))
        .route(pattern::Cover, get(me::cover).post(me::add_cover))
        .route(pattern::EndCover, post(me::end_cover))
        .route(pattern::Admin, get(admin::get))
        .route(pattern::AdminMail, get(admin::mail).post(admin::set_mail))
        .route(pattern::TestMail, post(admin::test_mail))
        .route(pattern::Opener, get(opener::get).post(opener::post))
        .route(pattern::Seals, get(seals::get).post(seals::post))
        .route(pattern::Audit, get(audit::get))
        .route(pattern::AuditTable, get(audit_taken::table))
        .route(pattern::AuditData, get(audit_taken::data))
        .route(pattern::AuditFeed, get(audit_taken::feed))
        .route(pattern::Keeping, get(keeping::all))
        .route(pattern::KeepFor, get(keeping::get).post(keeping::post))
        .route(pattern::Waiting, get(waiting::get))
        .route(pattern::LetIn, post(waiting::let_in))
        .route(pattern::SecondYes, post(waiting::second_yes))
        .route(pattern::AdminPeople, get(admin::people))
        .route(pattern::EndSessions, get(admin::sign_out).post(admin::signed_out))
        .route(pattern::CloseAccount, get(admin::close).post(admin::closed))
        .route(pattern::AdminNode, get(admin_node::get))
        .route(pattern::AddNode, get(admin_node::ask).post(admin_node::act))
        .route(pattern::RenameNode, get(admin_node::ask).post(admin_node::act))
        .route(pattern::MoveNode, get(admin_node::ask).post(admin_node::act))
        .route(pattern::CloseNode, get(admin_node::ask).post(admin_node::act))
        .route(pattern::NodeSettings, get(admin_node::ask).post(admin_node::act))
        .route(pattern::Invite, get(admin_node::ask).post(admin_node::act))
        .route(pattern::EndRole, get(admin_node::ask).post(admin_node::act))
}

/// The figures of nodes.
fn account() -> Router<App> {
    use pages::account::figures;
    Router::new().route(pattern::Figures, get(figures::get)).route(pattern::FigureTable, get(figures::table))
}

/// Bringing in what lies in spreadsheets. A file is larger than any form.
fn import() -> Router<App> {
    use pages::import::{columns, faults, file, start};
    let upload = get(start::get).post(start::post).layer(DefaultBodyLimit::max(start::UPLOAD_BYTES));
    Router::new()
        .route(pattern::Import, upload)
        .route(pattern::ImportFile, get(file::get).post(file::post))
        .route(pattern::ImportColumns, get(columns::get).post(columns::post))
        .route(pattern::ImportFaults, get(faults::get))
}
