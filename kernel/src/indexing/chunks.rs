//! The chunks of a text: the longest runs of characters that may be one word, by the joining rules of
//! newsindex/analyzer/characters.py.

use super::letters::{Letters, Ranges};

/// The codes that are looked at together, as many as a number has bits.
const BLOCK: usize = 64;
/// The product of eight bytes of 0 or 1 by this has them as the bits of its highest byte.
const GATHER: u64 = 0x0102_0408_1020_4080;

/// The bounds of a chunk in the codes of a text between margins, without the sign before a hashtag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    /// The first code.
    pub start: u32,
    /// The end of the codes.
    pub end: u32,
}

/// Replaces `chunks` by those of the codes of a text, in order.
pub fn find_chunks(ranges: &Ranges, codes: &[u8], chunks: &mut Vec<Chunk>) {
    chunks.clear();
    let mut start = 0;
    let (mut is_inside, mut is_joined) = (false, false);
    let mut last = 0; // whether the code before the block is of a word, in the lowest bit
    for (block, some) in codes.chunks(BLOCK).enumerate() {
        let words = words_of_block(ranges, some);
        let mut edges = words ^ (words << 1 | last);
        last = words >> (BLOCK - 1);
        while edges != 0 {
            let place = block * BLOCK + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            is_inside = !is_inside;
            if is_inside {
                start = if is_joined { start } else { place };
                continue;
            }
            is_joined = joins(ranges, codes, place);
            if !is_joined {
                chunks.push(Chunk {
                    start: start as u32,
                    end: place as u32,
                });
            }
        }
    }
}

/// One bit for each of up to 64 codes: whether it is of a character of words.
fn words_of_block(ranges: &Ranges, codes: &[u8]) -> u64 {
    let mut bits = 0;
    let mut eights = codes.chunks_exact(8);
    let mut shift = 0;
    for eight in eights.by_ref() {
        let eight = u64::from_le_bytes(eight.try_into().unwrap_or_default());
        let words = ranges.words_of_eight(eight) >> 7;
        bits |= (words.wrapping_mul(GATHER) >> 56) << shift;
        shift += 8;
    }
    for (place, &code) in eights.remainder().iter().enumerate() {
        bits |= u64::from(ranges.is_word(code)) << (shift + place);
    }
    bits
}

/// Whether the sign at a place, which stands after a character of a word, joins it to the one after.
fn joins(ranges: &Ranges, codes: &[u8], place: usize) -> bool {
    let (sign, before, after) = (codes[place], codes[place - 1], codes[place + 1]);
    if sign == 0 || sign >= ranges.hash || !ranges.is_word(after) {
        return false;
    }
    if sign >= ranges.spaces {
        return joins_digit_groups(ranges, codes, place);
    }
    if sign < ranges.dot || (ranges.is_digit(before) && ranges.is_digit(after)) {
        return true;
    }
    sign == ranges.dot
        && ranges.is_letter(before)
        && ranges.is_letter(after)
        && !ranges.is_word(codes[place - 2])
}

/// Whether a space stands between groups of a number's digits: after one to three, and before just three.
fn joins_digit_groups(ranges: &Ranges, codes: &[u8], place: usize) -> bool {
    let are_digits = |codes: &[u8]| codes.iter().all(|&code| ranges.is_digit(code));
    are_digits(&codes[place - 1..place])
        && are_digits(&codes[place + 1..place + 4])
        && !ranges.is_word(codes[place + 4])
        && !are_digits(&codes[place - 4..place])
}

/// Whether two lines of a text in UTF-8 may share a word: a hyphen ends a line, with a letter before it and one after it.
pub fn may_share_word(letters: &Letters, hyphens: &str, text: &[u8]) -> bool {
    let is_word = |character: Option<char>| {
        character.is_some_and(|character| letters.ranges.is_word(letters.code(character)))
    };
    memchr::memchr_iter(b'\n', text).any(|line_end| {
        let line = &text[..line_end];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let (before, hyphen) = last_character(line);
        hyphen.is_some_and(|sign| hyphens.contains(sign))
            && is_word(first_character(&text[line_end + 1..]))
            && is_word(last_character(before).1)
    })
}

fn first_character(text: &[u8]) -> Option<char> {
    text[..text.len().min(4)]
        .utf8_chunks()
        .next()?
        .valid()
        .chars()
        .next()
}

/// The last character of a text, and what is before it.
fn last_character(text: &[u8]) -> (&[u8], Option<char>) {
    let is_start = |byte: &u8| byte & 0xC0 != 0x80;
    let start = text.iter().rposition(is_start).unwrap_or(0);
    (&text[..start], first_character(&text[start..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indexing::letters::{Letters, MARGIN};
    use proptest::prelude::*;

    fn chunks(text: &str) -> Vec<String> {
        let letters = Letters::for_tests();
        let mut codes = Vec::new();
        letters.encode(text.as_bytes(), &mut codes);
        let characters: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        find_chunks(&letters.ranges, &codes, &mut found);
        let text = |chunk: &Chunk| {
            let places = chunk.start as usize - MARGIN..chunk.end as usize - MARGIN;
            characters[places].iter().collect()
        };
        found.iter().map(text).collect()
    }

    #[test]
    fn signs_join_parts_of_a_word_only_where_they_may() {
        assert_eq!(chunks("l'avocat d'' 'a"), ["l'avocat", "d", "a"]);
        assert_eq!(
            chunks("1,65 a,b 20:30 a:b 3."),
            ["1,65", "a", "b", "20:30", "a", "b", "3"]
        );
        assert_eq!(chunks("O.N.U. ab.cd l'O.N.U"), ["O.N.U", "ab", "cd", "l'O.N.U"]);
        assert_eq!(chunks("#CAN # CAN"), ["CAN", "CAN"]);
    }

    #[test]
    fn spaces_join_groups_of_three_digits() {
        assert_eq!(chunks("8 913 000"), ["8 913 000"]);
        assert_eq!(chunks("2018 913 a 12 3456"), ["2018", "913", "a", "12", "3456"]);
        assert_eq!(chunks("8 91"), ["8", "91"]);
    }

    #[test]
    fn characters_of_several_bytes_are_one_code() {
        assert_eq!(chunks("été😀 à"), ["été😀", "à"]);
    }

    proptest! {
        #[test]
        fn without_joining_signs_chunks_are_runs_of_words(text in "[aé😀ж1#\\-]{0,200}") {
            let runs: Vec<&str> = text.split(['#', '-']).filter(|run| !run.is_empty()).collect();
            prop_assert_eq!(chunks(&text), runs);
        }
    }

    #[test]
    fn a_hyphen_at_a_line_end_is_seen_within_a_word_alone() {
        let letters = Letters::for_tests();
        let shares = |text: &str| may_share_word(&letters, "-¬", text.as_bytes());
        assert!(
            shares("été-\nété") && shares("mai-\nson") && shares("mai¬\r\nson") && shares("a\nmai-\nson")
        );
        assert!(!shares("mai-\n son") && !shares("mai -\nson") && !shares("-\nson") && !shares("mai-"));
    }
}
