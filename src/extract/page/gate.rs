//! What stands between a reader and the story: paywalls, consent walls, pages that only a program
//! can draw, questions whether one is a person, pages that say that the story is gone.
//!
//! Signs are cheap and story-less pages are rare, so a sign alone says nothing: it takes a story that
//! is short or breaks off as well.

use std::collections::HashMap;
use std::sync::LazyLock;

use dom_query::{Document, NodeId, NodeRef};
use regex::{Regex, RegexBuilder};

use super::hints::{named, names};
use super::meta::Meta;
use super::survey::Holds;
use super::tidy;
use crate::extract::Gate;
use crate::model::{Block, Document as Story};
use crate::text::Clean;

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
    "gateway-content",
    "article-gate",
];
const ROBOTS: &[&str] =
    &["cf-challenge", "challenge-form", "challenge-running", "captcha", "datadome", "turnstile", "px-captcha"];
const DRAWN: &[&str] = &["__next", "__nuxt", "react-root", "app-root", "main-app"];

/// What pages say to those who have not paid.
#[rustfmt::skip] // A table: a language to a line or two.
const PAY: &[&str] = &[
    "subscribe to continue", "subscribe to read", "subscribe now to", "to continue reading", "to keep reading",
    "continue reading with", "this article is for subscribers", "for subscribers only", "subscriber-only",
    "subscribers only", "exclusive to subscribers", "this content is for members", "become a subscriber to",
    "already a subscriber", "unlock this article", "free articles left", "start your free trial to",
    "weiterlesen mit", "jetzt weiterlesen", "nur für abonnenten", "abonnenten vorbehalten", "mit abo lesen", "sie haben bereits ein abo",
    "réservé aux abonnés", "il vous reste", "pour lire la suite", "déjà abonné", "accédez à l'intégralité",
    "solo para suscriptores", "contenido exclusivo para suscriptores", "para seguir leyendo", "suscríbete para",
    "exclusivo para assinantes", "conteúdo exclusivo", "para continuar lendo", "riservato agli abbonati", "contenuto riservato",
    "per continuare a leggere", "alleen voor abonnees", "verder lezen", "för prenumeranter", "for abonnenter", "vain tilaajille",
    "dostęp dla subskrybentów", "tylko dla subskrybentów", "для подписчиков", "оформите подписку", "доступно по подписке",
    "この記事は会員限定", "会員限定", "続きをお読みいただけ", "有料会員", "订阅后继续阅读", "仅限会员", "구독자 전용",
];

/// What texts about consent are about.
#[rustfmt::skip] // A table: words that belong together to a line.
const COOKIES: &[&str] = &[
    "cookie", "куки", "クッキー", "쿠키", "gdpr", "dsgvo", "rgpd", "consent", "einwilligung", "zustimmung", "consentement",
    "consentimiento", "consentimento", "consenso", "toestemming", "samtycke", "samtykke", "suostumus", "zgod", "souhlas", "согласи",
    "personal data", "personenbezogen", "données personnelles", "datos personales", "dados pessoais", "dati personali",
    "персональных данных", "our partners", "unsere partner", "nos partenaires", "nuestros socios", "隐私", "プライバシー",
];

const LOGIN: &[&str] = &[
    "log in to continue",
    "sign in to continue",
    "please log in",
    "please sign in",
    "you must be logged in",
    "login required",
    "bitte melden sie sich an",
    "connectez-vous pour",
    "inicia sesión para",
    "faça login para",
    "accedi per",
    "войдите, чтобы",
    "необходимо авторизоваться",
    "ログインしてください",
    "请登录",
    "로그인이 필요",
];

const ASKED: &[&str] = &[
    "checking your browser",
    "verify you are human",
    "verifying you are human",
    "are you a robot",
    "you are not a robot",
    "unusual traffic",
    "just a moment",
    "access denied",
    "access to this page has been denied",
    "request blocked",
    "security check",
    "attention required",
    "pardon our interruption",
    "please enable cookies",
    "ddos protection",
    "bist du ein mensch",
    "vérification de sécurité",
    "проверка браузера",
    "подтвердите, что вы не робот",
    "доступ ограничен",
];

const MISSING: &[&str] = &[
    "404",
    "page not found",
    "not found",
    "page cannot be found",
    "page can't be found",
    "page doesn't exist",
    "no longer available",
    "seite nicht gefunden",
    "nicht gefunden",
    "page introuvable",
    "page non trouvée",
    "pagina no encontrada",
    "página no encontrada",
    "página não encontrada",
    "pagina non trovata",
    "pagina niet gevonden",
    "sidan hittades inte",
    "nie znaleziono",
    "stránka nenalezena",
    "страница не найдена",
    "сторінку не знайдено",
    "sayfa bulunamadı",
    "ページが見つかりません",
    "页面不存在",
    "找不到页面",
    "頁面不存在",
    "페이지를 찾을 수 없습니다",
    "الصفحة غير موجودة",
];

/// Words of a story under which a page that shows something else instead may be believed.
const LITTLE: u32 = 120;

/// Words under which a story with a paywall's signs is taken for its beginning.
const BEGINNING: u32 = 350;

/// What a page shows that could be a gate.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// It says that the story is paid for.
    stated_paid: bool,
    /// A wall stands on it, by name.
    wall: bool,
    consent: bool,
    robots: bool,
    script: bool,
    missing: bool,
    media: bool,
}

/// Looks for the signs of gates. `html` is the page before its programs were taken out.
pub(super) fn signs(page: &Document, holds: &HashMap<NodeId, Holds>, meta: &Meta, html: &str) -> Signs {
    let root = page.root();
    let whole = holds.get(&root.id).copied().unwrap_or_default();
    let bare = whole.text < 1500;
    let mut signs = Signs { stated_paid: meta.paid, ..Signs::default() };
    let (mut consent, mut robots, mut drawn) = (0, false, false);
    for node in root.descendants_it().filter(NodeRef::is_element) {
        let Some(held) = holds.get(&node.id) else { continue };
        let names = names(&node);
        drawn |= is_drawn(&node, held, &names);
        if held.text == 0 {
            continue;
        }
        if held.text * 2 > whole.text && named(&names, CONSENT) {
            consent = consent.max(held.text);
        }
        robots |= bare && named(&names, ROBOTS);
        signs.wall |= held.text >= 15 && held.text < 1500 && held.prose <= 4 && named(&names, PAID);
    }
    signs.media = !page.select("video, audio, iframe[src*='player'], iframe[src*='embed']").is_empty();
    let heads: Vec<&Clean> = meta.headings.iter().chain(&meta.title).chain(&meta.headline).collect();
    signs.missing = heads.iter().any(|head| head.as_str().len() < 80 && MISSING_SAID.is_match(head.as_str()));
    signs.robots =
        (robots && whole.prose <= 3) || (bare && heads.iter().any(|head| ASKED_SAID.is_match(head.as_str())));
    signs.consent = consent > 100;
    let programs = html.matches("<script").count();
    let asks = page.select("noscript").nodes().iter().any(|node| node.text().trim().len() > 20);
    signs.script = whole.text < 400 && programs > 0 && (drawn || asks || whole.text < 60);
    signs
}

/// What keeps the rest of `story` away, if anything does. `markup` is the page without its programs.
pub(super) fn judge(signs: &Signs, story: &Story, markup: &str) -> Option<Gate> {
    let words = story.words();
    // What walls say is looked for only where it could matter.
    if words >= BEGINNING * 2 {
        return None;
    }
    let wall = signs.wall || PAY_SAID.is_match(markup);
    let prose = story.blocks.iter().filter(|block| matches!(block, Block::Paragraph(_))).count();
    let little = words < LITTLE;
    let short = words < BEGINNING && prose <= 6;
    let paid = (wall && short) || (signs.stated_paid && words < LITTLE);
    if signs.robots && little {
        Some(Gate::Robots)
    } else if signs.missing && little {
        Some(Gate::Missing)
    } else if paid || ((signs.stated_paid || wall) && tidy::cut_short(story)) {
        Some(Gate::Paywall)
    } else if signs.consent && little {
        Some(Gate::Consent)
    } else if little && LOGIN_SAID.is_match(markup) {
        Some(Gate::Login)
    } else if signs.script && little {
        Some(Gate::Script)
    } else if signs.media && words < super::LEAST {
        Some(Gate::Media)
    } else {
        None
    }
}

/// Whether what was found is the gate's own text rather than the beginning of a story: on a page that
/// does not say that it is an article (`stated`), or whose paragraphs are about cookies.
pub(super) fn is_all_there_is(gate: Option<Gate>, story: &Story, stated: bool) -> bool {
    match gate {
        Some(Gate::Consent) => {
            let text = story.plain_text();
            let (all, about) = text.lines().filter(|line| line.len() > 20).fold((0, 0), |(all, about), line| {
                (all + line.len(), about + if COOKIES_SAID.is_match(line) { line.len() } else { 0 })
            });
            !stated || about * 2 >= all
        }
        Some(Gate::Robots | Gate::Missing | Gate::Login) => !stated,
        Some(Gate::Paywall | Gate::Script | Gate::Media) | None => false,
    }
}

/// Whether a line says what a wall says.
pub(super) fn is_wall(line: &str) -> bool {
    line.len() < 600 && PAY_SAID.is_match(line)
}

static COOKIES_SAID: LazyLock<Regex> = LazyLock::new(|| any_of(COOKIES));
static PAY_SAID: LazyLock<Regex> = LazyLock::new(|| any_of(PAY));
static LOGIN_SAID: LazyLock<Regex> = LazyLock::new(|| any_of(LOGIN));
static ASKED_SAID: LazyLock<Regex> = LazyLock::new(|| any_of(ASKED));
static MISSING_SAID: LazyLock<Regex> = LazyLock::new(|| any_of(MISSING));

/// Finds any of `phrases` in any case, with either apostrophe.
fn any_of(phrases: &[&str]) -> Regex {
    let parts: Vec<String> = phrases.iter().map(|phrase| regex_syntax::escape(phrase).replace('\'', "['’]")).collect();
    RegexBuilder::new(&parts.join("|")).case_insensitive(true).build().expect("phrases make a pattern")
}

/// Whether this is the empty place that a program would fill.
fn is_drawn(node: &NodeRef<'_>, held: &Holds, names: &str) -> bool {
    held.text < 200 && {
        let place = node.id_attr().is_some_and(|id| matches!(&*id, "root" | "app"));
        place || named(names, DRAWN)
    }
}
