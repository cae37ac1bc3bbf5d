//! What stands between a reader and the story: paywalls, consent walls, pages that only a program
//! can draw, questions whether one is a person.

use dom_query::{Document, NodeRef};

use super::hints::named;
use super::meta::Meta;
use super::survey::{Holds, survey};
use crate::extract::Gate;

const CONSENT: &[&str] =
    &["consent", "cookie", "gdpr", "onetrust", "didomi", "sp_message", "cmp-", "truste", "privacy-wall"];
const PAID: &[&str] = &[
    "paywall",
    "pay-wall",
    "regwall",
    "subscriber-only",
    "subscribe-wall",
    "subscription-wall",
    "premium-wall",
    "piano-",
    "metered-",
];
const ROBOTS: &[&str] =
    &["cf-challenge", "challenge-form", "challenge-running", "captcha", "datadome", "turnstile", "px-captcha"];
const DRAWN: &[&str] = &["__next", "__nuxt", "react-root", "app-root", "main-app"];

/// Finds the gate of a page, if it shows the signs of one. Signs alone do not say that the story
/// is missing: that is for the caller, who knows how much of it there is. `html` is the page before
/// its programs were taken out.
pub(super) fn find(page: &Document, meta: &Meta, html: &str) -> Option<Gate> {
    let root = page.root();
    let holds = survey(root);
    let whole = holds.get(&root.id).copied().unwrap_or_default();
    let mut paid = meta.paid;
    let (mut consent, mut robots, mut drawn) = (0, 0, false);
    for node in page.select("[id], [class]").nodes() {
        let held = holds.get(&node.id).copied().unwrap_or_default();
        if named(node, CONSENT) {
            consent = consent.max(held.text);
        }
        if named(node, ROBOTS) {
            robots += 1;
        }
        paid |= named(node, PAID);
        drawn |= is_drawn(node, &held);
    }
    let bare = whole.text < 1500;
    if robots > 0 && bare && whole.prose <= 3 {
        return Some(Gate::Robots);
    }
    if paid {
        return Some(Gate::Paywall);
    }
    if consent * 2 > whole.text && consent > 100 {
        return Some(Gate::Consent);
    }
    let programs = html.matches("<script").count();
    let asks = page.select("noscript").nodes().iter().any(|node| node.text().trim().len() > 20);
    (whole.text < 400 && programs > 0 && (drawn || asks || whole.text < 60)).then_some(Gate::Script)
}

/// Whether this is the empty place that a program would fill.
fn is_drawn(node: &NodeRef<'_>, held: &Holds) -> bool {
    let place = node.id_attr().is_some_and(|id| matches!(&*id, "root" | "app"));
    (place || named(node, DRAWN)) && held.text < 200
}
