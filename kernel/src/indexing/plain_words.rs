//! The words that need no analyzer: a run of plain letters and digits, at most after one elided word.

use super::letters::Ranges;
use crate::error::{Error, Result};

/// What newsindex/analyzer says of plain words.
pub struct PlainWords {
    /// The small letter or the digit of each code; None for a code that needs the analyzer.
    signs: [Option<char>; 256],
    /// The words that are elided before anything, such as `qu`.
    elided: Vec<String>,
    /// The letters that are elided before most signs, such as `n`.
    elided_letters: String,
    /// The letters before which those are not elided for certain.
    kept_before: String,
}

impl PlainWords {
    /// `signs` has the small letter of each code as a number, 0 where the code needs the analyzer.
    pub fn new(
        signs: &[u32],
        elided: Vec<String>,
        elided_letters: String,
        kept_before: String,
    ) -> Result<Self> {
        let signs: &[u32; 256] = signs
            .try_into()
            .map_err(|_| Error::Invalid("there must be a sign for each of 256 codes".into()))?;
        let signs = signs.map(|sign| char::from_u32(sign).filter(|&sign| sign != '\0'));
        Ok(Self {
            signs,
            elided,
            elided_letters,
            kept_before,
        })
    }

    /// Replaces `spelling` by that of the one word of a chunk; false for a chunk that needs the analyzer.
    pub fn spell(&self, ranges: &Ranges, codes: &[u8], spelling: &mut String) -> bool {
        let mut parts = codes.split(|&code| ranges.is_apostrophe(code));
        let (Some(first), second, None) = (parts.next(), parts.next(), parts.next()) else {
            return false;
        };
        if !self.spell_run(first, spelling) {
            return false;
        }
        let Some(word) = second else {
            return true;
        };
        let is_elided = match self.elided.iter().any(|elided| elided == spelling) {
            true => true,
            false => self.is_elided_letter(spelling, word),
        };
        is_elided && self.spell_run(word, spelling)
    }

    fn is_elided_letter(&self, spelling: &str, word: &[u8]) -> bool {
        let mut letters = spelling.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            return false;
        };
        let next = word.first().and_then(|&code| self.signs[usize::from(code)]);
        self.elided_letters.contains(letter) && next.is_some_and(|next| !self.kept_before.contains(next))
    }

    /// Replaces `spelling` by that of a run of plain letters and digits; false where another code is in it.
    fn spell_run(&self, codes: &[u8], spelling: &mut String) -> bool {
        spelling.clear();
        codes.iter().all(|&code| match self.signs[usize::from(code)] {
            Some(sign) => {
                spelling.push(sign);
                true
            }
            None => false,
        }) && !codes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indexing::letters::{Letters, MARGIN};

    fn spelled(chunk: &str) -> Option<String> {
        let letters = Letters::for_tests();
        let mut signs = [0; 256];
        for sign in ('0'..='9').chain('a'..='z').chain('à'..='ÿ') {
            signs[usize::from(letters.code(sign))] = u32::from(sign);
        }
        let words = PlainWords::new(&signs, vec!["l".into(), "qu".into()], "nm".into(), "bch".into());
        let (mut codes, mut spelling) = (Vec::new(), String::new());
        letters.encode(chunk.as_bytes(), &mut codes);
        let codes = &codes[MARGIN..codes.len() - MARGIN];
        words
            .expect("256 signs")
            .spell(&letters.ranges, codes, &mut spelling)
            .then_some(spelling)
    }

    #[test]
    fn plain_words_are_spelled_in_small_letters_without_what_is_elided() {
        assert_eq!(spelled("Été2"), Some("été2".into()));
        assert_eq!(spelled("L'avocat"), Some("avocat".into()));
        assert_eq!(spelled("qu'2018"), Some("2018".into()));
        assert_eq!(spelled("N'a"), Some("a".into()));
    }

    #[test]
    fn other_words_need_the_analyzer() {
        for chunk in ["n'ba", "m'hamed", "aujourd'hui", "l'd'a", "1.5", "ж", "a'b"] {
            assert_eq!(spelled(chunk), None);
        }
    }
}
