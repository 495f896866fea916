//! A word of a query: a term, and which of its postings have the spelling that was typed.

use std::sync::Arc;

use crate::deadline::Deadline;
use crate::error::Result;
use crate::packed::documents::Documents;
use crate::segment::View;
use crate::term::{Term, TermCodes, TermInSegment};

/// Some of the spellings of a term in a segment (`newsindex/query/evaluation/spelling_postings.py`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpellingSet {
    /// Those that have a bit in marks.
    pub bits: u8,
    /// The numbers of those that have none.
    pub others: Vec<u32>,
    /// Whether the set has every spelling of the term.
    pub complete: bool,
    /// Whether the set has no spelling.
    pub empty: bool,
}

/// The spellings that are like the typed one, and those that are exactly it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SimilarSpellings {
    /// Those that differ in accents at most.
    pub alike: SpellingSet,
    /// The typed one.
    pub exact: SpellingSet,
}

/// A posting that is not scored by its code alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpecialPosting {
    /// The posting.
    pub posting: u32,
    /// Its w / (k1 + w).
    pub base: f32,
    /// Its mark.
    pub mark: u8,
    /// Whether it has one of the alike spellings without a bit, and none of those with one.
    pub is_other_alike: bool,
    /// Whether it has one of the exact spellings without a bit, and none of those with one.
    pub is_other_exact: bool,
}

/// A word of a query in one segment.
#[derive(Debug)]
pub struct WordInSegment {
    /// Its spellings.
    pub spellings: SimilarSpellings,
    /// The postings that are not scored by their code alone, ascending.
    pub special: Box<[SpecialPosting]>,
}

/// A word of a query in each segment of a collection.
#[derive(Debug)]
pub struct Word {
    /// The term of the word.
    pub term: Arc<Term>,
    /// The word by segment, None where one does not have the term.
    pub segments: Vec<Option<WordInSegment>>,
}

/// The weights of a word in one query: the boosted idf of its term, and what is added for a spelling that is
/// like the typed one, and for the typed one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// The boosted idf of the term.
    pub term: f64,
    /// What a spelling adds that differs in accents at most; None where spellings add nothing.
    pub added: Option<(f64, f64)>,
}

impl Word {
    /// A word. `spellings` are by segment, None where the segment does not have the term. Fails for damage.
    pub fn new(
        views: &[View<'_>],
        term: Arc<Term>,
        spellings: Vec<Option<SimilarSpellings>>,
        deadline: Deadline,
    ) -> Result<Self> {
        let mut segments = Vec::with_capacity(views.len());
        for (number, (view, spellings)) in views.iter().zip(spellings).enumerate() {
            deadline.check()?;
            let in_segment = term.segments.get(number).and_then(Option::as_ref);
            segments.push(match in_segment {
                Some(in_segment) => {
                    let spellings = spellings.unwrap_or_default();
                    let special = special_postings(*view, in_segment, &spellings)
                        .map_err(|error| error.in_segment(number))?;
                    Some(WordInSegment { spellings, special })
                }
                None => None,
            });
        }
        segments.resize_with(term.segments.len(), || None);
        Ok(Self { term, segments })
    }

    /// The bytes of memory that the word and its term take.
    pub fn nbytes(&self) -> usize {
        let of_segment = |word: &WordInSegment| {
            let others = word.spellings.alike.others.len() + word.spellings.exact.others.len();
            std::mem::size_of_val(&*word.special) + 4 * others
        };
        let table = self.segments.len() * std::mem::size_of::<Option<WordInSegment>>();
        self.term.nbytes() + table + self.segments.iter().flatten().map(of_segment).sum::<usize>()
    }
}

fn special_postings(
    view: View<'_>,
    term: &TermInSegment,
    spellings: &SimilarSpellings,
) -> Result<Box<[SpecialPosting]>> {
    let special = term.rare.iter().map(|rare| SpecialPosting {
        posting: rare.posting,
        base: rare.base,
        mark: rare.mark,
        is_other_alike: false,
        is_other_exact: false,
    });
    let mut special: Vec<SpecialPosting> = special.collect();
    let SimilarSpellings { alike, exact } = spellings;
    if alike.others.is_empty() && exact.others.is_empty() {
        return Ok(special.into());
    }
    let rare = special.len();
    let (documents, codes) = (term.documents(view)?, term.codes(view)?);
    let with_alike = postings_of_others(view, documents, alike)?;
    let with_exact = postings_of_others(view, documents, exact)?;
    let mut others: Vec<Other> = with_alike.iter().chain(&with_exact).copied().collect();
    others.sort_unstable();
    others.dedup();
    for other in others {
        let flags = |one: &mut SpecialPosting| {
            let has = |others: &[Other]| others.binary_search(&other).is_ok();
            one.is_other_alike = has(&with_alike) && one.mark & alike.bits == 0;
            one.is_other_exact = has(&with_exact) && one.mark & exact.bits == 0;
        };
        if let Ok(place) = special[..rare].binary_search_by_key(&other.posting, |one| one.posting) {
            flags(&mut special[place]);
            continue;
        }
        let mut one = coded_posting(view, codes, other);
        flags(&mut one);
        special.push(one);
    }
    special.sort_unstable_by_key(|one| one.posting);
    Ok(special.into())
}

fn coded_posting(view: View<'_>, codes: TermCodes<'_>, other: Other) -> SpecialPosting {
    let code = usize::from(codes.of(other.posting as usize));
    let norms = &view.segment.norms;
    let row = usize::from(norms.rows[usize::from(other.document)]);
    SpecialPosting {
        posting: other.posting,
        base: norms.table[row | code],
        mark: view.segment.codes.mark[code],
        is_other_alike: false,
        is_other_exact: false,
    }
}

/// A posting that has a spelling without a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Other {
    /// The posting.
    pub posting: u32,
    document: u16,
}

/// The postings of a term that have one of the spellings of a set without a bit, ascending and distinct.
pub fn postings_of_others(view: View<'_>, documents: Documents<'_>, set: &SpellingSet) -> Result<Vec<Other>> {
    let arrays = &view.segment.arrays;
    let mut postings = Vec::new();
    for spelling in &set.others {
        let spellings: &[u32] = view.whole(&arrays.other_spelling)?;
        let row = spellings.partition_point(|other| other < spelling);
        if spellings.get(row) != Some(spelling) {
            return Err(arrays.other_spelling.damaged(row, "lack a spelling"));
        }
        let bounds: &[u32] = view.part(&arrays.other_first, row, row + 2)?;
        let listed: &[u16] = view.part(&arrays.other_document, bounds[0] as usize, bounds[1] as usize)?;
        for &document in listed {
            let posting = documents.find(document).ok_or_else(|| {
                let row = bounds[0] as usize;
                arrays.other_document.damaged(row, "are not of the term")
            })?;
            let posting = posting as u32;
            postings.push(Other { posting, document });
        }
    }
    postings.sort_unstable();
    postings.dedup();
    Ok(postings)
}
