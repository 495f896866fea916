//! Cuts fragments out of a text, each around one of its words, at sentence bounds where these are near, as
//! `newsindex/query/presentation/fragments.py` does.

use super::characters::is_white_space;
use super::places::{at_byte, back, forward, Place, START};
use super::words::Bounds;

/// The length in characters at which a fragment aims.
pub const FRAGMENT_LENGTH: usize = 280;
/// The characters before the shown word in which a fragment may start.
const MAX_LEAD: usize = 160;
/// The characters in which the break before a word is looked for.
const LONGEST_BREAK_SHOWN: usize = 4;

/// A part of a text, and whether it is cut out of a sentence at its start and at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fragment {
    /// Where it starts.
    pub start: Place,
    /// Where it ends.
    pub end: Place,
    /// Whether a sentence goes on before it.
    pub cut_start: bool,
    /// Whether a sentence goes on after it.
    pub cut_end: bool,
}

impl Fragment {
    /// Whether some bytes of the text lie in the fragment.
    pub fn holds(&self, (start, end): Bounds) -> bool {
        self.start.byte <= start && end <= self.end.byte
    }
}

/// Cuts the fragment of about `length` characters that shows the word at a place.
pub fn cut(text: &str, word: Place, length: usize) -> Fragment {
    if word.character <= MAX_LEAD && text.len() <= 4 * length {
        let end = at_byte(text, START, text.len());
        if end.character <= length {
            return Fragment {
                start: START,
                end,
                cut_start: false,
                cut_end: false,
            };
        }
    }
    let (start, cut_start) = fragment_start(text, word, MAX_LEAD * length / FRAGMENT_LENGTH);
    let highest = forward(text, start, length);
    let (end, cut_end) = if highest.byte == text.len() {
        (highest, false)
    } else {
        fragment_end(text, word, start, highest, length)
    };
    Fragment {
        start,
        end,
        cut_start,
        cut_end,
    }
}

fn fragment_start(text: &str, word: Place, max_lead: usize) -> (Place, bool) {
    let lowest = back(text, word, max_lead);
    if let Some((_, end)) = breaks(text, lowest.byte, word.byte).last() {
        return (at_byte(text, lowest, end), false);
    }
    if lowest.character == 0 {
        return (lowest, false);
    }
    let nearest = back(text, word, MAX_LEAD / 3).max(lowest);
    let start = match text[nearest.byte..word.byte].find(' ') {
        Some(space) => at_byte(text, nearest, nearest.byte + space + 1),
        None => word,
    };
    (start, !starts_sentence(text, start))
}

fn fragment_end(text: &str, word: Place, start: Place, highest: Place, length: usize) -> (Place, bool) {
    let shortest = forward(text, start, length / 2);
    let from = word.max(back(text, shortest, 1));
    if let Some((first, _)) = breaks(text, from.byte, highest.byte).last() {
        let end = forward(text, at_byte(text, from, first), 1);
        if end >= shortest {
            let quotes = ['»', '”', '"'];
            let has_quote = text[end.byte..].starts_with(quotes);
            return (forward(text, end, usize::from(has_quote)), false);
        }
    }
    let after_word = forward(text, word, 1);
    let space = text
        .get(after_word.byte..highest.byte)
        .and_then(|rest| rest.rfind(' '));
    let end = match space {
        Some(space) => at_byte(text, after_word, after_word.byte + space),
        None => highest,
    };
    let ends = ['.', '!', '?', '…', '»', '”', '"', '\n'];
    (end, !text[..end.byte].ends_with(ends))
}

/// Whether a sentence break ends at a place.
fn starts_sentence(text: &str, start: Place) -> bool {
    let from = back(text, start, LONGEST_BREAK_SHOWN);
    let last = breaks(text, from.byte, start.byte).last();
    last.is_some_and(|(_, end)| end == start.byte)
}

/// The (start, end) of the sentence breaks between two bytes of a text: a sign that ends a sentence, with a closing
/// quotation mark or not, before white space, or a line end; and the white space after it.
fn breaks(text: &str, from: usize, to: usize) -> impl Iterator<Item = Bounds> + '_ {
    let part = text.get(from..to).unwrap_or("");
    let mut place = 0;
    std::iter::from_fn(move || loop {
        let sign = place + part.get(place..)?.find(['.', '!', '?', '…', '\n'])?;
        let mut signs = part[sign..].chars();
        let is_line_end = signs.next() == Some('\n');
        place = part.len() - signs.as_str().len();
        let rest = signs.as_str();
        let unquoted = rest.strip_prefix(['»', '”', '"']).unwrap_or(rest);
        let ends_sentence = unquoted.starts_with(is_white_space);
        if is_line_end || ends_sentence {
            let after = if is_line_end { rest } else { unquoted };
            place = part.len() - after.trim_start_matches(is_white_space).len();
            return Some((from + sign, from + place));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fragment_begins_and_ends_at_sentence_bounds() {
        let text = format!(
            "{}La réponse est ici. {}",
            "Rien du tout ici. ".repeat(20),
            "Rien non plus. ".repeat(30)
        );
        let word = at_byte(&text, START, text.find("réponse").unwrap());
        let fragment = cut(&text, word, FRAGMENT_LENGTH);
        let shown = &text[fragment.start.byte..fragment.end.byte];
        assert!(shown.starts_with("La réponse") && shown.ends_with('.'), "{shown}");
        assert!(!fragment.cut_start && !fragment.cut_end);
    }

    proptest! {
        #[test]
        fn a_fragment_shows_its_word_and_is_about_as_long_as_asked(text in "[ab .é…\n»]{1,900}", word in 0..900usize) {
            let word = forward(&text, START, word);
            let fragment = cut(&text, word, FRAGMENT_LENGTH);
            prop_assert!(fragment.start <= word && word <= fragment.end);
            prop_assert!(fragment.end.character - fragment.start.character <= FRAGMENT_LENGTH + 1);
            prop_assert_eq!(at_byte(&text, START, fragment.start.byte), fragment.start);
            prop_assert_eq!(at_byte(&text, START, fragment.end.byte), fragment.end);
        }
    }
}
