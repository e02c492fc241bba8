//! Style sheet, script and icon, embedded in the binary and named by the hash of their bytes, so that a browser
//! may keep them for ever and a new release is a new address.

use axum::Router;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// How long a browser keeps a fingerprinted file: a year, the longest that caches are asked to honour.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// One embedded file in the three encodings that browsers ask for.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its fingerprinted path on this server.
    pub path: &'static str,
    content_type: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

/// Path of the one style sheet.
pub const fn style_path() -> &'static str {
    STYLE.path
}

/// Path of the one optional script.
pub const fn script_path() -> &'static str {
    SCRIPT.path
}

/// Path of the icon.
pub const fn icon_path() -> &'static str {
    ICON.path
}

/// Routes that serve the files.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    [STYLE, SCRIPT, ICON].into_iter().fold(Router::new(), |router, asset| {
        router.route(asset.path, get(move |headers: HeaderMap| async move { asset.answer(&headers) }))
    })
}

impl Asset {
    fn answer(self, asked: &HeaderMap) -> Response {
        let (encoding, bytes) = self.best_encoding(asked);
        let mut response = bytes.into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        headers.insert(CACHE_CONTROL, FOR_EVER);
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    fn best_encoding(self, asked: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
        if accepts(asked, "br") {
            (Some("br"), self.brotli)
        } else if accepts(asked, "gzip") {
            (Some("gzip"), self.gzip)
        } else {
            (None, self.plain)
        }
    }
}

/// Whether the client takes an encoding: named and not with the weight nought (RFC 9110, 12.5.3).
fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    let values = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|offer| {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, "q=1"));
        let refused = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt;

    use super::*;

    async fn get_with(path: &str, encodings: &str) -> Response {
        let request = Request::get(path).header(ACCEPT_ENCODING, encodings).body(Body::empty()).unwrap();
        routes::<()>().oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn a_browser_gets_the_smallest_encoding_it_takes_and_keeps_it() {
        let response = get_with(style_path(), "gzip, deflate, br").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_ENCODING], "br");
        assert_eq!(response.headers()[CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(response.headers()[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        assert_eq!(to_bytes(response.into_body(), usize::MAX).await.unwrap(), STYLE.brotli);
    }

    #[tokio::test]
    async fn an_encoding_of_weight_nought_is_not_sent() {
        let response = get_with(script_path(), "br;q=0, gzip;q=0.5").await;
        assert_eq!(response.headers()[CONTENT_ENCODING], "gzip");
        let response = get_with(icon_path(), "br; q=0.0").await;
        assert_eq!(response.headers().get(CONTENT_ENCODING), None);
    }

    #[test]
    fn the_assets_of_a_first_visit_fit_its_budget() {
        // 40 KB in all, of which a page may take 10 and its headers 2.
        let bytes: usize = [STYLE, SCRIPT, ICON].iter().map(|asset| asset.brotli.len()).sum();
        assert!(bytes < 28_000, "{bytes} bytes");
    }

    #[test]
    fn the_style_sheet_has_no_face_crest_or_blue_of_another_body() {
        let css = String::from_utf8_lossy(STYLE.plain).to_lowercase();
        for foreign in ["transport", "url(", "#1d70b8", "#1a65a6"] {
            assert!(!css.contains(foreign), "{foreign}");
        }
        assert!(css.contains("background-color:#fd0;background-color:var(--govuk-focus-colour"));
    }
}
