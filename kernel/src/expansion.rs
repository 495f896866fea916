//! The spellings that an exact, a wildcard or a fuzzy word stands for, scored as one term.
//!
//! The frequencies of all spellings in a document are added before they saturate, as
//! `newsindex/query/evaluation/term_expansion.py` adds them.

use crate::deadline::Deadline;
use crate::document_set::DocumentSet;
use crate::error::Result;
use crate::matches::Matches;
use crate::segment::View;
use crate::term::TermInSegment;
use crate::word::{postings_of_others, SpellingSet};

/// Terms of one segment, by their numbers, and which of their spellings are meant.
pub type TermSpellings = Vec<(usize, SpellingSet)>;

/// The live documents that have any of some spellings, by segment.
#[derive(Debug)]
pub struct Expansion {
    segments: Vec<Matches>, // with the w of BM25F in place of the scores
}

impl Expansion {
    /// Finds the documents. `spellings` are by segment. Fails for damage.
    pub fn new(views: &[View<'_>], spellings: &[TermSpellings], deadline: Deadline) -> Result<Self> {
        let mut segments = Vec::with_capacity(views.len());
        for (number, (&view, of_segment)) in views.iter().zip(spellings).enumerate() {
            let found = expand(view, of_segment, deadline);
            segments.push(found.map_err(|error| error.in_segment(number))?);
        }
        Ok(Self { segments })
    }

    /// How many documents there are.
    pub fn document_frequency(&self) -> usize {
        self.segments.iter().map(Matches::len).sum()
    }

    /// The bytes of memory that the documents take.
    pub fn nbytes(&self) -> usize {
        6 * self.document_frequency()
    }

    /// The matches in a segment; `factor` is the boosted idf.
    pub fn matches(&self, view: View<'_>, number: usize, factor: f32) -> Matches {
        let Some(found) = self.segments.get(number) else {
            return Matches::default();
        };
        let norms = &view.segment.norms;
        let score = |&weight: &f32| norms.saturate(weight) * factor;
        Matches {
            documents: found.documents.clone(),
            scores: found.scores.iter().map(score).collect(),
        }
    }
}

fn expand(view: View<'_>, spellings: &TermSpellings, deadline: Deadline) -> Result<Matches> {
    let mut weights = vec![0.0_f32; view.segment.documents];
    let mut documents = DocumentSet::empty();
    for (number, set) in spellings {
        deadline.check()?;
        let term = TermInSegment::new(view, *number)?;
        add_term(view, &term, set, |document, weight| {
            weights[usize::from(document)] += weight;
            documents.insert(document);
        })?;
    }
    let documents = documents.documents();
    let scores = documents.iter().map(|&document| weights[usize::from(document)]);
    Ok(Matches {
        scores: scores.collect(),
        documents,
    })
}

/// Gives each live document that has a spelling of the set, and the w of BM25F of the term there, to `add`.
fn add_term(
    view: View<'_>,
    term: &TermInSegment,
    set: &SpellingSet,
    mut add: impl FnMut(u16, f32),
) -> Result<()> {
    let documents = term.documents(view)?;
    let postings = term.unpacked(documents, term.packed_codes(view)?);
    let (marks, norms) = (&view.segment.codes.mark, &view.segment.norms);
    let others = if set.complete {
        Vec::new()
    } else {
        postings_of_others(view, documents, set)?
    };
    let mut others = others.into_iter().peekable();
    let mut rare = term.rare.iter().peekable();
    for (posting, (&document, &code)) in postings.documents.iter().zip(&postings.codes).enumerate() {
        let listed = rare.next_if(|rare| rare.posting as usize == posting);
        let mark = listed.map_or(marks[usize::from(code)], |rare| rare.mark);
        let is_other = others
            .next_if(|other| other.posting as usize == posting)
            .is_some();
        if !(set.complete || is_other || mark & set.bits != 0) || !view.is_live(document) {
            continue;
        }
        let (headline, body) = match listed {
            Some(rare) => (rare.headline, rare.count - rare.headline),
            None => view.segment.codes.frequencies(code),
        };
        let weight = norms.weight(document, headline, body);
        if weight > 0.0 {
            add(document, weight);
        }
    }
    Ok(())
}
