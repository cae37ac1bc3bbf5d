//! Related news as the sidebar and `dateline related` show it.

use super::Headline;
use crate::text::Clean;

/// How two articles belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// They share a subject.
    Related,
    /// They stood together on a saved page.
    SamePage,
    /// The same event, another source or an earlier report.
    Story,
    /// The same text, nearly word for word.
    Copy,
}

/// One stored article that belongs with another.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedItem {
    /// The article.
    pub headline: Headline,
    /// How it belongs.
    pub relation: Relation,
    /// How near the two texts are, 0 to 1 (cosine of their weighted terms).
    pub score: f32,
    /// The heaviest terms both share, as they stand in the text that is being read; at most three.
    pub reasons: Vec<Clean>,
}

impl RelatedItem {
    /// Why it is shown, in words; `None` where no reason is known.
    #[must_use]
    pub fn reasons(&self) -> Option<Clean> {
        let reasons: Vec<&str> = self.reasons.iter().map(Clean::as_str).collect();
        match self.relation {
            _ if !reasons.is_empty() => Some(crate::clean!("shares {}", reasons.join(", "))),
            // What is too far apart in its words to be compared was told step by step.
            Relation::Story => Some(Clean::new("tells of the same event")),
            _ => None,
        }
    }
}
