//! Security headers on every answer.

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::map_response;
use axum::response::Response;

/// What a page may load and where it may send. The hash is that of [`crate::layout::BODY_SCRIPT`].
pub const CONTENT_SECURITY: &str = "default-src 'none'; \
    script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// A year, without sub-domains: those may belong to services that we know nothing of.
const ONLY_HTTPS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// For an answer that is the same for everyone; anything else is not to be stored.
pub const PUBLIC: HeaderValue = HeaderValue::from_static("no-cache");

const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY)),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// Puts the headers on every answer of a router. `is_https`: whether the setting `origin` begins with https.
pub fn layered<S: Clone + Send + Sync + 'static>(router: Router<S>, is_https: bool) -> Router<S> {
    router.layer(map_response(move |mut response: Response| async move {
        set(response.headers_mut(), is_https);
        response
    }))
}

/// Sets the headers. What says nothing about being stored is taken for a page of someone who is signed in: a
/// forgotten header then costs a little speed, not someone's privacy on a shared computer.
pub fn set(headers: &mut HeaderMap, is_https: bool) {
    headers.extend(ALWAYS);
    if is_https {
        headers.insert(STRICT_TRANSPORT_SECURITY, ONLY_HTTPS);
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};
    use waymark_app::words::Lang;

    use super::*;
    use crate::filters;
    use crate::layout::Layout;
    use crate::page::render;

    #[derive(askama::Template)]
    #[template(
        source = "{% extends \"layout.html\" %}{% block content %}<h1>x</h1>{% endblock %}",
        ext = "html"
    )]
    struct Empty {
        layout: Layout,
    }

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::new();
        for chunk in bytes.chunks(3) {
            let three =
                chunk.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
            for place in 0..4 {
                let letter = LETTERS[(three >> (18 - 6 * place) & 63) as usize] as char;
                out.push(if place <= chunk.len() { letter } else { '=' });
            }
        }
        out
    }

    #[test]
    fn the_policy_has_the_hash_of_the_one_line_in_a_rendered_page() {
        let html = render(&Empty { layout: Layout::new(Lang::En, "x") }, Lang::En).unwrap();
        let inline: Vec<_> =
            html.split("<script>").skip(1).filter_map(|rest| rest.split_once("</script>")).collect();
        assert_eq!(inline.len(), 1, "a page has one inline script");
        let hash = base64(&Sha256::digest(inline[0].0));
        assert!(CONTENT_SECURITY.contains(&format!("'sha256-{hash}'")), "{hash}");
    }

    #[test]
    fn only_an_https_origin_is_pinned_to_https() {
        let (mut plain, mut secure) = (HeaderMap::new(), HeaderMap::new());
        set(&mut plain, false);
        set(&mut secure, true);
        assert!(!plain.contains_key(STRICT_TRANSPORT_SECURITY));
        assert!(secure.contains_key(STRICT_TRANSPORT_SECURITY));
        assert_eq!(plain[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(plain[CONTENT_SECURITY_POLICY], CONTENT_SECURITY);
    }

    #[test]
    fn what_says_nothing_about_being_stored_is_not_stored() {
        let mut headers = HeaderMap::new();
        set(&mut headers, false);
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        let mut headers = HeaderMap::from_iter([(CACHE_CONTROL, PUBLIC)]);
        set(&mut headers, false);
        assert_eq!(headers[CACHE_CONTROL], "no-cache");
    }

    #[tokio::test]
    async fn every_answer_of_a_router_has_them() {
        use tower::ServiceExt;
        let request = axum::http::Request::get("/nowhere").body(axum::body::Body::empty()).unwrap();
        let response = layered(Router::<()>::new(), true).oneshot(request).await.unwrap();
        assert_eq!(response.headers()[CONTENT_SECURITY_POLICY], CONTENT_SECURITY);
    }
}
