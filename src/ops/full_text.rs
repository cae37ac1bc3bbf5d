//! The whole text of an article that its feed gave only in part.

use super::{Failure, Kind, subscribe};
use crate::clean;
use crate::extract::{self, Gate};
use crate::model::{Article, ArticleId, Time};
use crate::net::{Answer, Error, Request};
use crate::store::{Safety, Store};
use crate::text::charset;

/// What to ask the network for.
///
/// # Errors
/// That the article has no address on the web.
pub fn request(article: &Article) -> Result<Request, Failure> {
    let link = article.headline.link.as_ref().filter(|link| link.is_web());
    link.map(|link| Request::page(link.clone())).ok_or_else(|| {
        Failure::new(Kind::NothingFound, clean!("“{}” came without an address to fetch", article.headline.title))
    })
}

/// Takes the article out of its page and shows it from now on; says what keeps the rest of it away,
/// if something does.
///
/// # Errors
/// That the page could not be fetched, holds no article, or cannot be stored.
pub fn take_in(
    store: &mut Store,
    id: ArticleId,
    asked: &Request,
    answer: Result<Answer, Error>,
    now: Time,
) -> Result<Option<Gate>, Failure> {
    let asked = &asked.address;
    let page = match answer {
        Ok(Answer::Fetched(page)) => page,
        Ok(Answer::Gone) => return Err(Failure::new(Kind::Network, clean!("{asked} was taken away for good"))),
        Ok(Answer::NotModified(_) | Answer::Local(_)) => {
            return Err(Failure::new(Kind::Network, clean!("{asked} gave no content")));
        }
        Err(error) => return Err(subscribe::unreachable(asked, &error)),
    };
    let html = charset::decode(&page.bytes, page.content_type.as_deref());
    let extracted = extract::page(&html.text, Some(&page.final_address)).map_err(|why| {
        Failure::new(Kind::Data, clean!("{asked} gives no article: {why}"))
            .hint("`o` opens the page in the browser; the text from the feed is still here")
    })?;
    let there =
        store.write(Safety::Refresh, "storing a full text", |w| w.set_full_text(id, &extracted.document, now))?;
    if there {
        Ok(extracted.gate)
    } else {
        Err(Failure::new(Kind::NothingFound, clean!("article {} is not stored any more", id.0)))
    }
}
