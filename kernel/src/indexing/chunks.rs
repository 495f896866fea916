//! The chunks of a text: the longest runs of characters that may be one word, by the joining rules of
//! newsindex/analyzer/characters.py.

use super::letters::{Letters, Ranges, MARGIN};

/// A chunk in the codes of a text between margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    /// The first code; the sign before a hashtag is not among them.
    pub start: usize,
    /// The end of the codes.
    pub end: usize,
    /// Whether a `#` stands before it, which belongs to it.
    pub is_hashtag: bool,
    /// Whether one of the codes stands for several characters.
    pub has_rare: bool,
}

/// Calls `found` for each chunk of the codes of a text, in order.
pub fn for_each_chunk(ranges: &Ranges, codes: &[u8], mut found: impl FnMut(Chunk)) {
    let end = codes.len() - MARGIN;
    let mut place = MARGIN;
    while place < end {
        if !ranges.is_word(codes[place]) {
            place += 1;
            continue;
        }
        let start = place;
        let mut has_rare = false;
        loop {
            while ranges.is_word(codes[place]) {
                has_rare |= codes[place] >= ranges.rare;
                place += 1;
            }
            if !joins(ranges, codes, place) {
                break;
            }
            place += 1;
        }
        found(Chunk {
            start,
            end: place,
            is_hashtag: codes[start - 1] == ranges.hash,
            has_rare,
        });
    }
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

/// Whether two lines of a text may share a word: a hyphen ends a line, with a letter before it and one after it.
pub fn may_share_word(letters: &Letters, hyphens: &str, text: &str) -> bool {
    let is_word = |character: Option<char>| {
        character.is_some_and(|character| letters.ranges.is_word(letters.code(character)))
    };
    let mut from = 0;
    while let Some(found) = text[from..].find('\n') {
        let line_end = from + found;
        from = line_end + 1;
        let line = &text[..line_end];
        let mut before = line.strip_suffix('\r').unwrap_or(line).chars();
        let is_hyphen = before.next_back().is_some_and(|sign| hyphens.contains(sign));
        if is_hyphen && is_word(text[from..].chars().next()) && is_word(before.next_back()) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indexing::letters::Letters;

    fn chunks(text: &str) -> Vec<String> {
        let letters = Letters::for_tests();
        let mut codes = Vec::new();
        letters.encode(text, &mut codes);
        let characters: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        for_each_chunk(&letters.ranges, &codes, |chunk| {
            let start = chunk.start - MARGIN - usize::from(chunk.is_hashtag);
            found.push(characters[start..chunk.end - MARGIN].iter().collect());
        });
        found
    }

    #[test]
    fn signs_join_parts_of_a_word_only_where_they_may() {
        assert_eq!(chunks("l'avocat d'' 'a"), ["l'avocat", "d", "a"]);
        assert_eq!(
            chunks("1,65 a,b 20:30 a:b 3."),
            ["1,65", "a", "b", "20:30", "a", "b", "3"]
        );
        assert_eq!(chunks("O.N.U. ab.cd l'O.N.U"), ["O.N.U", "ab", "cd", "l'O.N.U"]);
        assert_eq!(chunks("#CAN # CAN"), ["#CAN", "CAN"]);
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

    #[test]
    fn a_hyphen_at_a_line_end_is_seen_within_a_word_alone() {
        let letters = Letters::for_tests();
        let shares = |text| may_share_word(&letters, "-¬", text);
        assert!(shares("mai-\nson") && shares("mai¬\r\nson") && shares("a\nmai-\nson"));
        assert!(!shares("mai-\n son") && !shares("mai -\nson") && !shares("-\nson") && !shares("mai-"));
    }
}
