//! The packed forms of a term's postings and positions, as `newsindex/storage/FORMAT.md` states them.
//!
//! Each is checked once, when a directory is made of it by which a posting is found without a walk. What the checks
//! refuse is reported as a text that says what is wrong; the caller knows the array and the term.

pub mod codes;
pub mod counts;
pub mod documents;
pub mod positions;
pub mod unpack;

/// What is wrong with packed values, as the end of "the values of this array ...".
pub type Wrong = &'static str;

/// The 64 bits from a byte on; bits beyond the end are 0.
#[inline]
fn word_at(bytes: &[u8], byte: usize) -> u64 {
    let rest = bytes.get(byte..).unwrap_or(&[]);
    match rest.first_chunk::<8>() {
        Some(all) => u64::from_le_bytes(*all),
        None => last_word(rest),
    }
}

#[cold]
fn last_word(rest: &[u8]) -> u64 {
    let mut some = [0; 8];
    some[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(some)
}
