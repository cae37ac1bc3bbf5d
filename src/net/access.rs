//! What a feed's server wants to see before it answers: a password, a token, a header. Secrets come
//! from a command or the environment when they are first needed, live in memory only, and are shown
//! nowhere.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use url::Url;

use super::Cancel;
use super::command::{self, Bounds, Trouble};
use crate::clean;
use crate::model::access::{Access, Scheme, Source};
use crate::text::{Clean, Link};

/// How long a command may take to give a secret: somebody may have to unlock something first.
const PATIENCE: Duration = Duration::from_secs(60);

/// The longest secret, in bytes.
const LONGEST: u64 = 16 * 1024;

/// A secret, and whom it is for. Clones share what has been asked for, so that nobody has to unlock
/// anything twice.
#[derive(Clone)]
pub(super) struct Secret {
    access: Access,
    known: Arc<Mutex<Option<String>>>,
}

impl Secret {
    /// A secret that nobody has asked for yet.
    pub(super) fn new(access: Access) -> Self {
        Self { access, known: Arc::default() }
    }

    /// Whether it is for a request for `asked`.
    pub(super) fn is_for(&self, asked: &Link) -> bool {
        self.access.is_for(asked)
    }

    /// Whether it may be sent to `to`, when `asked` was asked for: only where it was meant to go. A
    /// redirect to another host, port or scheme does not get it.
    pub(super) fn may_go(asked: &Url, to: &Url) -> bool {
        asked.origin() == to.origin()
    }

    /// The header that shows it. Asks for the secret where it is not known yet: blocks.
    ///
    /// # Errors
    /// Why there is none, in words that name neither the secret nor what it is for.
    pub(super) fn header(&self, cancel: &Cancel) -> Result<(HeaderName, HeaderValue), Clean> {
        // Held while asking: whoever comes second has the first one's answer.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let secret = match &*known {
            Some(secret) => secret.clone(),
            None => ask(&self.access.source, cancel)?,
        };
        let (name, value) = match &self.access.scheme {
            Scheme::Basic { user } => {
                let pair = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{secret}"));
                (AUTHORIZATION, format!("Basic {pair}"))
            }
            Scheme::Bearer => (AUTHORIZATION, format!("Bearer {secret}")),
            Scheme::Header(name) => {
                let name = HeaderName::try_from(name.as_str());
                (name.map_err(|_| clean!("no header can have that name"))?, secret.clone())
            }
        };
        // Without the value in the words: it is the secret.
        let mut value = HeaderValue::from_str(&value).map_err(|_| Clean::new("it does not fit into a header"))?;
        value.set_sensitive(true);
        *known = Some(secret);
        Ok((name, value))
    }

    /// Forgets the secret: the server does not take it (any more).
    pub(super) fn forget(&self) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Asks for a secret where it is kept.
fn ask(source: &Source, cancel: &Cancel) -> Result<String, Clean> {
    match source {
        Source::Variable(name) => match std::env::var(name) {
            Ok(secret) if !secret.is_empty() => Ok(secret),
            _ => Err(clean!("the variable {name} is not set")),
        },
        Source::Command(words) => {
            let program = words.first().map(String::as_str).unwrap_or_default();
            let bounds = Bounds { time: PATIENCE, bytes: LONGEST };
            let output = command::output(words, bounds, cancel).map_err(|trouble| match trouble {
                Trouble::NotStarted(why) => clean!("{program} cannot be started: {why}"),
                // Not what it said: it may have said the secret.
                Trouble::Failed(_) => clean!("{program} failed; run it by hand to see why"),
                Trouble::TooSlow(after) => clean!("{program} gave none within {} s", after.as_secs()),
                Trouble::TooLarge(_) => clean!("{program} wrote far more than a secret"),
                Trouble::Cancelled => Clean::new("cancelled"),
            })?;
            let text = String::from_utf8(output).map_err(|_| clean!("{program} wrote something that is no text"))?;
            match text.lines().next() {
                Some(line) if !line.is_empty() => Ok(line.to_owned()),
                _ => Err(clean!("{program} wrote nothing")),
            }
        }
    }
}

/// Whatever prints this, the secret is not in it.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").field("access", &self.access).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::access::Holder;

    fn words(words: &[&str]) -> Source {
        Source::Command(words.iter().map(|word| (*word).to_owned()).collect())
    }

    fn access(scheme: Scheme, source: Source) -> Secret {
        Secret::new(Access { holder: Holder::Host("a.example".to_owned()), scheme, source })
    }

    #[test]
    fn each_scheme_has_its_header() {
        let basic = access(Scheme::Basic { user: "ada".to_owned() }, words(&["printf", "open ses\\141me\nuser: x"]));
        for (access, header) in [
            (basic, ("authorization", "Basic YWRhOm9wZW4gc2VzYW1l")),
            (access(Scheme::Bearer, words(&["echo", "t0ken"])), ("authorization", "Bearer t0ken")),
            (access(Scheme::Header("X-Key".to_owned()), words(&["echo", "k"])), ("x-key", "k")),
        ] {
            let (name, value) = access.header(&Cancel::new()).unwrap();
            assert_eq!((name.as_str(), value.to_str().unwrap()), header);
            assert!(value.is_sensitive());
            assert!(!format!("{access:?} {value:?}").contains("sesame"));
        }
    }

    #[test]
    fn a_secret_is_asked_for_once_until_it_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let script = format!("echo x >> {0}/asked; wc -l < {0}/asked", dir.path().display());
        let access = access(Scheme::Bearer, words(&["sh", "-c", &script]));
        let ask = || access.clone().header(&Cancel::new()).unwrap().1.to_str().unwrap().trim().to_owned();
        assert_eq!([ask(), ask()], ["Bearer 1", "Bearer 1"]);
        access.forget();
        assert_eq!(ask(), "Bearer 2");
    }

    #[test]
    fn what_goes_wrong_is_said_without_the_secret() {
        for (source, words_say) in [
            (words(&["sh", "-c", "echo hunter2 >&2; exit 1"]), "sh failed; run it by hand to see why"),
            (words(&["true"]), "true wrote nothing"),
            (Source::Variable("DATELINE_NOT_SET".to_owned()), "the variable DATELINE_NOT_SET is not set"),
            (words(&["printf", "a\\001b"]), "it does not fit into a header"),
        ] {
            let said = access(Scheme::Bearer, source).header(&Cancel::new()).unwrap_err();
            assert_eq!(said.as_str(), words_say);
        }
    }

    #[test]
    fn it_goes_nowhere_else() {
        let url = |address: &str| Url::parse(address).unwrap();
        let asked = url("https://a.example/feed");
        assert!(Secret::may_go(&asked, &url("https://a.example/other")));
        for other in ["http://a.example/feed", "https://b.example/", "https://a.example:444/", "https://x.a.example/"] {
            assert!(!Secret::may_go(&asked, &url(other)), "{other}");
        }
    }
}
