//! Builds the snippet of a body, as `newsindex/query/presentation/snippets.py` does.

use super::fragments::{cut, Fragment, FRAGMENT_LENGTH};
use super::marked_text::MarkedText;
use super::marks::{find_marks, merged};
use super::passages::{best_windows, phrase_starts, Occurrence};
use super::places::{at_byte, forward, Place, START};
use super::words::{locate, Bounds};
use super::{Marking, Sought};

/// The length in characters of each of two fragments.
const LENGTH_OF_TWO: usize = FRAGMENT_LENGTH * 3 / 5;
/// The place of every word with a number that this divides is stored.
const LANDMARK: u32 = 8;
/// Words that are counted from one landmark at most.
const MAX_DISTANCE: u32 = 512;

/// Where words of a body stand, by their numbers, ascending.
type WordBounds = Vec<(u32, Bounds)>;

/// Makes the snippet of a body. `landmarks` are those of the body where any of the terms occurs. None where a word of
/// the passage is not known.
pub fn snippet(
    body: &str,
    occurrences: &[Occurrence],
    landmarks: &[u32],
    sought: &Sought,
) -> Option<MarkedText> {
    if body.is_empty() {
        return Some(MarkedText::join(body, &[], &[]));
    }
    let (terms, phrases) = (&sought.terms, &sought.body_phrases);
    let starts = phrase_starts(occurrences, phrases);
    let is_marked = |term: usize| terms[term].body == Marking::Always;
    let occurrences = without_parts_of_phrases(occurrences, phrases, &starts, is_marked);
    if occurrences.is_empty() {
        return Some(MarkedText::join(body, &[cut(body, START, FRAGMENT_LENGTH)], &[]));
    }
    let mut windows = best_windows(&occurrences, phrases, &starts, terms);
    windows.sort_unstable();
    let body = Body {
        text: body,
        landmarks,
    };
    let mut bounds = body.locate(&windows)?;
    let fragments = fragments(&body, &bounds);
    let mut others = words_in(&fragments, &occurrences, landmarks);
    others.retain(|&word| find(&bounds, word).is_none());
    bounds.extend(body.locate(&others)?);
    bounds.sort_unstable();
    let mut marks = Vec::new();
    for fragment in &fragments {
        let lies_inside =
            |&(word, _): &Occurrence| find(&bounds, word).is_some_and(|one| fragment.holds(one));
        let inside: Vec<Occurrence> = occurrences.iter().copied().filter(lies_inside).collect();
        marks.extend(find_marks(
            &inside,
            |word| find(&bounds, word),
            is_marked,
            phrases,
        )?);
    }
    Some(MarkedText::join(body.text, &fragments, &merged(marks)))
}

/// The occurrences without those of words that are sought in a phrase only and stand outside of it.
fn without_parts_of_phrases(
    occurrences: &[Occurrence],
    phrases: &[Vec<usize>],
    starts: &[Vec<u32>],
    is_marked: impl Fn(usize) -> bool,
) -> Vec<Occurrence> {
    let mut inside: Vec<u32> = Vec::new();
    for (phrase, words) in phrases.iter().zip(starts) {
        let words_of = |&start: &u32| start..start + phrase.len() as u32;
        inside.extend(words.iter().flat_map(words_of));
    }
    inside.sort_unstable();
    let is_shown = |&(word, term): &Occurrence| is_marked(term) || inside.binary_search(&word).is_ok();
    occurrences.iter().copied().filter(is_shown).collect()
}

/// The fragments that show some words; two that meet are one.
fn fragments(body: &Body<'_>, bounds: &WordBounds) -> Vec<Fragment> {
    let length = if bounds.len() < 2 {
        FRAGMENT_LENGTH
    } else {
        LENGTH_OF_TWO
    };
    let mut place = START;
    let mut fragments: Vec<Fragment> = Vec::with_capacity(2);
    for &(_, (start, _)) in bounds {
        place = at_byte(body.text, place, start);
        let next = cut(body.text, place, length);
        match fragments.last_mut() {
            Some(last) if next.start.character <= last.end.character + 1 => {
                last.end = last.end.max(next.end);
                last.cut_end = next.cut_end;
            }
            _ => fragments.push(next),
        }
    }
    if fragments.is_empty() {
        fragments.push(cut(body.text, START, length));
    }
    fragments
}

/// The numbers of the words that may stand in one of the fragments, judged by the landmarks around it.
fn words_in(fragments: &[Fragment], occurrences: &[Occurrence], landmarks: &[u32]) -> Vec<u32> {
    let mut words: Vec<u32> = Vec::new();
    for fragment in fragments {
        let until =
            |place: Place| landmarks.partition_point(|&landmark| landmark as usize <= place.character) as u32;
        let low = until(fragment.start).saturating_sub(1) * LANDMARK;
        let high = until(fragment.end) * LANDMARK;
        let inside = occurrences
            .iter()
            .filter(|&&(word, _)| (low..high).contains(&word));
        words.extend(inside.map(|&(word, _)| word));
    }
    words.sort_unstable();
    words.dedup();
    words
}

fn find(bounds: &WordBounds, word: u32) -> Option<Bounds> {
    let place = bounds.binary_search_by_key(&word, |&(number, _)| number).ok()?;
    Some(bounds[place].1)
}

/// A body whose words are counted from its landmarks.
struct Body<'a> {
    text: &'a str,
    landmarks: &'a [u32],
}

impl Body<'_> {
    /// Where some words stand, given by their numbers, ascending. A word that is too far from the landmark before it
    /// is left out.
    fn locate(&self, words: &[u32]) -> Option<WordBounds> {
        let mut bounds = Vec::with_capacity(words.len());
        let mut place = START;
        let mut rest = words;
        while let Some(&first) = rest.first() {
            let landmark = self.landmark_of(first)?;
            let is_near = |&word: &u32| self.landmark_of(word) == Some(landmark);
            let (group, others) = rest.split_at(rest.iter().take_while(|word| is_near(word)).count());
            rest = others;
            let counted_from = landmark as u32 * LANDMARK;
            let is_close = |&word: &u32| word - counted_from < MAX_DISTANCE;
            let near: Vec<u32> = group.iter().copied().filter(is_close).collect();
            let offset = self.landmarks[landmark] as usize;
            place = forward(self.text, place, offset.checked_sub(place.character)?);
            let counts: Vec<usize> = near.iter().map(|word| (word - counted_from) as usize).collect();
            bounds.extend(near.into_iter().zip(locate(self.text, place.byte, &counts)?));
        }
        Some(bounds)
    }

    /// The landmark from which a word is counted: inside of a chunk without a space landmarks repeat the place of the
    /// chunk, and the first of these is the one. None where the body has no such word.
    fn landmark_of(&self, word: u32) -> Option<usize> {
        let landmark = (word / LANDMARK) as usize;
        let offset = *self.landmarks.get(landmark)?;
        if landmark > 0 && self.landmarks[landmark - 1] == offset {
            return Some(self.landmarks.partition_point(|&other| other < offset));
        }
        Some(landmark)
    }
}
