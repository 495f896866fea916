//! Which words of a text are marked, as `newsindex/query/presentation/highlights.py` finds it.

use super::passages::{stands_at, Occurrence};
use super::words::{locate, Bounds};
use super::{Marking, Sought};

/// Finds the marks in a text: (start, end) in bytes. `occurrences` ascend, and `bounds_of` gives the bounds of their
/// words. `is_marked` says whether a term is marked outside of phrases, too. Of several phrases that start with a
/// word the longest is marked.
pub fn find_marks(
    occurrences: &[Occurrence],
    bounds_of: impl Fn(u32) -> Option<Bounds>,
    is_marked: impl Fn(usize) -> bool,
    phrases: &[Vec<usize>],
) -> Option<Vec<Bounds>> {
    let mut marks = Vec::with_capacity(occurrences.len());
    let mut next_word = 0;
    for &(word, term) in occurrences {
        if word < next_word {
            continue;
        }
        let longest = phrases
            .iter()
            .filter(|phrase| phrase.first() == Some(&term) && stands_at(occurrences, phrase, word))
            .map(Vec::len)
            .max();
        let words = longest.unwrap_or(usize::from(is_marked(term))) as u32;
        if words > 0 {
            marks.push((bounds_of(word)?.0, bounds_of(word + words - 1)?.1));
        }
        next_word = word + words;
    }
    Some(marks)
}

/// The marks in ascending order, those that overlap or touch each other as one.
pub fn merged(mut marks: Vec<Bounds>) -> Vec<Bounds> {
    marks.sort_unstable();
    marks.dedup_by(|next, last| {
        let meets = next.0 <= last.1;
        if meets {
            last.1 = last.1.max(next.1);
        }
        meets
    });
    marks
}

/// The marks of a headline, (start, end) in bytes. None where its words are not known.
pub fn mark_headline(headline: &str, occurrences: &[Occurrence], sought: &Sought) -> Option<Vec<Bounds>> {
    let numbers: Vec<usize> = occurrences.iter().map(|&(word, _)| word as usize).collect();
    let bounds = locate(headline, 0, &numbers)?;
    let bounds_of = |word| {
        let place = occurrences.binary_search_by_key(&word, |&(number, _)| number);
        bounds.get(place.ok()?).copied()
    };
    let is_marked = |term: usize| sought.terms[term].headline == Marking::Always;
    let marks = find_marks(occurrences, bounds_of, is_marked, &sought.headline_phrases)?;
    Some(merged(marks))
}
