//! What the reader remembers from one run to the next besides articles and settings: lines on shelves.

use std::fmt;

/// A shelf: lines of one kind, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// Where one went with go-to-anything.
    Gone,
    /// Lines of the command line.
    Commands,
    /// Commands that articles were piped to.
    Pipes,
    /// Marks: a letter, the number of an article, its headline.
    Marks,
    /// Macros: a letter and keys.
    Macros,
    /// Where the reader was left.
    Place,
    /// How wide the panes were drawn.
    Panes,
}

impl Shelf {
    /// Every shelf.
    pub const ALL: [Self; 7] =
        [Self::Gone, Self::Commands, Self::Pipes, Self::Marks, Self::Macros, Self::Place, Self::Panes];

    /// The name that the store keeps it under.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "memory.gone",
            Self::Commands => "memory.commands",
            Self::Pipes => "memory.pipes",
            Self::Marks => "memory.marks",
            Self::Macros => "memory.macros",
            Self::Place => "memory.place",
            Self::Panes => "memory.panes",
        }
    }

    /// The most lines that are kept on it: the oldest go first.
    #[must_use]
    pub fn most(self) -> usize {
        match self {
            Self::Gone => 50,
            Self::Commands | Self::Pipes => 100,
            Self::Marks | Self::Macros => 64,
            Self::Place => 12,
            Self::Panes => 2,
        }
    }
}

impl fmt::Display for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
