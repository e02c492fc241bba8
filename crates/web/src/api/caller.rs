//! Who calls: by a token and nothing else. A cookie is not looked at, so no other site can have a browser act here.

use super::problem::Fault;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION};
use axum::http::{HeaderMap, StatusCode};
use waymark_app::people::tokens::{self, Bearer, Scope};
use waymark_app::words::Lang;
use waymark_app::{Actor, Ctx, Env, Error, Read, Result};

/// Who calls, with a snapshot to read from.
///
/// # Errors
/// [`Fault::Case`] of [`Error::SignInFirst`] without a token that is good; that the token may not do this, or was made
/// without a second factor that its person needs.
pub async fn known<'e>(
    env: &'e Env,
    headers: &HeaderMap,
    scope: Scope,
) -> Result<(Ctx<'e, Read>, Bearer), Fault> {
    let secret = secret(headers).ok_or(Error::SignInFirst)?;
    let mut ctx = Ctx::read(env, Actor::Nobody).await?;
    let bearer = tokens::resume(&mut ctx, secret).await?.ok_or(Error::SignInFirst)?;
    if bearer.is_weak {
        return Err(Fault::Bare(StatusCode::FORBIDDEN, "factor"));
    }
    if !bearer.scopes().contains(&scope) {
        return Err(Fault::Bare(StatusCode::FORBIDDEN, "scope"));
    }
    if !bearer.is_stale {
        return Ok((ctx, bearer));
    }
    let actor = ctx.actor;
    // Given back first: requests that each hold one connection and want a second one wait for each other.
    drop(ctx);
    match touch(env, (actor, &bearer)).await {
        // Where nothing can be written just now, one can still read; the next request notes it.
        Err(Error::Unavailable(_) | Error::Full(_)) => {}
        done => done?,
    }
    Ok((Ctx::read(env, actor).await?, bearer))
}

async fn touch(env: &Env, (actor, bearer): (Actor, &Bearer)) -> Result<()> {
    let mut ctx = Ctx::write(env, actor).await?;
    tokens::touch(&mut ctx, bearer).await?;
    ctx.commit().await.map(drop)
}

/// The token of the one header that carries it. In an address it would be in histories and logs.
fn secret(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// The language of an answer: the one that the request asks for, else the person's.
pub fn language(asked: Lang, headers: &HeaderMap, bearer: &Bearer) -> Lang {
    if headers.contains_key(ACCEPT_LANGUAGE) { asked } else { bearer.language }
}

/// Can the request take JSON?
///
/// # Errors
/// [`Fault::Bare`] of 406.
pub fn takes_json(headers: &HeaderMap) -> Result<(), Fault> {
    let accepted: Vec<&str> = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|all| all.split(','))
        .collect();
    let is_json = |one: &&str| {
        let kind = one.split(';').next().unwrap_or_default().trim();
        ["*/*", "application/*", "application/json"].iter().any(|own| kind.eq_ignore_ascii_case(own))
    };
    if accepted.is_empty() || accepted.iter().any(is_json) {
        return Ok(());
    }
    Err(Fault::Bare(StatusCode::NOT_ACCEPTABLE, "not-acceptable"))
}
