//! The characters of French news, by what they do in a word, as `newsindex/analyzer/characters.py` has them.
//!
//! Only what is frequent is known: a text in another script is left to Python. The property tests of
//! `tests/kernel/test_presentation.py` compare every known character with Python's.

/// What a character does in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A letter, or a sign such as ² that is read as one.
    Letter,
    /// One of ten digits.
    Digit,
    /// A sign that belongs to a word and is no letter of it: combining marks, soft hyphens and the like.
    Mark,
    /// A picture, which is inside a chunk and separates its words.
    Emoji,
    /// An apostrophe.
    Apostrophe,
    /// A full stop.
    Dot,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A space that may stand inside a number.
    Space,
    /// What separates words.
    Separator,
    /// A hyphen, which joins the parts of a word at the end of a line.
    Hyphen,
    /// The sign of a hashtag.
    Hash,
    /// Anything else.
    Unknown,
}

/// The sign that is a mark inside of words, and a hyphen at the end of a line.
pub const SOFT_HYPHEN: char = '\u{ad}';

/// The class of a character.
pub fn class_of(character: char) -> Class {
    match character {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\'' | '’' | '‘' | 'ʼ' | '＇' => Class::Apostrophe,
        '.' => Class::Dot,
        ',' => Class::Comma,
        ':' => Class::Colon,
        ' ' | '_' | '\u{a0}' | '\u{202f}' | '\u{2009}' => Class::Space,
        '-' | '¬' | '‐' => Class::Hyphen,
        '#' => Class::Hash,
        '\0'..='\x7f' => Class::Separator,
        SOFT_HYPHEN | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Class::Mark,
        '\u{300}'..='\u{33f}' | '\u{fe00}'..='\u{fe0f}' => Class::Mark,
        'ª' | '²' | '³' | 'µ' | '¹' | 'º' | '¼'..='¾' => Class::Letter,
        '\u{80}'..='¿' | '×' | '÷' => Class::Separator,
        'İ' | 'ı' | 'ĳ' | 'Ĳ' | 'ŀ' | 'Ŀ' | 'ŉ' | 'ſ' => Class::Unknown,
        'À'..='ž' => Class::Letter,
        '‑'..='‟' | '†'..='‧' | '‰'..='⁞' | '₠'..='₿' | '←'..='⋿' | '─'..='❵' => {
            Class::Separator
        }
        '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f300}'..='\u{1f64f}' => Class::Emoji,
        '\u{1f680}'..='\u{1f6ff}' | '\u{1f900}'..='\u{1f9ff}' | '\u{1fa70}'..='\u{1faff}' => Class::Emoji,
        _ => Class::Unknown,
    }
}

/// Whether a character is white space to Python.
pub fn is_white_space(character: char) -> bool {
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}
