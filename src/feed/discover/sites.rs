//! Feeds of well-known sites, by rule: these have feeds that their pages do not name, or cannot be
//! asked for without a browser.

use url::Url;

use super::Alternate;
use crate::feed::Format;
use crate::text::{Clean, Link};

/// The feeds of a page on a site that is known (GitHub, GitLab, Codeberg, Reddit, YouTube channels
/// and playlists, Mastodon and its kin, Bluesky, Medium, Substack, WordPress.com, Blogger, Tumblr,
/// Stack Exchange, Hacker News, Lobsters, PyPI, Wikipedia, arXiv and others), best first; none for
/// any other. Nothing is fetched: a wrong guess is found out when the feed is.
#[must_use]
pub fn by_rule(page: &Link) -> Vec<Alternate> {
    let Ok(url) = Url::parse(page.as_str()) else { return Vec::new() };
    let Some(segments) = url.path_segments() else { return Vec::new() };
    let path: Vec<&str> = segments.filter(|segment| !segment.is_empty()).collect();
    let host = page.host();
    let site = host.strip_prefix("m.").unwrap_or(host);
    let paths =
        known(site, &path, &url).or_else(|| hosted(site, &path)).or_else(|| fediverse(&path)).unwrap_or_default();
    let alternate = |(address, title, kind): &(String, &str, Format)| {
        let link = page.join(address)?;
        (link != *page).then(|| Alternate { link, title: Some(Clean::new(title)), kind: Some(*kind) })
    };
    paths.iter().filter_map(alternate).collect()
}

/// Address (relative to the page's host, or absolute), title, format.
type Feeds = Vec<(String, &'static str, Format)>;

use Format::{Atom, Rss};

/// Sites by name.
fn known(site: &str, path: &[&str], url: &Url) -> Option<Feeds> {
    let one = |address: String, title, kind| Some(vec![(address, title, kind)]);
    let none = Some(Vec::new());
    match (site, path) {
        ("github.com", [user]) if !GITHUB_PAGES.contains(user) => one(format!("/{user}.atom"), "Activity", Atom),
        ("github.com", [owner, repository, ..]) if !GITHUB_PAGES.contains(owner) => Some(vec![
            (format!("/{owner}/{repository}/releases.atom"), "Releases", Atom),
            (format!("/{owner}/{repository}/commits.atom"), "Commits", Atom),
            (format!("/{owner}/{repository}/tags.atom"), "Tags", Atom),
        ]),
        ("gitlab.com", [owner, project, ..]) => Some(vec![
            (format!("/{owner}/{project}/-/tags?format=atom"), "Tags", Atom),
            (format!("/{owner}/{project}.atom"), "Activity", Atom),
        ]),
        ("codeberg.org" | "gitea.com", [user]) => one(format!("/{user}.rss"), "Activity", Rss),
        ("codeberg.org" | "gitea.com", [owner, repository, ..]) => Some(vec![
            (format!("/{owner}/{repository}/releases.rss"), "Releases", Rss),
            (format!("/{owner}/{repository}.rss"), "Activity", Rss),
        ]),
        ("youtube.com", ["channel", id, ..]) => {
            one(format!("https://www.youtube.com/feeds/videos.xml?channel_id={id}"), "Videos", Atom)
        }
        ("youtube.com", ["user", name, ..]) => {
            one(format!("https://www.youtube.com/feeds/videos.xml?user={name}"), "Videos", Atom)
        }
        ("youtube.com", ["playlist"]) => {
            let (_, list) = url.query_pairs().find(|(name, _)| name == "list")?;
            one(format!("https://www.youtube.com/feeds/videos.xml?playlist_id={list}"), "Playlist", Atom)
        }
        ("reddit.com" | "old.reddit.com" | "new.reddit.com", path) => reddit(path),
        ("bsky.app", ["profile", handle, ..]) => one(format!("/profile/{handle}/rss"), "Posts", Rss),
        ("medium.com", [name, ..]) => one(format!("/feed/{name}"), "Stories", Rss),
        ("substack.com", [user]) if user.starts_with('@') => {
            one(format!("https://{}.substack.com/feed", &user[1..]), "Posts", Rss)
        }
        ("news.ycombinator.com", _) => one("/rss".to_owned(), "Hacker News", Rss),
        ("lobste.rs", ["t", tag]) => one(format!("/t/{tag}.rss"), "Lobsters", Rss),
        ("lobste.rs", _) => one("/rss".to_owned(), "Lobsters", Rss),
        ("dev.to", [user, ..]) => one(format!("/feed/{user}"), "Posts", Rss),
        ("pypi.org", ["project", name, ..]) => one(format!("/rss/project/{name}/releases.xml"), "Releases", Rss),
        ("sourceforge.net", ["projects", name, ..]) => one(format!("/projects/{name}/rss"), "Files", Rss),
        ("vimeo.com", [user]) => one(format!("/{user}/videos/rss"), "Videos", Rss),
        ("odysee.com", [channel, ..]) if channel.starts_with('@') => one(format!("/$/rss/{channel}"), "Videos", Rss),
        ("arxiv.org", ["list", subject, ..]) => one(format!("https://rss.arxiv.org/rss/{subject}"), "New papers", Rss),
        ("stackoverflow.com" | "superuser.com" | "serverfault.com" | "askubuntu.com", path) => stack_exchange(path),
        (site, path) if site.ends_with(".stackexchange.com") => stack_exchange(path),
        (site, ["wiki", title]) if site.ends_with(".wikipedia.org") => {
            one(format!("/w/index.php?title={title}&action=history&feed=atom"), "Changes", Atom)
        }
        // Theirs begin with @ like Mastodon's, and have no feed or name it on the page.
        ("youtube.com" | "tiktok.com" | "threads.net" | "threads.com" | "instagram.com" | "t.me" | "x.com", _) => none,
        _ => None,
    }
}

/// First parts of GitHub's addresses that are no user.
const GITHUB_PAGES: &[&str] = &[
    "about",
    "apps",
    "collections",
    "contact",
    "customer-stories",
    "enterprise",
    "events",
    "explore",
    "features",
    "issues",
    "join",
    "login",
    "marketplace",
    "new",
    "notifications",
    "orgs",
    "pricing",
    "pulls",
    "search",
    "security",
    "settings",
    "sponsors",
    "team",
    "topics",
    "trending",
];

fn reddit(path: &[&str]) -> Option<Feeds> {
    let address = match *path {
        ["r", name, "comments", id, ..] => format!("/r/{name}/comments/{id}/.rss"),
        ["r", name, sort @ ("new" | "top" | "rising" | "hot" | "controversial")] => format!("/r/{name}/{sort}/.rss"),
        ["r", name, ..] => format!("/r/{name}/.rss"),
        ["user" | "u", name, "m", list, ..] => format!("/user/{name}/m/{list}/.rss"),
        ["user" | "u", name, ..] => format!("/user/{name}/.rss"),
        [] => "/.rss".to_owned(),
        _ => return Some(Vec::new()),
    };
    Some(vec![(address, "Reddit", Atom)])
}

fn stack_exchange(path: &[&str]) -> Option<Feeds> {
    let (address, title) = match *path {
        ["questions", "tagged", tag, ..] => (format!("/feeds/tag/{tag}"), "Questions"),
        ["questions", id, ..] => (format!("/feeds/question/{id}"), "Answers"),
        ["users", id, ..] => (format!("/feeds/user/{id}"), "User"),
        _ => ("/feeds".to_owned(), "Questions"),
    };
    Some(vec![(address, title, Atom)])
}

/// Sites that have their host from someone whose feeds are always at one place.
fn hosted(site: &str, path: &[&str]) -> Option<Feeds> {
    let ends = |end: &str| site.len() > end.len() && site.ends_with(end);
    let (address, kind) = if ends(".substack.com") || ends(".medium.com") {
        ("/feed", Rss)
    } else if ends(".wordpress.com") {
        ("/feed/", Rss)
    } else if ends(".blogspot.com") {
        ("/feeds/posts/default", Atom)
    } else if ends(".tumblr.com") {
        ("/rss", Rss)
    } else if ends(".livejournal.com") {
        ("/data/rss", Rss)
    } else if ends(".dreamwidth.org") {
        ("/data/atom", Atom)
    } else if ends(".bandcamp.com") && path.is_empty() {
        ("/feed", Rss)
    } else {
        return None;
    };
    Some(vec![(address.to_owned(), "Posts", kind)])
}

/// Mastodon and those that do as it does: `/@name`, and `/@name@host` for people elsewhere.
fn fediverse(path: &[&str]) -> Option<Feeds> {
    let address = match *path {
        ["users", name] => format!("/users/{name}.rss"),
        [name, ..] => {
            let name = name.strip_prefix('@').filter(|name| !name.is_empty() && !name.ends_with(".rss"))?;
            match name.split_once('@') {
                Some((name, host)) if !name.is_empty() && !host.is_empty() => format!("https://{host}/@{name}.rss"),
                Some(_) => return None,
                None => format!("/@{name}.rss"),
            }
        }
        [] => return None,
    };
    Some(vec![(address, "Posts", Rss)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        for (page, feed) in [
            ("https://github.com/ratatui/ratatui/issues/1", "https://github.com/ratatui/ratatui/releases.atom"),
            ("https://github.com/ratatui", "https://github.com/ratatui.atom"),
            ("https://github.com/trending", "-"),
            ("https://github.com/", "-"),
            ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/tags?format=atom"),
            ("https://codeberg.org/a/b", "https://codeberg.org/a/b/releases.rss"),
            (
                "https://www.youtube.com/channel/UC123/videos",
                "https://www.youtube.com/feeds/videos.xml?channel_id=UC123",
            ),
            ("https://m.youtube.com/user/abc", "https://www.youtube.com/feeds/videos.xml?user=abc"),
            ("https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
            ("https://www.youtube.com/@handle", "-"),
            ("https://www.reddit.com/r/rust", "https://www.reddit.com/r/rust/.rss"),
            ("https://old.reddit.com/r/rust/top/", "https://old.reddit.com/r/rust/top/.rss"),
            ("https://www.reddit.com/r/rust/comments/abc/title/", "https://www.reddit.com/r/rust/comments/abc/.rss"),
            ("https://www.reddit.com/u/ann", "https://www.reddit.com/user/ann/.rss"),
            ("https://mastodon.example/@ann", "https://mastodon.example/@ann.rss"),
            ("https://mastodon.example/@ann/1234", "https://mastodon.example/@ann.rss"),
            ("https://mastodon.example/@ann@b.example", "https://b.example/@ann.rss"),
            ("https://mastodon.example/users/ann", "https://mastodon.example/users/ann.rss"),
            ("https://mastodon.example/@ann.rss", "-"),
            ("https://medium.com/@ann/story-1", "https://medium.com/feed/@ann"),
            ("https://ann.substack.com/p/x", "https://ann.substack.com/feed"),
            ("https://ann.blogspot.com/2020/1.html", "https://ann.blogspot.com/feeds/posts/default"),
            ("https://bsky.app/profile/ann.example", "https://bsky.app/profile/ann.example/rss"),
            ("https://stackoverflow.com/questions/tagged/rust", "https://stackoverflow.com/feeds/tag/rust"),
            ("https://unix.stackexchange.com/questions/12/x", "https://unix.stackexchange.com/feeds/question/12"),
            (
                "https://en.wikipedia.org/wiki/Minsk",
                "https://en.wikipedia.org/w/index.php?title=Minsk&action=history&feed=atom",
            ),
            ("https://arxiv.org/list/cs.IR/recent", "https://rss.arxiv.org/rss/cs.IR"),
            ("https://a.example/news", "-"),
            ("https://a.example/@", "-"),
            ("https://a.example/@@", "-"),
            ("mailto:a@b.example", "-"),
        ] {
            let feeds = by_rule(&Link::parse(page).unwrap());
            assert_eq!(feeds.first().map_or("-", |feed| feed.link.as_str()), feed, "{page}");
        }
    }
}
