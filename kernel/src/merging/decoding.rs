//! Decoding of whole regions of postings and positions, each byte of which is checked.
//!
//! What cannot be what was written is reported as a text, which ends the sentence "the values of this array ...".

use crate::writing::position_blocks::{BLOCK, PADDING};

/// What is wrong with a region.
pub type Wrong = &'static str;

/// The documents of a group, which share the upper byte of their numbers.
const GROUP: usize = 256;
const CUT_SHORT: Wrong = "are cut short";
const NOT_ASCENDING: Wrong = "are of documents that do not ascend";
const BEYOND: Wrong = "are of documents beyond the last";
const MISCOUNTED: Wrong = "are not as many documents as there are postings";
const ESCAPES: Wrong = "are not the escapes of their codes";
const SIZE: Wrong = "do not have the size of their blocks";

/// Appends the documents and the codes of the `count` postings of a region; `documents` is the number of the
/// segment's documents.
pub fn read_postings(
    region: &[u8],
    count: usize,
    documents: usize,
    list: &mut Vec<u16>,
    codes: &mut Vec<u8>,
) -> Result<(), Wrong> {
    let (&form, rest) = region.split_first().ok_or(CUT_SHORT)?;
    let size = match form {
        0 => 2 * count,
        1 => documents.div_ceil(GROUP) + count,
        2 => documents.div_ceil(8),
        _ => return Err("are of no form"),
    };
    let (packed, rest) = rest.split_at_checked(size).ok_or(CUT_SHORT)?;
    let first = list.len();
    match form {
        0 => list.extend(
            packed
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]])),
        ),
        1 => read_groups(packed, documents.div_ceil(GROUP), count, list)?,
        _ => read_bitmap(packed, list),
    }
    let found = &list[first..];
    if found.len() != count {
        return Err(MISCOUNTED);
    }
    if !found.windows(2).all(|pair| pair[0] < pair[1]) {
        return Err(NOT_ASCENDING);
    }
    if found.last().is_some_and(|&last| usize::from(last) >= documents) {
        return Err(BEYOND);
    }
    read_codes(rest, count, codes)
}

fn read_groups(packed: &[u8], groups: usize, count: usize, list: &mut Vec<u16>) -> Result<(), Wrong> {
    let (counts, mut low) = packed.split_at(groups);
    if counts.iter().map(|&count| usize::from(count)).sum::<usize>() != count {
        return Err(MISCOUNTED);
    }
    for (group, &count) in counts.iter().enumerate() {
        let (some, rest) = low.split_at(usize::from(count));
        list.extend(some.iter().map(|&byte| (group * GROUP) as u16 | u16::from(byte)));
        low = rest;
    }
    Ok(())
}

fn read_bitmap(packed: &[u8], list: &mut Vec<u16>) {
    for (number, chunk) in packed.chunks(8).enumerate() {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        let mut word = u64::from_le_bytes(word);
        while word != 0 {
            list.push((number * 64 + word.trailing_zeros() as usize) as u16);
            word &= word - 1;
        }
    }
}

fn read_codes(packed: &[u8], count: usize, codes: &mut Vec<u8>) -> Result<(), Wrong> {
    let (halves, escapes) = packed.split_at_checked(count.div_ceil(2)).ok_or(CUT_SHORT)?;
    let mut escapes = escapes.iter();
    for posting in 0..count {
        let half = halves[posting / 2] >> (posting % 2 * 4) & 15;
        let code = if half == 15 {
            *escapes.next().ok_or(ESCAPES)?
        } else {
            half
        };
        if half == 15 && code < 15 {
            return Err(ESCAPES);
        }
        codes.push(code);
    }
    if escapes.next().is_some() || (count % 2 == 1 && halves[count / 2] > 15) {
        return Err(ESCAPES);
    }
    Ok(())
}

/// Appends the `count` values of a region, which is `content` without its last PADDING bytes.
pub fn read_values(content: &[u8], count: usize, values: &mut Vec<u32>) -> Result<(), Wrong> {
    let blocks = count.div_ceil(BLOCK);
    let (widths, mut rest) = content.split_at_checked(blocks).ok_or(SIZE)?;
    values.reserve(count);
    for (number, &width) in widths.iter().enumerate() {
        let size = BLOCK.min(count - number * BLOCK);
        let bytes = (size * usize::from(width)).div_ceil(8);
        if width > 32 || rest.len() < bytes + PADDING {
            return Err(SIZE);
        }
        read_block(&rest[..bytes + PADDING], usize::from(width), size, values);
        rest = &rest[bytes..];
    }
    if rest.len() == PADDING {
        Ok(())
    } else {
        Err(SIZE)
    }
}

fn read_block(packed: &[u8], width: usize, size: usize, values: &mut Vec<u32>) {
    let mask = (1_u64 << width) - 1;
    values.extend((0..size).map(|value| {
        let bit = value * width;
        let word = packed[bit / 8..]
            .first_chunk()
            .map_or(0, |bytes| u64::from_le_bytes(*bytes));
        (word >> (bit % 8) & mask) as u32
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writing::document_lists::append_documents;
    use crate::writing::position_blocks::append_values;
    use crate::writing::posting_codes::append_codes;
    use proptest::prelude::*;

    fn region(list: &[u16], codes: &[u8], documents: usize) -> Vec<u8> {
        let mut region = Vec::new();
        append_documents(&mut region, list, documents);
        append_codes(&mut region, codes);
        region
    }

    fn postings() -> impl Strategy<Value = (Vec<u16>, Vec<u8>, usize)> {
        let chosen = prop::collection::btree_map(0..2000_u16, any::<u8>(), 1..1500);
        (chosen, 2000..9000_usize).prop_map(|(chosen, documents)| {
            let (list, codes) = chosen.into_iter().unzip();
            (list, codes, documents)
        })
    }

    fn read(region: &[u8], count: usize, documents: usize) -> Result<(Vec<u16>, Vec<u8>), Wrong> {
        let (mut list, mut codes) = (Vec::new(), Vec::new());
        read_postings(region, count, documents, &mut list, &mut codes)?;
        Ok((list, codes))
    }

    proptest! {
        #[test]
        fn postings_come_back((list, codes, documents) in postings()) {
            let region = region(&list, &codes, documents);
            prop_assert_eq!(read(&region, list.len(), documents), Ok((list, codes)));
        }

        #[test]
        fn a_region_of_another_size_is_refused((list, codes, documents) in postings(), cut in 1..5_usize) {
            let mut region = region(&list, &codes, documents);
            region.push(15);
            prop_assert!(read(&region, list.len(), documents).is_err());
            region.truncate(region.len().saturating_sub(1 + cut));
            prop_assert!(read(&region, list.len(), documents).is_err());
        }

        #[test]
        fn no_bytes_make_a_panic(
            region in prop::collection::vec(any::<u8>(), 0..200),
            count in 0..150_usize,
            documents in 0..1000_usize,
        ) {
            if let Ok((list, codes)) = read(&region, count, documents) {
                prop_assert_eq!((list.len(), codes.len()), (count, count));
                prop_assert!(list.iter().all(|&document| usize::from(document) < documents));
            }
            let mut values = Vec::new();
            if read_values(&region, count, &mut values).is_ok() {
                prop_assert_eq!(values.len(), count);
            }
        }

        #[test]
        fn values_come_back(bits in prop::collection::vec((0..=32_u32, any::<u32>()), 0..200)) {
            let all = bits.iter().map(|&(bits, value)| (u64::from(value) & ((1 << bits) - 1)) as u32);
            let all: Vec<u32> = all.collect();
            let mut content = Vec::new();
            append_values(&mut content, &all);
            content.extend_from_slice(&[0; PADDING]);
            let mut values = Vec::new();
            prop_assert_eq!(read_values(&content, all.len(), &mut values), Ok(()));
            prop_assert_eq!(values, all);
            content.push(0);
            prop_assert_eq!(read_values(&content, bits.len(), &mut Vec::new()), Err(SIZE));
        }
    }

    #[test]
    fn documents_that_do_not_ascend_are_refused() {
        let mut region = region(&[3, 4], &[0, 0], 9000);
        region[1] = 4;
        assert_eq!(read(&region, 2, 9000), Err(NOT_ASCENDING));
    }

    #[test]
    fn documents_beyond_the_last_are_refused() {
        assert_eq!(read(&region(&[3, 100], &[0, 0], 9000), 2, 100), Err(BEYOND));
    }
}
