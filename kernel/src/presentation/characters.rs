//! The characters of French news, by what they do in a word, as `newsindex/analyzer/characters.py` has them.
//!
//! Only what is frequent is known: a text with another character, such as one of another script, is left to
//! Python.

/// What a character does in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A letter that is written in one way only, whose plain form is a letter too.
    Letter,
    /// One of ten digits.
    Digit,
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

/// The class of a character.
pub fn class_of(character: char) -> Class {
    match character {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\'' | '’' => Class::Apostrophe,
        '.' => Class::Dot,
        ',' => Class::Comma,
        ':' => Class::Colon,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => Class::Space,
        '-' => Class::Hyphen,
        '#' => Class::Hash,
        '_' => Class::Unknown,
        '\0'..='\x7f' => Class::Separator,
        '×' | '÷' | 'İ' | 'ı' | 'ĳ' | 'Ĳ' | 'ŀ' | 'Ŀ' | 'ŉ' | 'ſ' => Class::Unknown,
        'À'..='ž' => Class::Letter,
        '¡' | '§' | '©' | '«' | '®' | '°' | '·' | '»' | '¿' => Class::Separator,
        '–' | '—' | '“' | '”' | '„' | '†' | '•' | '…' | '‹' | '›' | '€' => {
            Class::Separator
        }
        _ => Class::Unknown,
    }
}

/// Whether a character is white space to Python.
pub fn is_white_space(character: char) -> bool {
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}
