//! A client that goes through the router as a browser would: cookies kept, forms filled in, page rules checked.

use crate::page_rules::page_rules;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;
use tower::ServiceExt;
use waymark_web::failure::urlencoded;

/// The most bytes of an answer that a test reads.
const ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// A browser without script.
#[derive(Debug, Clone)]
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
    site: &'static str,
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Page {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
    /// Where it was asked for.
    pub address: String,
}

impl Client {
    /// A browser that has been nowhere.
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), site: "same-origin" }
    }

    /// The same with a cookie.
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The same as another site would have it send its forms: what browsers say of where a request comes from.
    pub fn sent_from(mut self, site: &'static str) -> Self {
        self.site = site;
        self
    }

    /// Asks for a page. Any HTML must keep the page rules.
    ///
    /// # Panics
    /// Where it does not.
    pub async fn get(&mut self, address: impl ToString) -> Page {
        let address = address.to_string();
        self.send(Request::get(&address).body(Body::empty()).expect("a request"), address).await
    }

    /// Asks by any method, without a body.
    ///
    /// # Panics
    /// Where the answer is HTML that breaks the page rules.
    pub async fn send_method(&mut self, method: &str, address: impl ToString) -> Page {
        let address = address.to_string();
        let request = Request::builder().method(method).uri(&address).body(Body::empty());
        self.send(request.expect("a request"), address).await
    }

    /// Sends fields to an address.
    ///
    /// # Panics
    /// Where the answer is HTML that breaks the page rules.
    pub async fn post(&mut self, address: impl ToString, fields: &[(&str, &str)]) -> Page {
        let address = address.to_string();
        let body = fields.iter().map(|(name, value)| format!("{}={}", urlencoded(name), urlencoded(value)));
        let body = body.collect::<Vec<_>>().join("&");
        self.post_body(address, ("application/x-www-form-urlencoded", body)).await
    }

    /// Sends a body as it is, whatever its kind says.
    ///
    /// # Panics
    /// Where the answer is HTML that breaks the page rules.
    pub async fn post_body(&mut self, address: impl ToString, (kind, body): (&str, impl Into<Body>)) -> Page {
        let address = address.to_string();
        let request = Request::post(&address)
            .header(CONTENT_TYPE, kind)
            .header("sec-fetch-site", self.site)
            .body(body.into())
            .expect("a request");
        self.send(request, address).await
    }

    /// Sends fields and one file, as a form with an upload does.
    ///
    /// # Panics
    /// Where the answer is HTML that breaks the page rules.
    pub async fn upload(
        &mut self,
        address: impl ToString,
        fields: &[(&str, &str)],
        (field, file_name, bytes): (&str, &str, &[u8]),
    ) -> Page {
        const BOUNDARY: &str = "a-boundary-that-no-test-sends";
        let address = address.to_string();
        let mut body = Vec::new();
        for (name, value) in fields {
            let part =
                format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let request = Request::post(&address)
            .header(CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("sec-fetch-site", self.site)
            .body(Body::from(body))
            .expect("a request");
        self.send(request, address).await
    }

    /// Fills in the page's form in `main` and sends it: what is not named keeps what the page had in it.
    ///
    /// # Panics
    /// Where the page has no form that is posted, or the answer breaks the page rules.
    pub async fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> Page {
        let (address, mut all) = page.form();
        all.retain(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let all: Vec<(&str, &str)> =
            all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(address, &all).await
    }

    /// Follows redirects until a page comes.
    ///
    /// # Panics
    /// After ten redirects.
    pub async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..10 {
            let Some(location) = page.location() else { return page };
            page = self.get(location).await;
        }
        panic!("redirected ten times, last to {}", page.address);
    }

    async fn send(&mut self, mut request: Request<Body>, address: String) -> Page {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let header = cookies.join("; ").parse().expect("cookies");
        request.headers_mut().insert(COOKIE, header);
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, ANSWER_BYTES).await.expect("a body");
        self.keep_cookies(&parts.headers);
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let page = Page { status: parts.status, headers: parts.headers, body, address };
        page.check_rules();
        page
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let pair = line.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Page {
    /// Where it sends on to.
    pub fn location(&self) -> Option<String> {
        let location = self.headers.get(LOCATION)?.to_str().ok()?;
        Some(location.to_owned())
    }

    /// The words of `main`, white space folded.
    pub fn text(&self) -> String {
        let html = Html::parse_document(&self.body);
        let main = html.select(&selector("main")).next();
        let words: String = main.map(|main| main.text().collect::<Vec<_>>().join(" ")).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The address and the fields of the first form in `main` that is posted, as they are filled in.
    ///
    /// # Panics
    /// Where there is none.
    pub fn form(&self) -> (String, Vec<(String, String)>) {
        let first = self.forms().into_iter().next();
        first.unwrap_or_else(|| panic!("no form at {}: {}", self.address, self.text()))
    }

    /// Every form of the page, in its order.
    pub fn forms(&self) -> Vec<(String, Vec<(String, String)>)> {
        let html = Html::parse_document(&self.body);
        let named = selector("input[name], textarea[name], select[name]");
        let one = |form: ElementRef<'_>| {
            let action = form.attr("action").filter(|action| !action.is_empty());
            let address = action.map_or_else(|| self.address.clone(), str::to_owned);
            (address, form.select(&named).filter_map(|field| filled(&field)).collect())
        };
        html.select(&selector("main form[method=post]")).map(one).collect()
    }

    /// The names of the fields of that form into which words are typed.
    ///
    /// # Panics
    /// Where there is no form.
    pub fn typed_fields(&self) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let typed = selector(
            "main form[method=post] textarea[name], main form[method=post] input[name]:not([type=hidden], \
             [type=radio], [type=checkbox], [type=file], [type=submit], [type=password])",
        );
        html.select(&typed).filter_map(|field| field.attr("name").map(str::to_owned)).collect()
    }

    fn check_rules(&self) {
        let kind = self.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("text/html") {
            let faults = page_rules(&self.body);
            assert!(faults.is_empty(), "{} breaks page rules: {faults:#?}", self.address);
        }
    }
}

/// Name and value of a field as a browser would send it; nothing for a box that is not ticked or a button.
fn filled(field: &ElementRef<'_>) -> Option<(String, String)> {
    let name = field.attr("name")?.to_owned();
    let value = match (field.value().name(), field.attr("type").unwrap_or("text")) {
        ("textarea", _) => field.text().collect(),
        ("select", _) => {
            let chosen = field.select(&selector("option[selected]")).next();
            chosen.or_else(|| field.select(&selector("option")).next())?.attr("value")?.to_owned()
        }
        (_, "submit" | "button" | "file") => return None,
        (_, "radio" | "checkbox") if field.attr("checked").is_none() => return None,
        _ => field.attr("value").unwrap_or_default().to_owned(),
    };
    Some((name, value))
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}
