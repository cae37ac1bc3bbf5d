//! One request, from the address to the bytes.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER,
};
use reqwest::{Response, redirect};
use url::{Host, Url};

use super::access::Secret;
use super::body::{self, Body, BodyError, Encoding};
use super::cookies::Cookies;
use super::fresh;
use super::redirect::Way;
use super::{Answer, Ask, Cancel, Error, Fetched, Request, Settings, Step, Unchanged};
use crate::model::Validators;
use crate::text::near::is_near;
use crate::text::{Clean, Link};

/// Asks servers for things. Cheap to clone; connections are shared.
///
/// Its futures must run on a tokio runtime: [`super::Net`] brings one.
#[derive(Clone, Debug)]
pub struct Client {
    /// For the web, through the environment's proxies.
    web: reqwest::Client,
    /// For plain HTTP on this machine, which no proxy can reach.
    local: reqwest::Client,
    /// What some servers want to see first.
    secrets: Arc<[Secret]>,
    pub(super) settings: Arc<Settings>,
}

impl Client {
    /// A client with these settings.
    ///
    /// # Errors
    /// [`Error::Setup`] where TLS cannot be set up or the user agent is no header.
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        // Fails when it has been done before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let setup = |error: reqwest::Error| Error::Setup(Clean::new(&error.to_string()));
        let builder = || {
            reqwest::Client::builder()
                .user_agent(&settings.user_agent)
                .redirect(redirect::Policy::none())
                .referer(false)
                .connect_timeout(settings.connect)
                .pool_idle_timeout(Duration::from_secs(15))
        };
        // A machine without a certificate store can still read plain HTTP; HTTPS then fails with
        // words of its own.
        let web = builder().build().or_else(|_| builder().tls_certs_only([]).build()).map_err(setup)?;
        let local = builder().no_proxy().tls_certs_only([]).build().map_err(setup)?;
        let secrets = settings.access.iter().cloned().map(Secret::new).collect();
        Ok(Self { web, local, secrets, settings: Arc::new(settings.clone()) })
    }

    /// Asks for one thing, following redirects.
    ///
    /// # Errors
    /// One variant of [`Error`] for each step that can fail.
    pub async fn fetch(&self, request: Request, cancel: &Cancel) -> Result<Answer, Error> {
        let address = request.address.clone();
        tokio::select! {
            // In this order: what was called off before it began never begins.
            biased;
            () = cancel.cancelled() => Err(Error::Cancelled(address)),
            answer = self.answer(request, cancel) => answer,
        }
    }

    /// Asks for anything: a server as [`Self::fetch`], this machine on a thread of its own.
    pub(super) async fn get(&self, ask: Ask, cancel: &Cancel) -> Result<Answer, Error> {
        match ask {
            Ask::Web(request) => self.fetch(request, cancel).await,
            Ask::Local(local) => {
                let (client, cancel) = (self.clone(), cancel.clone());
                off_thread(move || client.read_local(&local, &cancel)).await
            }
        }
    }

    async fn answer(&self, request: Request, cancel: &Cancel) -> Result<Answer, Error> {
        let asked = &request.address;
        if request.strange && is_near(asked) {
            return Err(Error::Near(asked.clone()));
        }
        let pass = self.pass(asked, cancel).await?;
        let headers = headers(&request);
        let (mut way, mut cookies) = (Way::new(asked.clone()), Cookies::default());
        let response = loop {
            let url = Url::parse(way.at.as_str()).ok().filter(|_| way.at.is_web());
            let url = url.ok_or_else(|| Error::Malformed(asked.clone()))?;
            let mut headers = headers.clone();
            cookies.put(&url, &mut headers);
            if let Some(pass) = pass.as_ref().filter(|pass| Secret::may_go(&pass.asked, &url)) {
                headers.insert(pass.name.clone(), pass.value.clone());
            }
            let response = self.ask(asked, &url, headers).await?;
            cookies.learn(&url, response.headers());
            if !way.follow(response.status().as_u16(), response.headers())? {
                break response;
            }
        };
        let now = jiff::Timestamp::now();
        let fresh_for = fresh::fresh_for(response.headers(), now.as_second());
        match response.status().as_u16() {
            304 => Ok(Answer::NotModified(Unchanged { moved_permanently: way.moved_permanently(), fresh_for })),
            410 => Ok(Answer::Gone),
            200..300 => {
                let content_type = header(response.headers(), &CONTENT_TYPE);
                let validators = Validators {
                    etag: header(response.headers(), &ETAG),
                    last_modified: header(response.headers(), &LAST_MODIFIED),
                };
                let limit = request.max_bytes.unwrap_or(self.settings.max_bytes);
                let bytes = self.read(asked, response, limit).await?;
                let moved_permanently = way.moved_permanently();
                Ok(Answer::Fetched(Fetched {
                    bytes,
                    content_type,
                    final_address: way.at,
                    moved_permanently,
                    validators,
                    fresh_for,
                }))
            }
            code => {
                if let Some(pass) = pass.filter(|_| code == 401) {
                    pass.secret.forget();
                }
                let retry_after = header(response.headers(), &RETRY_AFTER);
                let retry_after = retry_after.and_then(|value| parse_retry_after(&value, now));
                Err(Error::Status { address: asked.clone(), code, retry_after })
            }
        }
    }

    /// What the server of `asked` wants to see first, where the person has said so.
    async fn pass(&self, asked: &Link, cancel: &Cancel) -> Result<Option<Pass>, Error> {
        let Some(secret) = self.secrets.iter().find(|secret| secret.is_for(asked)).cloned() else {
            return Ok(None);
        };
        let url = Url::parse(asked.as_str()).map_err(|_| Error::Malformed(asked.clone()))?;
        let cancel = cancel.clone();
        let (secret, header) = off_thread(move || {
            let header = secret.header(&cancel);
            (secret, header)
        })
        .await;
        let (name, value) = header.map_err(|why| Error::NoSecret(asked.clone(), why))?;
        Ok(Some(Pass { secret, asked: url, name, value }))
    }

    /// Sends one request and waits for the head of the answer.
    async fn ask(&self, asked: &Link, url: &Url, headers: HeaderMap) -> Result<Response, Error> {
        let client = if url.scheme() == "http" && is_local(url) { &self.local } else { &self.web };
        let Settings { connect, first_byte, .. } = *self.settings;
        let response = in_time(first_byte, client.get(url.clone()).headers(headers).send()).await;
        match response {
            None => Err(Error::TimedOut(asked.clone(), Step::FirstByte, first_byte)),
            Some(response) => response.map_err(|error| Error::sort(asked, &error, connect)),
        }
    }

    /// Reads the body.
    async fn read(&self, asked: &Link, mut response: Response, limit: u64) -> Result<Vec<u8>, Error> {
        let too_large = || Error::TooLarge(asked.clone(), limit);
        let sort = |error| match error {
            BodyError::TooLarge => too_large(),
            BodyError::Garbled(why) => Error::Encoding(asked.clone(), why),
        };
        // By the header rather than `Response::content_length`, so as not to depend on who decodes.
        let announced = header(response.headers(), &CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        let encoding = header(response.headers(), &CONTENT_ENCODING).unwrap_or_default();
        let encoding = Encoding::named(&encoding).ok_or_else(|| {
            Error::Encoding(asked.clone(), crate::clean!("the encoding {encoding} was not asked for"))
        })?;
        let Settings { stall, whole, connect, .. } = *self.settings;
        let reading = async {
            let mut body = Body::new(encoding, limit);
            loop {
                match in_time(stall, response.chunk()).await {
                    None => return Err(Error::TimedOut(asked.clone(), Step::Stall, stall)),
                    Some(Err(error)) => return Err(Error::sort(asked, &error, connect)),
                    Some(Ok(Some(bytes))) => body.push(&bytes).map_err(sort)?,
                    Some(Ok(None)) => return body.finish().map_err(sort),
                }
            }
        };
        in_time(whole, reading).await.unwrap_or_else(|| Err(Error::TimedOut(asked.clone(), Step::Whole, whole)))
    }
}

/// What one request shows to the server, and where it may be shown.
struct Pass {
    secret: Secret,
    asked: Url,
    name: HeaderName,
    value: HeaderValue,
}

/// What `work` gives, which blocks, done where it holds nothing up.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            // A fault of ours: the thread that drives us is the one to deal with it.
            Ok(panic) => std::panic::resume_unwind(panic),
            // Only while the runtime ends, and with it whoever waits here.
            Err(_) => std::future::pending().await,
        },
    }
}

/// What `future` gives, unless it takes longer than `limit`.
async fn in_time<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    tokio::time::timeout(limit, future).await.ok()
}

/// The headers of a request. Validators go back byte for byte, on every hop: they were given by the
/// last of them.
fn headers(request: &Request) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(request.accept.header()));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(body::ACCEPT_ENCODING));
    let Validators { etag, last_modified } = &request.validators;
    for (name, value) in [(IF_NONE_MATCH, etag), (IF_MODIFIED_SINCE, last_modified)] {
        // One that is no header value has been tampered with; without it the answer is only larger.
        if let Some(value) = value.as_ref().and_then(|value| HeaderValue::from_bytes(value.as_bytes()).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

/// A header's value, if it is there and is text.
fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    String::from_utf8(value.as_bytes().to_vec()).ok().filter(|value| !value.is_empty())
}

/// Whether an address means this machine.
fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Reads a `Retry-After` header (RFC 9110 §10.2.3): seconds, or a date. At most a day is believed,
/// so that a clock gone wrong over there does not silence a feed for good.
fn parse_retry_after(value: &str, now: jiff::Timestamp) -> Option<Duration> {
    const MAX: u64 = 86_400;
    let seconds = match value.trim().parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => u64::try_from(fresh::date(value)?.saturating_sub(now.as_second())).unwrap_or(0),
    };
    Some(Duration::from_secs(seconds.min(MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_in_both_forms() {
        let now: jiff::Timestamp = "2023-11-23T09:00:00Z".parse().unwrap();
        let parse = |value| parse_retry_after(value, now).map(|wait| wait.as_secs());
        assert_eq!(parse("120"), Some(120));
        assert_eq!(parse(" Thu, 23 Nov 2023 09:01:00 GMT"), Some(60));
        assert_eq!(parse("Thu, 23 Nov 2023 08:00:00 GMT"), Some(0));
        assert_eq!(parse("999999999999"), Some(86_400));
        assert_eq!(parse("soon"), None);
    }

    #[test]
    fn this_machine() {
        for (address, local) in [
            ("http://localhost/", true),
            ("http://127.8.0.1:80/", true),
            ("http://[::1]/", true),
            ("http://a.localhost/", true),
            ("http://localhost.example/", false),
            ("http://10.0.0.1/", false),
        ] {
            assert_eq!(is_local(&Url::parse(address).unwrap()), local, "{address}");
        }
    }
}
