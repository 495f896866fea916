//! Headline and body in a packed article, as newsindex/storage/text_store.py packs it.

use crate::error::{Error, Result};

/// The headline and the body of a packed article, in UTF-8.
///
/// It begins with two numbers of 32 bits, the sizes of the other fields and of the headline; then these follow, and the
/// body.
pub fn headline_and_body(packed: &[u8]) -> Result<[&[u8]; 2]> {
    parts(packed).ok_or_else(|| Error::Invalid("a packed article is cut short".into()))
}

fn parts(packed: &[u8]) -> Option<[&[u8]; 2]> {
    let (rest_size, packed) = packed.split_first_chunk::<4>()?;
    let (headline_size, packed) = packed.split_first_chunk::<4>()?;
    let texts = packed.get(u32::from_le_bytes(*rest_size) as usize..)?;
    let (headline, body) = texts.split_at_checked(u32::from_le_bytes(*headline_size) as usize)?;
    Some([headline, body])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_and_body_follow_the_other_fields() {
        let mut packed = vec![2, 0, 0, 0, 3, 0, 0, 0];
        packed.extend("{}Étcorps".bytes());
        assert_eq!(headline_and_body(&packed), Ok(["Ét".as_bytes(), b"corps"]));
        for end in 0..13 {
            assert!(headline_and_body(&packed[..end]).is_err());
        }
    }
}
