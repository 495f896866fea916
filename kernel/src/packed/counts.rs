//! Counts packed documents that are in a set, without unpacking them.

use super::documents::{count_falls, GROUP};
use super::{word_at, Wrong};
use crate::document_set::DocumentSet;

/// The words that hold a bit for each document of a group.
const GROUP_WORDS: usize = GROUP / 64;

/// How many of the documents at the beginning of a region are in a set.
///
/// `count` is the number of the documents, `documents` that of the segment. Everything is checked that
/// [`PackedDocuments::new`](super::documents::PackedDocuments::new) checks.
pub fn count_in(region: &[u8], count: usize, documents: usize, set: &DocumentSet) -> Result<u32, Wrong> {
    let groups = documents.div_ceil(GROUP);
    let (&form, rest) = region.split_first().ok_or("are too few")?;
    match form {
        0 => count_list(rest.get(..2 * count).ok_or("are too few")?, documents, set),
        1 => {
            let counts = rest.get(..groups).ok_or("are too few")?;
            let low = rest.get(groups..groups + count).ok_or("are too few")?;
            count_groups(counts, low, documents, set)
        }
        2 => {
            let bytes = rest.get(..documents.div_ceil(8)).ok_or("are too few")?;
            count_bitmap(bytes, count, documents, set)
        }
        _ => Err("are of no form"),
    }
}

fn count_list(bytes: &[u8], documents: usize, set: &DocumentSet) -> Result<u32, Wrong> {
    let (mut found, mut next, mut ascends) = (0, 0, true);
    for pair in bytes.chunks_exact(2) {
        let document = u16::from_le_bytes([pair[0], pair[1]]);
        ascends &= u32::from(document) >= next;
        next = u32::from(document) + 1;
        found += u32::from(set.contains(document));
    }
    if !ascends {
        return Err("do not ascend");
    }
    if next as usize > documents {
        return Err("are beyond the last document");
    }
    Ok(found)
}

fn count_groups(counts: &[u8], low: &[u8], documents: usize, set: &DocumentSet) -> Result<u32, Wrong> {
    let (mut found, mut total, mut falls) = (0, 0, 0);
    for (group, &count) in counts.iter().enumerate() {
        if count == 0 {
            continue;
        }
        if total > 0 && total < low.len() && low[total - 1] >= low[total] {
            falls += 1; // from one group to the next
        }
        let stop = total + usize::from(count);
        let of_group = low.get(total..stop).ok_or("do not fit the number of postings")?;
        total = stop;
        let mut bits = [0; GROUP_WORDS];
        for (word, bits) in bits.iter_mut().enumerate() {
            *bits = set.bits(group * GROUP_WORDS + word);
        }
        if bits != [0; GROUP_WORDS] {
            let is_found = |&byte: &u8| (bits[usize::from(byte >> 6)] >> (byte & 63) & 1) as u32;
            found += of_group.iter().map(is_found).sum::<u32>();
        }
    }
    if total != low.len() {
        return Err("do not fit the number of postings");
    }
    if count_falls(low) != falls {
        return Err("do not ascend");
    }
    match (counts.last(), low.last()) {
        (Some(1..), Some(&last)) if (counts.len() - 1) * GROUP + usize::from(last) >= documents => {
            Err("are beyond the last document")
        }
        _ => Ok(found),
    }
}

fn count_bitmap(bytes: &[u8], count: usize, documents: usize, set: &DocumentSet) -> Result<u32, Wrong> {
    let (mut found, mut total) = (0, 0);
    for word in 0..bytes.len().div_ceil(8) {
        let bits = word_at(bytes, 8 * word);
        total += bits.count_ones();
        found += (bits & set.bits(word)).count_ones();
    }
    if total as usize != count {
        return Err("do not fit the number of postings");
    }
    match bytes.last() {
        Some(&last) if documents % 8 > 0 && last >> (documents % 8) > 0 => {
            Err("are beyond the last document")
        }
        _ => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packed::documents::PackedDocuments;
    use crate::testing::{pack_documents, some_documents};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn as_many_documents_are_counted_as_are_in_both(
            seed in any::<u64>(),
            one_in in prop_oneof![Just(1_u64), Just(2), Just(7), Just(30), Just(300), Just(9000)],
            documents in prop_oneof![Just(1_usize << 16), 1..=1_usize << 16, 1..5000_usize],
            asked in any::<u64>(),
            asked_in in prop_oneof![Just(1_u64), Just(3), Just(2000)],
        ) {
            let list = some_documents(seed, one_in, documents);
            let set = DocumentSet::of(&some_documents(asked, asked_in, documents));
            let region = pack_documents(&list, documents);
            let expected = list.iter().filter(|&&document| set.contains(document)).count() as u32;
            prop_assert_eq!(count_in(&region, list.len(), documents, &set), Ok(expected));
        }

        #[test]
        fn what_is_refused_when_it_is_unpacked_is_refused_when_it_is_counted(
            seed in any::<u64>(),
            one_in in prop_oneof![Just(2_u64), Just(7), Just(40), Just(300)],
            documents in 1..3000_usize,
            byte in any::<prop::sample::Index>(),
            value in any::<u8>(),
        ) {
            let list = some_documents(seed, one_in, documents);
            let mut region = pack_documents(&list, documents);
            let at = byte.index(region.len());
            region[at] = value;
            let unpacked = PackedDocuments::new(&region, list.len(), documents);
            let counted = count_in(&region, list.len(), documents, &DocumentSet::first(documents));
            prop_assert_eq!(counted.is_ok(), unpacked.is_ok());
        }
    }
}
