//! What the hits of a page show: their stored texts, their marked headlines, and the passages of their bodies that
//! answer a query best.
//!
//! It does what `newsindex/query/presentation` does, for the texts whose words it knows how to tell apart
//! (`words.rs`); the others are left to that.

pub mod characters;
pub mod fragments;
pub mod marked_text;
pub mod marks;
pub mod passages;
pub mod places;
pub mod snippets;
pub mod stored_texts;
pub mod words;

use std::ops::Range;
use std::sync::Arc;

use crate::deadline::Deadline;
use crate::error::Result;
use crate::page::{self, Limits, Marked};
use crate::segment::View;
use crate::term::Term;

use marked_text::{html, spans};
use stored_texts::{Dictionary, Fields, TextArrays};

/// How a term is marked in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// It is not.
    Never,
    /// As a part of a phrase.
    InPhrases,
    /// Wherever it stands.
    Always,
}

/// A term of a query.
#[derive(Debug, Clone)]
pub struct SoughtTerm {
    /// The term.
    pub term: Arc<Term>,
    /// How it is marked in headlines.
    pub headline: Marking,
    /// How it is marked in bodies.
    pub body: Marking,
    /// Its inverse document frequency.
    pub idf: f64,
}

/// What a query marks. A phrase is a list of places among the terms.
#[derive(Debug, Default)]
pub struct Sought {
    /// The terms, in the order of their texts.
    pub terms: Vec<SoughtTerm>,
    /// The phrases that are marked in headlines.
    pub headline_phrases: Vec<Vec<usize>>,
    /// The phrases that are marked in bodies.
    pub body_phrases: Vec<Vec<usize>>,
}

/// What a hit shows. A mark is its (start, end) in characters.
#[derive(Debug)]
pub struct Shown {
    /// The stored text.
    pub packed: Vec<u8>,
    /// The bytes of the headline in it.
    pub headline: Range<usize>,
    /// The marks in the headline.
    pub headline_spans: Vec<(usize, usize)>,
    /// The headline as HTML.
    pub headline_html: String,
    /// The passage of the body.
    pub snippet: String,
    /// The marks in the passage.
    pub snippet_spans: Vec<(usize, usize)>,
    /// The passage as HTML.
    pub snippet_html: String,
}

/// What is read of a document.
#[derive(Debug)]
pub enum Document {
    /// What it shows.
    Shown(Shown),
    /// Its stored text, and where the terms stand in it: the words of its headline or of its passage are not known.
    Unknown(Vec<u8>, page::Occurrences),
}

/// The texts of a segment.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// Where its arrays lie.
    pub arrays: &'a TextArrays,
    /// The dictionary of its frames.
    pub dictionary: Option<&'a Dictionary>,
}

/// Reads what the documents of a page show, each given by its segment and its number; `texts` are those of each
/// segment.
pub fn show(
    views: &[View<'_>],
    texts: &[Texts<'_>],
    sought: &Sought,
    documents: &[(usize, u16)],
    limits: Limits,
    deadline: Deadline,
) -> Result<Vec<Document>> {
    let marked = |term: &SoughtTerm| Marked {
        term: term.term.clone(),
        in_headline: term.headline != Marking::Never,
        in_body: term.body != Marking::Never,
    };
    let marked: Vec<Marked> = sought.terms.iter().map(marked).collect();
    let occurrences = page::occurrences(views, &marked, documents, limits, deadline)?;
    let mut shown = Vec::with_capacity(documents.len());
    for (&(number, document), occurrences) in documents.iter().zip(occurrences) {
        deadline.check()?;
        let (view, texts) = (views[number], texts[number]);
        let one = show_document(view, texts, sought, document, occurrences);
        shown.push(one.map_err(|error| error.in_segment(number))?);
    }
    Ok(shown)
}

fn show_document(
    view: View<'_>,
    texts: Texts<'_>,
    sought: &Sought,
    document: u16,
    occurrences: page::Occurrences,
) -> Result<Document> {
    let packed = texts.arrays.packed_text(view, document, texts.dictionary)?;
    let damaged = || texts.arrays.damaged_text(document);
    let fields = Fields::of(&packed).ok_or_else(damaged)?;
    let landmarks = if occurrences.body.is_empty() {
        Vec::new()
    } else {
        texts.arrays.landmarks(view, document)?
    };
    let marked = marks::mark_headline(fields.headline, &occurrences.headline, sought);
    let snippet = snippets::snippet(fields.body, &occurrences.body, &landmarks, sought);
    let (Some(marked), Some(snippet)) = (marked, snippet) else {
        return Ok(Document::Unknown(packed, occurrences));
    };
    Ok(Document::Shown(Shown {
        headline_spans: spans(fields.headline, &marked),
        headline_html: html(fields.headline, &marked),
        snippet_spans: spans(&snippet.text, &snippet.marks),
        snippet_html: html(&snippet.text, &snippet.marks),
        snippet: snippet.text,
        headline: fields.headline_range,
        packed,
    }))
}
