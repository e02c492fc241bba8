//! Asking a provider: one request for each connection, ten seconds, a quarter of a megabyte, no redirect followed.

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::Url;

/// How long one answer may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The most bytes of one answer.
const ANSWER_BYTES: usize = 256 * 1024;

/// Why there is no answer.
pub(super) type Fault = Box<dyn std::error::Error + Send + Sync>;

/// A client with the authorities that browsers know.
#[derive(Clone)]
pub(super) struct Client {
    tls: TlsConnector,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client(..)")
    }
}

impl Default for Client {
    fn default() -> Self {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        Self { tls: TlsConnector::from(Arc::new(config)) }
    }
}

/// May a provider be asked there? Over https, or on this machine.
pub(super) fn is_safe(url: &Url) -> bool {
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}

impl Client {
    /// What stands at an address.
    pub async fn get(&self, url: &Url) -> Result<Vec<u8>, Fault> {
        let request = Request::get(path(url)).header(HOST, host(url)).header(ACCEPT, "application/json");
        self.ask(url, request.body(Full::default())?).await
    }

    /// What is answered to a form, sent with a client's id and secret.
    pub async fn post(&self, url: &Url, (form, authorization): (String, &str)) -> Result<Vec<u8>, Fault> {
        let request = Request::post(path(url))
            .header(HOST, host(url))
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(AUTHORIZATION, authorization);
        self.ask(url, request.body(Full::from(form))?).await
    }

    async fn ask(&self, url: &Url, request: Request<Full<Bytes>>) -> Result<Vec<u8>, Fault> {
        if !is_safe(url) {
            return Err("it is neither https nor on this machine".into());
        }
        let (status, body) = tokio::time::timeout(TIMEOUT, self.answer(url, request)).await??;
        if status == StatusCode::OK {
            Ok(body)
        } else {
            Err(format!("{} answers {status}", url.path()).into())
        }
    }

    async fn answer(&self, url: &Url, request: Request<Full<Bytes>>) -> Result<(StatusCode, Vec<u8>), Fault> {
        let name = url.host_str().ok_or("no host")?;
        let port = url.port_or_known_default().ok_or("no port")?;
        let stream = TcpStream::connect((name.trim_matches(['[', ']']), port)).await?;
        if url.scheme() == "https" {
            let name = ServerName::try_from(name.to_owned())?;
            return over(self.tls.connect(name, stream).await?, request).await;
        }
        over(stream, request).await
    }
}

async fn over<S>(stream: S, request: Request<Full<Bytes>>) -> Result<(StatusCode, Vec<u8>), Fault>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends with the answer, when the sender is dropped.
    let open = tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    let status = response.status();
    let body = Limited::new(response.into_body(), ANSWER_BYTES).collect().await?;
    drop(sender);
    open.abort();
    Ok((status, body.to_bytes().to_vec()))
}

fn path(url: &Url) -> &str {
    &url[url::Position::BeforePath..url::Position::AfterQuery]
}

fn host(url: &Url) -> &str {
    &url[url::Position::BeforeHost..url::Position::AfterPort]
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    /// A server that gives one answer.
    async fn answering(answer: Vec<u8>) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(&answer).await;
        });
        Url::parse(&format!("http://127.0.0.1:{port}/jwks?a=b")).unwrap()
    }

    fn http(head: &str, body: &[u8]) -> Vec<u8> {
        [format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
    }

    #[tokio::test]
    async fn an_answer_is_read_and_one_that_is_too_large_or_leads_elsewhere_is_not() {
        let client = Client::default();
        let fine = answering(http("200 OK", b"{}")).await;
        assert_eq!(client.get(&fine).await.unwrap(), b"{}");
        let large = answering(http("200 OK", &vec![b'x'; ANSWER_BYTES + 1])).await;
        assert!(client.get(&large).await.is_err());
        let away = answering(http("302 Found\r\nlocation: http://127.0.0.1:1/", b"")).await;
        assert!(client.get(&away).await.unwrap_err().to_string().contains("302"));
    }

    #[test]
    fn only_https_and_this_machine_are_asked() {
        let safe = |url: &str| is_safe(&Url::parse(url).unwrap());
        assert!(
            safe("https://id.example.org/") && safe("http://127.0.0.1:4000") && safe("http://localhost/x")
        );
        assert!(
            !safe("http://id.example.org/")
                && !safe("ftp://127.0.0.1/")
                && !safe("http://127.0.0.1.evil.example/")
        );
    }
}
