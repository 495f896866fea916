//! What a query asks for, as a tree over words, phrases and lists of documents.

use std::sync::Arc;

use crate::expansion::Expansion;
use crate::segment::DocumentSet;
use crate::term::Term;
use crate::word::{Weights, Word};

/// The field of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Headline and body.
    Text,
    /// The headline only.
    Headline,
    /// The body only.
    Body,
}

/// Documents of one segment that the caller has found.
#[derive(Debug, Clone)]
pub enum Listed {
    /// Documents that score 0, as those of a filter do.
    Unscored(DocumentSet),
    /// Documents, ascending and distinct, and the score of each.
    Scored(Vec<u16>, Vec<f32>),
}

impl Listed {
    /// The bytes of memory that the documents and their scores take.
    pub fn nbytes(&self) -> usize {
        match self {
            Self::Unscored(set) => set.nbytes(),
            Self::Scored(documents, scores) => 2 * documents.len() + 4 * scores.len(),
        }
    }
}

/// A part of a query; the nodes are those of `newsindex/query/syntax/nodes.py`.
#[derive(Debug, Clone)]
pub enum Node {
    /// The documents that have a word in headline or body.
    Word(Arc<Word>, Weights),
    /// The documents in which terms follow each other, each at most `slop` words after the one before it.
    Phrase {
        /// The terms, in order.
        terms: Vec<Arc<Term>>,
        /// The field in which the last term stands, and therefore all.
        field: Field,
        /// The greatest distance between two terms, in words.
        slop: u32,
        /// The boosted idf of the phrase.
        factor: f32,
    },
    /// The documents that have a word in one field.
    FieldWord(Arc<Word>, Weights, Field),
    /// The documents that have any of some spellings, scored as one term; with the boosted idf.
    Expansion(Arc<Expansion>, f32),
    /// The documents that have all of some words.
    AllWords(Vec<(Arc<Word>, Weights)>),
    /// The documents in every one of `required`, without those of `excluded`.
    And {
        /// The parts that a document must match; all documents where there are none.
        required: Vec<Node>,
        /// The parts that it must not match.
        excluded: Vec<Node>,
        /// The factor of the scores.
        boost: f32,
    },
    /// The documents in any part, with the scores added in the order of the parts.
    Or(Vec<Node>, f32),
    /// The documents of the first part without those of the second.
    AndNot(Box<Node>, Box<Node>),
    /// The documents of the first part, with the scores of the second added where they are in both.
    AndMaybe(Box<Node>, Box<Node>),
    /// The documents from a number to before another one, by segment; they score 0.
    Ranges(Vec<(usize, usize)>),
    /// Documents that the caller has found, by segment.
    Listed(Arc<Vec<Listed>>),
    /// All documents; they score 0.
    Every,
    /// No document.
    Nothing,
}

impl Node {
    /// Whether the documents of the node score 0, as those of a filter do.
    pub fn is_filter(&self) -> bool {
        match self {
            Self::Ranges(_) | Self::Every | Self::Nothing => true,
            Self::Listed(listed) => listed
                .iter()
                .all(|segment| matches!(segment, Listed::Unscored(_))),
            Self::AndNot(positive, _) => positive.is_filter(),
            Self::And { required, .. } => required.iter().all(Self::is_filter),
            _ => false,
        }
    }
}

/// A pair of words that scores where they stand as in the query (`newsindex/query/ranking/proximity.py`).
#[derive(Debug, Clone)]
pub struct Pair {
    /// The first term.
    pub first: Arc<Term>,
    /// The second term.
    pub second: Arc<Term>,
    /// How many words the second stands after the first.
    pub distance: i64,
    /// What a document scores that has the pair.
    pub score: f32,
}

/// What scores where the query matches, but need not occur.
#[derive(Debug, Clone, Default)]
pub struct Optional {
    /// Words.
    pub words: Vec<(Arc<Word>, Weights)>,
    /// Pairs of words.
    pub pairs: Vec<Pair>,
    /// No document scores more for all of it.
    pub max_score: f64,
}

impl Optional {
    /// Whether nothing is optional.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.pairs.is_empty()
    }
}
