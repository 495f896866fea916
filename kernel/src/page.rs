//! Where the terms of a query stand in the documents of a page: all places, from which passages are chosen, and
//! the first ones, by which the best matches are sorted.

use std::sync::Arc;

use crate::deadline::Deadline;
use crate::error::{Error, Result};
use crate::segment::View;
use crate::term::Term;

/// A term that is marked on a page.
#[derive(Debug, Clone)]
pub struct Marked {
    /// The term.
    pub term: Arc<Term>,
    /// Whether it is marked in headlines.
    pub in_headline: bool,
    /// Whether it is marked in bodies.
    pub in_body: bool,
}

/// Where the terms stand in one document.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Occurrences {
    /// The numbers of the words in the headline, ascending, each with the place of its term among the terms.
    pub headline: Vec<(u32, usize)>,
    /// The same of the body.
    pub body: Vec<(u32, usize)>,
}

/// How many occurrences in a body are of use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Of one term.
    pub of_term: usize,
    /// Of all terms.
    pub of_all: usize,
}

/// Reads where some terms stand in some documents, each given by its segment and its number.
pub fn occurrences(
    views: &[View<'_>],
    terms: &[Marked],
    documents: &[(usize, u16)],
    limits: Limits,
    deadline: Deadline,
) -> Result<Vec<Occurrences>> {
    let mut found = vec![Occurrences::default(); documents.len()];
    for (number, &view) in views.iter().enumerate() {
        let mut of_segment = documents
            .iter()
            .zip(&mut found)
            .filter(|((segment, _), _)| *segment == number);
        let of_segment: Vec<(u16, &mut Occurrences)> = of_segment
            .by_ref()
            .map(|(&(_, document), occurrences)| (document, occurrences))
            .collect();
        if !of_segment.is_empty() {
            deadline.check()?;
            read(view, number, terms, of_segment, limits).map_err(|error| error.in_segment(number))?;
        }
    }
    Ok(found)
}

fn read(
    view: View<'_>,
    number: usize,
    terms: &[Marked],
    mut documents: Vec<(u16, &mut Occurrences)>,
    limits: Limits,
) -> Result<()> {
    let headline_lengths = view.headline_lengths()?;
    if documents
        .iter()
        .any(|&(document, _)| usize::from(document) >= view.segment.documents)
    {
        return Err(Error::Invalid("a document of a page is in no segment".into()));
    }
    let mut positions = Vec::new();
    for (place, marked) in terms.iter().enumerate() {
        let Some(Some(term)) = marked.term.segments.get(number) else {
            continue;
        };
        let listed = term.documents(view)?;
        let mut reader = term.positions(view)?;
        for (document, occurrences) in &mut documents {
            let Some(posting) = term.find(listed, *document) else {
                continue;
            };
            reader.read(posting, &mut positions);
            let headline_length = headline_lengths.of(*document);
            let (headline, body) =
                positions.split_at(positions.partition_point(|&position| position < headline_length));
            if marked.in_headline {
                let places = headline.iter().map(|&position| (position, place));
                occurrences.headline.extend(places);
            }
            if marked.in_body {
                let first = body.iter().take(limits.of_term);
                occurrences
                    .body
                    .extend(first.map(|&position| (position - headline_length, place)));
            }
        }
    }
    for (_, occurrences) in documents {
        occurrences.headline.sort_unstable();
        occurrences.body.sort_unstable();
        occurrences.body.truncate(limits.of_all);
    }
    Ok(())
}

/// A word of the second stage of the ranking: the terms that stand for it, whichever comes first, and what it adds
/// to the factor of a document that begins with it.
#[derive(Debug, Clone)]
pub struct LeadWord {
    /// The terms.
    pub terms: Vec<Arc<Term>>,
    /// What the word adds.
    pub gain: f32,
}

/// A hit of the first stage of the ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FirstStageHit {
    /// Its score.
    pub score: f32,
    /// Its segment.
    pub segment: usize,
    /// Its document.
    pub document: u16,
}

/// The scores of the second stage of the ranking, computed as `newsindex/query/ranking/second_stage.py` does:
/// `half` is the position at which a word adds half of its gain.
pub fn lead_scores(
    views: &[View<'_>],
    words: &[LeadWord],
    half: f32,
    hits: &[FirstStageHit],
    deadline: Deadline,
) -> Result<Vec<f32>> {
    if hits.iter().any(|hit| hit.segment >= views.len()) {
        return Err(Error::Invalid("a hit is in no segment".into()));
    }
    let mut scores = vec![0.0; hits.len()];
    for (number, &view) in views.iter().enumerate() {
        let places: Vec<usize> = (0..hits.len())
            .filter(|&place| hits[place].segment == number)
            .collect();
        if places.is_empty() {
            continue;
        }
        deadline.check()?;
        let documents: Vec<u16> = places.iter().map(|&place| hits[place].document).collect();
        let mut factors = vec![0.0_f32; documents.len()];
        for word in words {
            let positions = first_positions(view, number, &word.terms, &documents);
            let positions = positions.map_err(|error| error.in_segment(number))?;
            for (factor, position) in factors.iter_mut().zip(positions) {
                *factor += word.gain * half / (position + half);
            }
        }
        for (place, factor) in places.into_iter().zip(factors) {
            scores[place] = hits[place].score * (factor + 1.0);
        }
    }
    Ok(scores)
}

/// The first position of any of some terms in each of some documents, infinite where none occurs.
fn first_positions(
    view: View<'_>,
    number: usize,
    terms: &[Arc<Term>],
    documents: &[u16],
) -> Result<Vec<f32>> {
    let mut positions = vec![f32::INFINITY; documents.len()];
    for term in terms {
        let Some(Some(term)) = term.segments.get(number) else {
            continue;
        };
        let listed = term.documents(view)?;
        let mut reader = term.positions(view)?;
        for (&document, first) in documents.iter().zip(&mut positions) {
            let position = term
                .find(listed, document)
                .and_then(|posting| reader.first(posting));
            *first = position.map_or(*first, |position| first.min(position as f32));
        }
    }
    Ok(positions)
}
