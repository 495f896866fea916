//! Counts packed documents that are in a set, without unpacking them.

use super::documents::{checked_bitmap, checked_groups, GROUP};
use super::{word_at, Wrong};
use crate::document_set::DocumentSet;

/// A set of documents of a segment, a byte for each: it is looked up in more quickly than bits are.
pub struct Membership {
    groups: Vec<[u8; GROUP]>,
    set: DocumentSet,
}

impl Membership {
    /// The membership of a set in a segment of so many documents.
    pub fn new(set: DocumentSet, documents: usize) -> Self {
        let mut groups = vec![[0; GROUP]; documents.div_ceil(GROUP)];
        for document in set.documents() {
            let [low, group] = document.to_le_bytes();
            if let Some(group) = groups.get_mut(usize::from(group)) {
                group[usize::from(low)] = 1;
            }
        }
        Self { groups, set }
    }
}

/// How many of the documents at the beginning of a region are in a set.
///
/// `count` is the number of the documents, `documents` that of the segment. Everything is checked that
/// [`PackedDocuments::new`](super::documents::PackedDocuments::new) checks, unless it is said to be `checked` already.
pub fn count_in(
    region: &[u8],
    count: usize,
    documents: usize,
    set: &Membership,
    checked: bool,
) -> Result<u32, Wrong> {
    let groups = documents.div_ceil(GROUP);
    let (&form, rest) = region.split_first().ok_or("are too few")?;
    match form {
        0 => {
            let list = rest.get(..2 * count).ok_or("are too few")?;
            if !checked {
                check_list(list, documents)?;
            }
            Ok(count_list(list, set))
        }
        1 => {
            let counts = rest.get(..groups).ok_or("are too few")?;
            let low = rest.get(groups..groups + count).ok_or("are too few")?;
            if !checked {
                checked_groups(counts, low, documents)?;
            }
            Ok(count_groups(counts, low, set))
        }
        2 => {
            let bytes = rest.get(..documents.div_ceil(8)).ok_or("are too few")?;
            if !checked {
                checked_bitmap(bytes, count, documents)?;
            }
            let words = 0..bytes.len().div_ceil(8);
            let found = words.map(|word| (word_at(bytes, 8 * word) & set.set.bits(word)).count_ones());
            Ok(found.sum())
        }
        _ => Err("are of no form"),
    }
}

fn check_list(list: &[u8], documents: usize) -> Result<(), Wrong> {
    let (mut next, mut ascends) = (0, true);
    for pair in list.chunks_exact(2) {
        let document = u16::from_le_bytes([pair[0], pair[1]]);
        ascends &= u32::from(document) >= next;
        next = u32::from(document) + 1;
    }
    match ascends {
        false => Err("do not ascend"),
        true if next as usize > documents => Err("are beyond the last document"),
        true => Ok(()),
    }
}

fn count_list(list: &[u8], set: &Membership) -> u32 {
    let is_found = |pair: &[u8]| {
        let group = set.groups.get(usize::from(pair[1]));
        u32::from(group.map_or(0, |group| group[usize::from(pair[0])]))
    };
    list.chunks_exact(2).map(is_found).sum()
}

fn count_groups(counts: &[u8], low: &[u8], set: &Membership) -> u32 {
    let (mut found, mut at) = (0, 0);
    for (&count, group) in counts.iter().zip(&set.groups) {
        let stop = at + usize::from(count);
        let of_group = low.get(at..stop).unwrap_or(&[]);
        found += of_group
            .iter()
            .map(|&byte| u32::from(group[usize::from(byte)]))
            .sum::<u32>();
        at = stop;
    }
    found
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
            let set = Membership::new(set, documents);
            for checked in [false, true] {
                prop_assert_eq!(count_in(&region, list.len(), documents, &set, checked), Ok(expected));
            }
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
            let counted = count_in(&region, list.len(), documents, &Membership::new(DocumentSet::first(documents), documents), false);
            prop_assert_eq!(counted.is_ok(), unpacked.is_ok());
        }
    }
}
