//! A text with marks, which fragments of another text are joined to, as `newsindex/query/presentation/fragments.py`
//! and the class Snippet of `newsindex/results.py` do.

use super::characters::is_white_space;
use super::fragments::Fragment;
use super::places::characters;
use super::words::Bounds;

/// A text with marks.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct MarkedText {
    /// The text.
    pub text: String,
    /// The (start, end) of each mark in it, ascending, in bytes.
    pub marks: Vec<Bounds>,
}

impl MarkedText {
    /// Joins fragments of a text to one line, in which an ellipsis stands wherever the text goes on. Runs of white
    /// space become one space. `marks` are those of the text, ascending, and those that do not lie inside one of the
    /// fragments are left out.
    pub fn join(text: &str, fragments: &[Fragment], marks: &[Bounds]) -> Self {
        let mut line = Self::default();
        for (number, fragment) in fragments.iter().enumerate() {
            if number > 0 {
                line.text.push_str(" … ");
            } else if fragment.cut_start {
                line.text.push_str("… ");
            }
            line.push(text, fragment, marks);
        }
        if fragments.last().is_some_and(|last| last.cut_end) {
            line.text.push_str(" …");
        }
        line
    }

    fn push(&mut self, text: &str, fragment: &Fragment, marks: &[Bounds]) {
        let (from, to) = (fragment.start.byte, fragment.end.byte);
        let inside = marks.iter().filter(|&&mark| fragment.holds(mark));
        if is_one_line(&text[from..to]) {
            let offset = self.text.len();
            self.text.push_str(&text[from..to]);
            self.marks
                .extend(inside.map(|(start, end)| (start - from + offset, end - from + offset)));
            return;
        }
        let mut written = from;
        let line_start = self.text.len();
        for &(start, end) in inside {
            self.push_words(&text[written..start], line_start);
            let mark_start = self.text.len();
            self.push_words(&text[start..end], line_start);
            self.marks.push((mark_start, self.text.len()));
            written = end;
        }
        self.push_words(&text[written..to], line_start);
        self.text
            .truncate(self.text.trim_end_matches(' ').len().max(line_start));
    }

    /// Writes a text with one space for each run of white space, and with none at the beginning of the line.
    fn push_words(&mut self, text: &str, line_start: usize) {
        for character in text.chars() {
            if !is_white_space(character) {
                self.text.push(character);
            } else if self.text.len() > line_start && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }
}

/// The marks of a text, which ascend, in characters.
pub fn spans(text: &str, marks: &[Bounds]) -> Vec<(usize, usize)> {
    let (mut byte, mut character) = (0, 0);
    let mut character_of = |next: usize| {
        character += characters(&text.as_bytes()[byte..next]);
        byte = next;
        character
    };
    let span = |&(start, end): &Bounds| (character_of(start), character_of(end));
    marks.iter().map(span).collect()
}

/// A text escaped for HTML, with its marks, which ascend.
pub fn html(text: &str, marks: &[Bounds]) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8 + 16 * marks.len());
    let mut written = 0;
    for &(start, end) in marks {
        push_escaped(&mut html, &text[written..start]);
        html.push_str("<mark>");
        push_escaped(&mut html, &text[start..end]);
        html.push_str("</mark>");
        written = end;
    }
    push_escaped(&mut html, &text[written..]);
    html
}

fn push_escaped(html: &mut String, text: &str) {
    let mut written = 0;
    for (place, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#x27;",
            _ => continue,
        };
        html.push_str(&text[written..place]);
        html.push_str(escaped);
        written = place + 1;
    }
    html.push_str(&text[written..]);
}

/// Whether a text has no white space but single spaces between words.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ') {
        return false;
    }
    bytes.iter().enumerate().all(|(place, byte)| match byte {
        b' ' => bytes[place - 1] != b' ',
        0x21..=0x7f | 0x80..=0xc1 | 0xc3..=0xe0 | 0xe4..=0xff => true,
        _ => !text[place..].starts_with(is_white_space),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presentation::places::{at_byte, START};
    use proptest::prelude::*;

    fn fragment(text: &str, start: usize, end: usize) -> Fragment {
        Fragment {
            start: at_byte(text, START, start),
            end: at_byte(text, START, end),
            cut_start: start > 0,
            cut_end: end < text.len(),
        }
    }

    #[test]
    fn fragments_are_one_line_with_their_marks() {
        let text = "Un  roi.\n\nUne reine.";
        let fragments = [fragment(text, 0, 8), fragment(text, 10, text.len())];
        let joined = MarkedText::join(text, &fragments, &[(4, 7), (14, 19)]);
        assert_eq!(joined.text, "Un roi. … Une reine.");
        let marked: Vec<&str> = joined
            .marks
            .iter()
            .map(|&(start, end)| &joined.text[start..end])
            .collect();
        assert_eq!(marked, ["roi", "reine"]);
        assert_eq!(spans(&joined.text, &joined.marks), [(3, 6), (14, 19)]);
    }

    #[test]
    fn html_is_escaped_around_and_inside_marks() {
        assert_eq!(
            html("a<b & l'été", &[(0, 3)]),
            "<mark>a&lt;b</mark> &amp; l&#x27;été"
        );
    }

    proptest! {
        #[test]
        fn a_fragment_of_one_line_is_written_as_any_other(text in "[a .\n\u{a0}é]{0,30}") {
            let whole = [fragment(&text, 0, text.len())];
            let words: Vec<&str> = text.split(is_white_space).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(MarkedText::join(&text, &whole, &[]).text, words.join(" "));
        }
    }
}
