//! Which of the things a page calls itself is the headline.

use super::meta::Meta;
use crate::text::fold::fold;
use crate::text::{Clean, Link};

/// Chooses the headline: what the page states for programs, without the site's name, put as the
/// page's own heading puts it where both say the same; `found` is the extractor's guess.
pub(super) fn choose(meta: &Meta, found: &Clean, address: Option<&Link>) -> Clean {
    let site = meta.site.as_ref().map(Clean::as_str);
    let host = address.or(meta.link.as_ref()).map(|link| link.host().to_owned());
    let bare = |title: &Clean| without_site(title.as_str(), site, host.as_deref());
    let stated = meta.headline.as_ref().map(bare);
    let named = meta.title.as_ref().map(bare);
    let base = stated.or(named.clone()).filter(|title| !title.is_empty());
    let Some(base) = base else {
        return meta.headings.first().filter(|_| found.is_empty()).unwrap_or(found).clone();
    };
    let same = |heading: &&Clean| {
        let (a, b) = (key(heading.as_str()), key(&base));
        let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
        !short.is_empty() && short.len() * 2 >= long.len() && long.contains(short.as_str())
    };
    if let Some(heading) = meta.headings.iter().find(same) {
        // A heading may hold the name of its section as well, glued to its end.
        let whole = !base.ends_with(['…', '.']);
        let glued = key(heading.as_str()).len() > key(&base).len()
            && key(heading.as_str()).starts_with(&key(&base))
            && named.as_ref().is_some_and(|named| !key(named).contains(&key(heading.as_str())));
        return if whole && glued { Clean::new(&base) } else { heading.clone() };
    }
    // Headlines made for search engines are cut or put in other words; what the reader sees counts,
    // if it is the only heading and the browser's title says it too.
    if let ([heading], Some(named)) = (&*meta.headings, &named)
        && !key(heading.as_str()).is_empty()
        && key(named).contains(&key(heading.as_str()))
    {
        return heading.clone();
    }
    Clean::new(&base)
}

/// Letters and numbers only, folded: what makes two headlines the same.
pub(super) fn key(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The title without ` | Site` behind it or `Site: ` before it.
fn without_site(title: &str, site: Option<&str>, host: Option<&str>) -> String {
    const SIGNS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " / ", ": "];
    let host_name = host.and_then(|host| host.rsplit('.').nth(1));
    let is_site = |part: &str| {
        let part = key(part);
        let is = |name: &str| {
            let name = key(name);
            !name.is_empty() && (part == name || (part.len() >= 4 && name.contains(&part)) || part.starts_with(&name))
        };
        !part.is_empty() && (site.is_some_and(is) || host_name.is_some_and(is) || host.is_some_and(is))
    };
    let mut title = title.trim();
    for _ in 0..3 {
        let end = SIGNS
            .iter()
            .filter_map(|sign| title.rsplit_once(sign))
            .find(|(_, part)| is_site(part))
            .map(|(rest, _)| rest);
        let start = SIGNS
            .iter()
            .filter_map(|sign| title.split_once(sign))
            .find(|(part, _)| is_site(part))
            .map(|(_, rest)| rest);
        match end.or(start) {
            Some(rest) if !rest.trim().is_empty() => title = rest.trim(),
            _ => break,
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_goes() {
        let host = Some("lakepost.example");
        for (title, bare) in [
            ("Ferry sold | Lake Post", "Ferry sold"),
            ("Ferry sold - News - Lake Post", "Ferry sold - News"),
            ("Lake Post: Ferry sold", "Ferry sold"),
            ("Ferry sold — lakepost.example", "Ferry sold"),
            ("Ferry - sold", "Ferry - sold"),
            ("Lake Post", "Lake Post"),
        ] {
            assert_eq!(without_site(title, Some("Lake Post"), host), bare);
        }
    }

    #[test]
    fn the_heading_is_taken_where_it_says_the_same() {
        let meta = Meta {
            headline: Some("Ferry sold to the highest bid…".into()),
            title: Some("Ferry sold to the highest bidder | Lake Post".into()),
            headings: vec!["Lake Post".into(), "Ferry sold to the highest bidder".into()],
            site: Some("Lake Post".into()),
            ..Meta::default()
        };
        assert_eq!(choose(&meta, &Clean::default(), None).as_str(), "Ferry sold to the highest bidder");
    }
}
