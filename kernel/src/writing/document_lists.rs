//! Encoding of the documents of a term in the shortest of three forms: a list, groups of low bytes, or a bitmap.

/// The documents of a group, which share the upper byte of their numbers.
const GROUP: usize = 256;
const LIST: u8 = 0;
const GROUPED: u8 = 1;
const BITMAP: u8 = 2;

/// Appends the form of a list of ascending documents and the list itself; `documents` is the number of the
/// segment's documents, and every document of the list is below it.
pub fn append_documents(out: &mut Vec<u8>, list: &[u16], documents: usize) {
    let groups = documents.div_ceil(GROUP);
    let bitmap = documents.div_ceil(8);
    let listed = 2 * list.len();
    let grouped = groups + list.len();
    if listed <= grouped && listed <= bitmap {
        append_list(out, list);
    } else if grouped <= bitmap && !has_full_group(list) {
        out.push(GROUPED);
        let mut counts = [0_u8; GROUP];
        list.iter()
            .for_each(|document| counts[usize::from(document >> 8)] += 1);
        out.extend_from_slice(&counts[..groups]);
        out.extend(list.iter().map(|&document| document as u8));
    } else if listed <= bitmap {
        append_list(out, list);
    } else {
        out.push(BITMAP);
        let start = out.len();
        out.resize(start + bitmap, 0);
        let bits = &mut out[start..];
        for &document in list {
            bits[usize::from(document >> 3)] |= 1 << (document & 7);
        }
    }
}

fn append_list(out: &mut Vec<u8>, list: &[u16]) {
    out.push(LIST);
    out.extend_from_slice(bytemuck::cast_slice(list));
}

/// Whether all documents of a group are in the list: their number would not fit into a byte.
fn has_full_group(list: &[u16]) -> bool {
    list.windows(GROUP)
        .any(|group| group[0] % GROUP as u16 == 0 && group[GROUP - 1] == group[0] + (GROUP as u16 - 1))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a list in the plainest way; returns it with the number of bytes that it takes.
    pub fn plain_documents(bytes: &[u8], count: usize, documents: usize) -> (Vec<u16>, usize) {
        let groups = documents.div_ceil(GROUP);
        let content = &bytes[1..];
        match bytes[0] {
            LIST => {
                let read = |at: usize| u16::from_le_bytes([content[2 * at], content[2 * at + 1]]);
                ((0..count).map(read).collect(), 1 + 2 * count)
            }
            GROUPED => {
                let mut low = content[groups..].iter();
                let list = (0..groups).flat_map(|group| {
                    let taken: Vec<u8> = low.by_ref().take(usize::from(content[group])).copied().collect();
                    taken
                        .into_iter()
                        .map(move |byte| (group * GROUP + usize::from(byte)) as u16)
                });
                (list.collect(), 1 + groups + count)
            }
            form => {
                assert_eq!(form, BITMAP);
                let size = documents.div_ceil(8);
                let bits = (0..8 * size).filter(|bit| content[bit / 8] >> (bit % 8) & 1 == 1);
                (bits.map(|bit| bit as u16).collect(), 1 + size)
            }
        }
    }

    fn sparse_and_dense_lists() -> impl Strategy<Value = (Vec<u16>, usize)> {
        (1..3000_usize, 0..=100_u32).prop_flat_map(|(documents, share)| {
            let chosen = prop::collection::vec(0..100_u32, documents);
            chosen.prop_map(move |chosen| {
                let list = (0..documents).filter(|&document| chosen[document] < share);
                (list.map(|document| document as u16).collect(), documents)
            })
        })
    }

    proptest! {
        #[test]
        fn a_list_comes_back_and_takes_the_shortest_form((list, documents) in sparse_and_dense_lists()) {
            let mut bytes = vec![7];
            append_documents(&mut bytes, &list, documents);
            let (found, size) = plain_documents(&bytes[1..], list.len(), documents);
            prop_assert_eq!(&found, &list);
            prop_assert_eq!(size, bytes.len() - 1);
            let shortest = (2 * list.len()).min(documents.div_ceil(8));
            prop_assert!(size - 1 <= shortest);
        }
    }

    #[test]
    fn of_equally_short_forms_the_lower_number_is_taken() {
        let form = |list: &[u16], documents: usize| {
            let mut bytes = Vec::new();
            append_documents(&mut bytes, list, documents);
            bytes[0]
        };
        assert_eq!(form(&[5], 256), LIST); // two bytes each way
        assert_eq!(form(&[1, 2, 3, 5], 40), LIST + 1); // five bytes as groups and as a bitmap
        assert_eq!(form(&[1, 2], 16), BITMAP);
        assert_eq!(form(&[], 0), LIST);
    }

    #[test]
    fn a_full_group_is_never_written_as_groups() {
        let list: Vec<u16> = (256..512).collect();
        let mut bytes = Vec::new();
        append_documents(&mut bytes, &list, 60_000);
        assert_eq!(bytes[0], LIST);
        let all: Vec<u16> = (0..=u16::MAX).collect();
        bytes.clear();
        append_documents(&mut bytes, &all, 1 << 16);
        assert_eq!((bytes[0], bytes.len()), (BITMAP, 1 + (1 << 13)));
    }
}
