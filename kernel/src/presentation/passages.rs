//! Chooses the passage of a body that answers a query best, as `newsindex/query/presentation/passages.py` does: by
//! the same operations over 64-bit floats, in the same order.

use super::SoughtTerm;

/// The words of a window, about as many as a fragment has room for.
const WINDOW_WORDS: u32 = 40;
const DENSITY_WEIGHT: f64 = 0.05;
const PHRASE_WEIGHT: f64 = 10.0;
const ROUNDING: f64 = 1e-9;

/// The number of a word, and the place of its term among the terms.
pub type Occurrence = (u32, usize);

/// The numbers of the words with which each phrase starts, given the occurrences in ascending order.
pub fn phrase_starts(occurrences: &[Occurrence], phrases: &[Vec<usize>]) -> Vec<Vec<u32>> {
    let starts_of = |phrase: &Vec<usize>| {
        let starts = occurrences
            .iter()
            .filter(|&&(word, _)| stands_at(occurrences, phrase, word));
        starts.map(|&(word, _)| word).collect()
    };
    phrases.iter().map(starts_of).collect()
}

/// Whether the terms of a phrase follow each other from a word on.
pub fn stands_at(occurrences: &[Occurrence], phrase: &[usize], word: u32) -> bool {
    let mut following = (word..).zip(phrase);
    following.all(|(word, &term)| occurrences.binary_search(&(word, term)).is_ok())
}

/// The first words of the best window, and of the best one for the terms outside of it, if there are any.
pub fn best_windows(
    occurrences: &[Occurrence],
    phrases: &[Vec<usize>],
    starts: &[Vec<u32>],
    terms: &[SoughtTerm],
) -> Vec<u32> {
    let phrase_words: Vec<u32> = starts.concat();
    let (first, covered) = best_window(occurrences, &phrase_words, terms);
    let other = |occurrence: &&Occurrence| !covered[occurrence.1];
    let others: Vec<Occurrence> = occurrences.iter().filter(other).copied().collect();
    if others.is_empty() {
        return vec![first];
    }
    let is_apart = |phrase: &[usize]| phrase.iter().all(|&term| !covered[term]);
    let apart = phrases.iter().zip(starts).filter(|(phrase, _)| is_apart(phrase));
    let other_words: Vec<u32> = apart.flat_map(|(_, words)| words).copied().collect();
    vec![first, best_window(&others, &other_words, terms).0]
}

/// The first word of the best window, and for each term whether it is in the window.
fn best_window(occurrences: &[Occurrence], phrase_words: &[u32], terms: &[SoughtTerm]) -> (u32, Vec<bool>) {
    let mut frequency = vec![0_u32; terms.len()];
    let (mut best, mut best_score, mut start) = ((0, 0), -1.0, 0);
    let mut coverage = 0.0;
    for (end, &(word, term)) in occurrences.iter().enumerate() {
        if frequency[term] == 0 {
            coverage += terms[term].idf;
        }
        frequency[term] += 1;
        while occurrences[start].0 + WINDOW_WORDS < word {
            let left = occurrences[start].1;
            frequency[left] -= 1;
            if frequency[left] == 0 {
                coverage -= terms[left].idf;
            }
            start += 1;
        }
        let first = occurrences[start].0;
        let (inside, words) = (end + 1 - start, 1 + word - first);
        let mut score = coverage + DENSITY_WEIGHT * inside as f64 / f64::from(words);
        if !phrase_words.is_empty() {
            let has_phrase = phrase_words.iter().any(|phrase| (first..=word).contains(phrase));
            score += PHRASE_WEIGHT * f64::from(u8::from(has_phrase));
        }
        if score > best_score + ROUNDING {
            (best, best_score) = ((start, end), score);
        }
    }
    let mut covered = vec![false; terms.len()];
    let (start, end) = best;
    for &(_, term) in &occurrences[start..=end] {
        covered[term] = true;
    }
    (occurrences[start].0, covered)
}
