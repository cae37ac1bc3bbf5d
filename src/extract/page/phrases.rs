//! Words that pages set before what is not their story, in the languages that news sites are most
//! often written in: a table, so that another language is a few more lines.
//!
//! A phrase counts only at the beginning of a block, as whole words, and [`super::tidy`] looks at
//! the block's shape as well: "read more" may begin a sentence.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::extract::start_of;
use crate::text::fold::fold;

/// What follows a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// Other stories.
    Related,
    /// Something that the reader is asked to do.
    Ask,
    /// An advertisement.
    Advert,
    /// Who made a picture.
    Credit,
    /// What stands behind a story: comments, tags, the writer's life.
    Behind,
}

use Phrase::{Advert, Ask, Behind, Credit, Related};

#[rustfmt::skip] // A table: a language to a few lines.
const PHRASES: &[(Phrase, &[&str])] = &[
    (
        Related,
        &[
            "read more", "read also", "also read", "read next", "read this", "read the full", "related", "related:",
            "related story", "related stories", "related article", "related articles", "related news", "related content",
            "related coverage", "related topics", "see also", "see more", "more on this", "more on", "more from",
            "more about", "more stories", "more news", "more coverage", "more:", "most read", "most popular",
            "recommended", "you may also like", "you might also like", "you may like", "don't miss", "up next",
            "further reading", "in other news", "latest news", "trending", "trending now", "top stories", "watch",
            "watch:", "listen:", "keep reading", "continue reading", "editor's picks", "what to read next",
            "mehr zum thema", "mehr dazu", "mehr zu", "mehr lesen", "lesen sie auch", "lesen sie mehr",
            "lesen sie hier", "lesen sie dazu", "lies auch", "lies mehr", "auch interessant", "auch lesen",
            "zum thema", "das könnte sie auch interessieren", "das könnte dich auch interessieren",
            "das könnte ihnen auch gefallen", "das thema könnte dich auch interessieren", "weiterlesen",
            "siehe auch", "passend zum thema", "weitere artikel", "weitere nachrichten", "meistgelesen",
            "lire aussi", "à lire aussi", "a lire", "à lire", "lire la suite", "lire également", "voir aussi",
            "sur le même sujet", "pour aller plus loin", "les plus lus", "à voir aussi", "articles liés",
            "lee también", "lea también", "leer más", "lea más", "le puede interesar", "te puede interesar",
            "te recomendamos", "ver también", "noticias relacionadas", "más noticias", "más información",
            "artículos relacionados", "también te puede interesar", "además lea", "sigue leyendo",
            "leia também", "leia mais", "veja também", "saiba mais", "notícias relacionadas", "ver mais",
            "leggi anche", "leggi tutto", "potrebbe interessarti", "articoli correlati", "vedi anche",
            "lees ook", "lees meer", "lees verder", "bekijk ook", "meer over", "läs också", "läs även", "läs mer",
            "les også", "læs også", "læs mere", "lue myös", "se også", "se även",
            "czytaj także", "czytaj też", "czytaj więcej", "zobacz także", "zobacz też", "przeczytaj także",
            "čtěte také", "přečtěte si", "viac k téme", "olvassa el", "citește și", "vezi și", "прочетете още",
            "читайте также", "читать также", "читайте ещё", "читать далее", "смотрите также", "по теме",
            "материалы по теме", "ещё по теме", "другие новости", "популярное", "рекомендуем", "подробнее",
            "что ещё почитать", "читайте також", "читати далі", "дивіться також", "чытайце таксама",
            "ayrıca oku", "ilgili haberler", "ilginizi çekebilir", "devamını oku", "baca juga", "xem thêm",
            "đọc thêm", "关联阅读", "相关阅读", "相关新闻", "相关报道", "延伸阅读", "推荐阅读", "更多新闻", "相關新聞",
            "延伸閱讀", "関連記事", "関連ニュース", "あわせて読みたい", "おすすめ記事", "続きを読む", "관련기사", "관련 기사",
            "اقرأ أيضا", "إقرأ أيضا", "مواضيع ذات صلة", "بیشتر بخوانید", "यह भी पढ़ें", "ये भी पढ़ें", "קראו גם",
        ],
    ),
    (
        Ask,
        &[
            "sign up", "sign in", "log in", "subscribe", "register", "join our", "join the conversation", "follow us",
            "follow @", "like us on", "share this", "share on", "share", "email this", "print this", "tweet this",
            "click here to", "tap here to", "download our", "download the app", "get our", "get the latest",
            "get notified", "stay up to date", "support our", "support us", "donate", "become a member",
            "already a subscriber", "have a tip", "got a tip", "send us", "contact us at", "let us know", "leave a comment",
            "post a comment", "add a comment", "write a comment", "view comments", "this content is imported",
            "view this post on", "embedded content from", "to view this content", "this browser is not supported",
            "your browser does not support", "please enable javascript", "enable javascript", "skip to",
            "anmelden", "jetzt anmelden", "abonnieren", "newsletter", "folgen sie uns", "jetzt abonnieren",
            "empfohlener externer inhalt", "an dieser stelle finden sie", "kommentar schreiben", "artikel teilen",
            "inscrivez-vous", "abonnez-vous", "s'abonner", "partager", "suivez-nous", "recevez", "réagir",
            "suscríbete", "suscribete", "síguenos", "siguenos", "compartir", "regístrate", "inscreva-se", "assine",
            "compartilhe", "siga-nos", "iscriviti", "seguici", "condividi", "abonneer", "schrijf je in", "deel dit",
            "prenumerera", "dela artikeln", "tilaa", "zapisz się", "udostępnij", "obserwuj nas",
            "подписывайтесь", "подпишитесь", "поделиться", "поделитесь", "присоединяйтесь", "оставить комментарий",
            "следите за", "нашли ошибку", "если вы заметили ошибку", "заметили ошибку", "выделите ее", "підписуйтесь",
            "поділитися", "abone ol", "takip edin", "paylaş", "分享到", "扫一扫", "扫码", "关注我们", "打开微信",
            "责任编辑", "责编", "シェアする", "無断転載", "무단전재", "저작권자", "تابعونا", "شارك",
        ],
    ),
    (
        Advert,
        &[
            "advertisement", "advertisements", "advertising", "story continues below", "article continues below",
            "continues below", "sponsored", "sponsored content", "promoted", "paid content", "ad feedback",
            "anzeige", "werbung", "publicité", "publicidad", "publicidade", "pubblicità", "advertentie", "annons",
            "annonce", "mainos", "reklama", "reklam", "реклама", "на правах рекламы", "广告", "広告", "광고", "إعلان",
        ],
    ),
    (
        Credit,
        &[
            "photo", "photos by", "photo by", "photo credit", "photograph by", "photograph", "picture", "pictures", "image",
            "image credit", "image source", "image caption", "media caption", "credit", "credits", "getty images",
            "shutterstock", "courtesy of", "illustration", "video by", "foto", "fotos", "bild", "bilder", "beitragsbild",
            "bildquelle", "crédit", "crédits", "credit photo", "crédito", "créditos", "imagen", "imagem", "immagine",
            "fotografía", "kuva", "zdjęcie", "фото", "иллюстрация", "изображение", "источник фото", "图片来源", "图为", "写真",
            "사진", "fotoğraf",
        ],
    ),
    (
        Behind,
        &[
            "comments", "comment", "leave a reply", "about the author", "about the writer", "about the authors", "tags",
            "topics", "filed under", "tagged", "in this article",
            "most viewed", "popular stories", "more in", "more to explore", "our journalism", "recent posts",
            "latest stories", "discussion", "conversations", "post navigation", "sponsored stories",
            "around the web", "from around the web", "recommended for you", "you may be interested in",
            "kommentare", "über den autor", "zur person", "schlagworte", "schlagwörter", "themen", "startseite",
            "mots-clés", "commentaires", "sur l'auteur", "à propos de l'auteur", "comentarios", "etiquetas",
            "comentários", "sobre o autor", "sobre el autor", "archivado en", "commenti", "tag", "argomenti", "reacties",
            "kommentarer", "komentarze", "tagi", "комментарии", "теги", "темы", "об авторе", "обсуждение", "коментарі",
            "yorumlar", "etiketler", "评论", "标签", "热门", "热点", "相关推荐", "コメント", "댓글", "التعليقات", "הערות",
        ],
    ),
];

/// The phrases folded, by their first letter, longest first.
static TABLE: LazyLock<HashMap<char, Vec<(String, Phrase)>>> = LazyLock::new(|| {
    let mut table: HashMap<char, Vec<(String, Phrase)>> = HashMap::new();
    for (kind, phrases) in PHRASES {
        for phrase in *phrases {
            let folded = fold(phrase);
            if let Some(first) = folded.chars().next() {
                table.entry(first).or_default().push((folded, *kind));
            }
        }
    }
    table.values_mut().for_each(|phrases| phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len())));
    table
});

/// Bytes of a block in which a phrase is looked for; the longest has half as many.
const START: usize = 160;

/// Bytes of a block within which what follows the phrase is given.
const REST: usize = 600;

/// The longest phrase that `text` begins with, signs and quotes before it aside, and what is behind
/// it, folded.
pub(super) fn begins(text: &str) -> Option<(Phrase, String)> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    // Nearly every block begins with no phrase: its first letter, then its first words say so.
    let first = fold(text.get(..text.chars().next()?.len_utf8())?);
    let phrases = TABLE.get(&first.chars().next()?)?;
    let start = fold(start_of(text, START));
    phrases.iter().find(|(phrase, _)| start.starts_with(phrase.as_str()))?;
    let folded = fold(start_of(text, REST));
    phrases.iter().find_map(|(phrase, kind)| {
        let rest = folded.strip_prefix(phrase.as_str())?;
        let dense = phrase.chars().next_back().is_some_and(|c| matches!(c, '\u{3040}'..='\u{9fff}'));
        let whole = dense || rest.chars().next().is_none_or(|c| !c.is_alphanumeric()) || phrase.ends_with('@');
        whole.then(|| (*kind, rest.trim().to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_at_the_beginning() {
        assert_eq!(begins("» Read more: the ferry"), Some((Related, ": the ferry".to_owned())));
        assert_eq!(begins("Читайте также"), Some((Related, String::new())));
        assert_eq!(begins("À lire aussi : le lac").map(|(kind, _)| kind), Some(Related));
        assert_eq!(begins("Relatedness is a word"), None);
        assert_eq!(begins("The ferry: read more"), None);
        assert_eq!(begins("相关新闻：湖").map(|(kind, _)| kind), Some(Related));
    }
}
