//! The parentheses that may define an acronym: all that newsindex/indexer/scanning/acronym_definitions.py would read as
//! a definition, and as few others as a look at the signs around them can leave out.

/// The letters of an acronym with the signs between them, the last dot included.
const MAX_ACRONYM: usize = 12;
/// The characters of a name in parentheses, at least.
const MIN_NAME: usize = 7;
/// The bytes before a parenthesis that are looked at: no acronym is longer.
const MAX_BEFORE: usize = 256;
/// The bytes in a parenthesis that are looked at: no acronym is longer.
const MAX_INSIDE: usize = 128;
/// The characters before a parenthesis in which its last words are looked for.
const WINDOW: usize = 20;
/// The characters at the end of an acronym among which is the initial of the last word, or of the one before.
const ENDING: usize = 6;
/// The end of the Latin letters that French is written in.
const LATIN_END: char = '\u{180}';
/// The words that may stand before an acronym in a parenthesis.
const PREFIXES: [&str; 5] = ["ci-après", "dit", "en abrégé", "ou", "sigle"];
/// What may stand before a name in a parenthesis begins with one of these letters.
const INITIALS_BEFORE_NAME: &str = "eloprst";

fn is_quote(sign: char) -> bool {
    matches!(sign, '«' | '»' | '"' | '“' | '”' | '„')
}

/// Whether Python's `re` takes a sign for white space.
fn is_space(sign: char) -> bool {
    sign.is_whitespace() || ('\x1c'..='\x1f').contains(&sign)
}

/// Whether a sign may stand for a letter: it is one, or no sign of which that is certain.
fn may_be_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic() || (!sign.is_ascii() && !is_quote(sign) && !is_space(sign))
}

/// The places in characters of the opening parentheses of a text in UTF-8 that may define an acronym.
pub fn find_parentheses(text: &[u8]) -> Vec<u32> {
    let mut places = Vec::new();
    let (mut bytes, mut characters) = (0, 0);
    for place in memchr::memchr_iter(b'(', text) {
        let size = memchr::memchr3(b'(', b')', b'\n', &text[place + 1..]).filter(|size| {
            text[place + 1 + size] == b')' // else no name ends there
        });
        let before = valid_end(&text[place.saturating_sub(MAX_BEFORE)..place]);
        let inside = valid_beginning(&text[place + 1..text.len().min(place + 1 + MAX_INSIDE)]);
        if may_hold_acronym(before, inside) || may_hold_name(before, inside, size) {
            characters += text[bytes..place]
                .iter()
                .filter(|&&byte| byte & 0xC0 != 0x80)
                .count() as u32;
            bytes = place;
            places.push(characters);
        }
    }
    places
}

/// The valid text with which some bytes begin.
fn valid_beginning(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// The valid text with which some bytes end, after a character that may be cut.
fn valid_end(bytes: &[u8]) -> &str {
    let start = bytes
        .iter()
        .position(|byte| byte & 0xC0 != 0x80)
        .unwrap_or(bytes.len());
    std::str::from_utf8(&bytes[start..]).unwrap_or("")
}

/// Whether an acronym may begin a parenthesis, and either stand for the words before it or follow one.
fn may_hold_acronym(before: &str, inside: &str) -> bool {
    let mut rest = inside;
    for _ in 0..2 {
        rest = rest
            .strip_prefix(|sign: char| is_quote(sign) || is_space(sign))
            .unwrap_or(rest);
    }
    if PREFIXES.iter().any(|prefix| rest.starts_with(prefix)) {
        return true;
    }
    let (mut letters, mut capitals, mut size) = (0, 0, 0);
    let (mut is_ascii, mut was_sign) = (true, true);
    for sign in rest.chars() {
        if may_be_letter(sign) {
            letters += 1;
            capitals += usize::from(!sign.is_ascii_lowercase());
            is_ascii &= sign.is_ascii();
            was_sign = false;
        } else if matches!(sign, '.' | '&' | '-') && !was_sign {
            was_sign = true;
        } else {
            break;
        }
        size += sign.len_utf8();
        if letters > MAX_ACRONYM {
            return false;
        }
    }
    let (acronym, after) = rest.split_at(size);
    let end = after
        .chars()
        .take(3)
        .find(|&sign| !is_quote(sign) && !is_space(sign));
    let Some(end @ (')' | ',' | ';' | ':' | '/')) = end else {
        return false;
    };
    if letters < 2 {
        return false;
    }
    let begins_with_capital = !acronym.starts_with(|sign: char| sign.is_ascii_lowercase());
    let is_acronym = capitals >= 2 || (begins_with_capital && letters >= 4);
    (is_acronym && (!is_ascii || may_end_with_initial(before, acronym)))
        || (end != ')' && follows_capital(before))
}

/// Whether one of the last two words or signs before a parenthesis begins with one of the last letters of an acronym.
///
/// What is no plain word is said to.
fn may_end_with_initial(before: &str, acronym: &str) -> bool {
    let ending = &acronym.as_bytes()[acronym.len().saturating_sub(ENDING)..];
    let mut words = 0;
    let mut initial = None; // of the word that is being read from its end
    let mut signs = before.chars().rev().take(WINDOW);
    while words < 2 {
        let sign = signs.next();
        if let Some(letter) = sign.filter(|&sign| sign < LATIN_END && sign.is_alphanumeric()) {
            initial = Some(letter);
            continue;
        }
        if let Some(letter) = initial.take() {
            let is_in_ending =
                |letter: char| ending.iter().any(|one| one.eq_ignore_ascii_case(&(letter as u8)));
            if !letter.is_ascii() || is_in_ending(letter) {
                return true;
            }
            words += 1;
        }
        match sign {
            Some(' ' | '-' | ',' | '\'' | '’' | '\u{a0}') => {}
            _ => return sign.is_some(),
        }
    }
    false
}

/// Whether the word before a parenthesis has a capital, or a sign that may be one.
fn follows_capital(before: &str) -> bool {
    let signs = before.chars().rev();
    let word = signs.skip_while(|&sign| is_quote(sign) || is_space(sign));
    let mut word = word.take_while(|sign| !sign.is_whitespace());
    word.any(|sign| sign.is_ascii_uppercase() || !sign.is_ascii())
}

/// Whether a parenthesis of some bytes may hold the long name of the acronym before it; None for one that does not end.
fn may_hold_name(before: &str, inside: &str, size: Option<usize>) -> bool {
    let Some(first) = inside.chars().next().filter(|&sign| may_be_letter(sign)) else {
        return false;
    };
    if size.is_none_or(|size| size < MIN_NAME) || !follows_capital(before) {
        return false;
    }
    let mut last = before.char_indices().rev();
    let end = last.nth(1).map_or(0, |(place, _)| place);
    let start = before[..end].rfind(' ').map_or(0, |space| space + 1);
    let mut letters = before[start..].chars();
    match (letters.next(), letters.next()) {
        (Some(letter), Some(next)) if letter.is_ascii_alphanumeric() && next.is_ascii_alphanumeric() => {
            !first.is_ascii()
                || letter.eq_ignore_ascii_case(&first)
                || !letter.is_ascii_alphabetic()
                || INITIALS_BEFORE_NAME.contains(first.to_ascii_lowercase())
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<u32> {
        find_parentheses(text.as_bytes())
    }

    /// The places of all opening parentheses.
    fn all(text: &str) -> Vec<u32> {
        let places = text.chars().zip(0..).filter(|&(sign, _)| sign == '(');
        places.map(|(_, place)| place).collect()
    }

    #[test]
    fn parentheses_that_may_define_an_acronym_are_found() {
        for text in [
            "l'Office national de l'électricité (ONE)",
            "la Conférence (« CGT », dit-on)",
            "l'ONU (Organisation des Nations unies)",
            "été (sigle : X) (ou Y)",
            "l'Institut national (Insee)",
            "« CGT » (Confédération générale du travail)",
            "l'électricité (E.D.F.)",
        ] {
            assert_eq!(found(text), all(text), "{text}");
        }
    }

    #[test]
    fn others_are_left_out() {
        for text in [
            "il (62 ans) dit (selon lui) que (",
            "Emmanuel Martin (PS)",
            "Paris (Seine)",
            "le maire (Jean Dupont)",
            "Angers (Maine-et-Loire)",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
