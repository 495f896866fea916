//! The documents of a term in one of three forms: a list, groups of low bytes, or a bitmap.

use super::{word_at, Wrong};
use crate::document_set::DocumentSet;

/// The documents that are scored at once; their sums stay in the first-level cache.
pub const WINDOW: usize = 4096;
/// The documents of a group, which share the upper byte of their numbers.
pub const GROUP: usize = 256;
/// The groups of a window.
const GROUPS: usize = WINDOW / GROUP;
/// The words of 64 bits that hold a bit for each document of a window.
pub const WORDS: usize = WINDOW / 64;
/// The words that hold a bit for each document of a group.
const GROUP_WORDS: usize = GROUP / 64;
/// How many times more documents a list must have than those that are looked up in it, for a look-up of each one.
const LOOK_UP_RATIO: usize = 4;

#[derive(Debug)]
enum Form {
    List(Box<[u16]>),
    /// The first posting of each group.
    Grouped(Box<[u16]>),
    /// The same.
    Bitmap(Box<[u16]>),
}

/// The documents of a term, checked, without the bytes in which they are packed.
#[derive(Debug)]
pub struct PackedDocuments {
    form: Form,
    count: usize,
    start: usize,
    stop: usize,
}

impl PackedDocuments {
    /// Reads and checks the documents at the beginning of a region, whose first byte is their form. `count` is their
    /// number, `documents` that of the segment.
    pub fn new(region: &[u8], count: usize, documents: usize) -> Result<Self, Wrong> {
        let groups = documents.div_ceil(GROUP);
        let (&form, rest) = region.split_first().ok_or("are too few")?;
        let (form, start, stop) = match form {
            0 => {
                let bytes = rest.get(..2 * count).ok_or("are too few")?;
                (Form::List(checked_list(bytes, documents)?), 1, 1 + bytes.len())
            }
            1 => {
                let counts = rest.get(..groups).ok_or("are too few")?;
                let low = rest.get(groups..groups + count).ok_or("are too few")?;
                let starts = checked_groups(counts, low, documents)?;
                (Form::Grouped(starts), 1 + groups, 1 + groups + count)
            }
            2 => {
                let bytes = rest.get(..documents.div_ceil(8)).ok_or("are too few")?;
                let starts = checked_bitmap(bytes, count, documents)?;
                (Form::Bitmap(starts), 1, 1 + bytes.len())
            }
            _ => return Err("are of no form"),
        };
        Ok(Self {
            form,
            count,
            start,
            stop,
        })
    }

    /// The number of bytes of the region that the documents take, with their form.
    pub fn end(&self) -> usize {
        self.stop
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The bytes of memory that are taken beside those of the structure.
    pub fn nbytes(&self) -> usize {
        match &self.form {
            Form::List(values) | Form::Grouped(values) | Form::Bitmap(values) => {
                std::mem::size_of_val(&**values)
            }
        }
    }

    /// The documents with the bytes in which they are packed, given the region of the term.
    pub fn over<'a>(&'a self, region: &'a [u8]) -> Documents<'a> {
        Documents {
            packed: self,
            bytes: region.get(self.start..self.stop).unwrap_or(&[]),
        }
    }
}

fn checked_list(bytes: &[u8], documents: usize) -> Result<Box<[u16]>, Wrong> {
    let pairs = bytes.chunks_exact(2);
    let list: Box<[u16]> = pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    if list.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err("do not ascend");
    }
    match list.last() {
        Some(&last) if usize::from(last) >= documents => Err("are beyond the last document"),
        _ => Ok(list),
    }
}

pub(super) fn checked_groups(counts: &[u8], low: &[u8], documents: usize) -> Result<Box<[u16]>, Wrong> {
    let mut starts = Vec::with_capacity(counts.len());
    let (mut total, mut falls) = (0, 0);
    for &count in counts {
        if total > 0 && total < low.len() && count > 0 && low[total - 1] >= low[total] {
            falls += 1; // from one group to the next
        }
        starts.push(total.min(usize::from(u16::MAX)) as u16);
        total += usize::from(count);
    }
    if total != low.len() {
        return Err("do not fit the number of postings");
    }
    if count_falls(low) != falls {
        return Err("do not ascend");
    }
    let in_last_group = counts.last().is_some_and(|&count| count > 0);
    match low.last() {
        Some(&last) if in_last_group && (counts.len() - 1) * GROUP + usize::from(last) >= documents => {
            Err("are beyond the last document")
        }
        _ => Ok(starts.into()),
    }
}

/// How many bytes are not below the one after them.
fn count_falls(bytes: &[u8]) -> usize {
    const STEP: usize = 128; // so many falls can be counted in a byte, which is fastest
    let mut falls = 0;
    let mut at = 0;
    while at + 1 < bytes.len() {
        let stop = (at + STEP).min(bytes.len() - 1);
        let pairs = bytes[at..stop].iter().zip(&bytes[at + 1..=stop]);
        falls += usize::from(pairs.map(|(one, next)| u8::from(one >= next)).sum::<u8>());
        at = stop;
    }
    falls
}

pub(super) fn checked_bitmap(bytes: &[u8], count: usize, documents: usize) -> Result<Box<[u16]>, Wrong> {
    let mut starts = Vec::with_capacity(documents.div_ceil(GROUP));
    let mut total = 0;
    for group in bytes.chunks(GROUP / 8) {
        starts.push(total as u16);
        let words = (0..GROUP_WORDS).map(|word| word_at(group, 8 * word).count_ones());
        total += words.sum::<u32>();
    }
    if total as usize != count {
        return Err("do not fit the number of postings");
    }
    match bytes.last() {
        Some(&last) if documents % 8 > 0 && last >> (documents % 8) > 0 => {
            Err("are beyond the last document")
        }
        _ => Ok(starts.into()),
    }
}

/// The documents of a term, ascending; a posting is the place of a document among them.
#[derive(Clone, Copy)]
pub struct Documents<'a> {
    packed: &'a PackedDocuments,
    bytes: &'a [u8],
}

impl<'a> Documents<'a> {
    /// The number of documents.
    pub fn len(&self) -> usize {
        self.packed.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.packed.count == 0
    }

    /// The postings whose documents are in a window.
    pub fn window(&self, window: usize) -> std::ops::Range<usize> {
        let first = |window: usize| match &self.packed.form {
            Form::List(list) => list.partition_point(|&document| usize::from(document) < window * WINDOW),
            Form::Grouped(starts) | Form::Bitmap(starts) => self.start(starts, window * GROUPS),
        };
        first(window)..first(window + 1)
    }

    fn start(&self, starts: &[u16], group: usize) -> usize {
        starts
            .get(group)
            .map_or(self.packed.count, |&start| usize::from(start))
    }

    /// The low bytes of the documents of a group.
    fn group(&self, starts: &[u16], group: usize) -> &'a [u8] {
        let range = self.start(starts, group)..self.start(starts, group + 1);
        self.bytes.get(range).unwrap_or(&[])
    }

    #[inline]
    fn word(&self, word: usize) -> u64 {
        word_at(self.bytes, 8 * word)
    }

    /// Whether a document is among them.
    pub fn contains(&self, document: u16) -> bool {
        match &self.packed.form {
            Form::List(list) => list.binary_search(&document).is_ok(),
            Form::Grouped(starts) => {
                let low = document as u8;
                self.group(starts, usize::from(document) / GROUP)
                    .iter()
                    .fold(false, |found, &other| found | (other == low))
            }
            Form::Bitmap(_) => self.word(usize::from(document >> 6)) >> (document & 63) & 1 == 1,
        }
    }

    /// The posting of a document, None where it has none.
    pub fn find(&self, document: u16) -> Option<usize> {
        match &self.packed.form {
            Form::List(list) => list.binary_search(&document).ok(),
            Form::Grouped(starts) => {
                let (group, low) = (usize::from(document) / GROUP, document as u8);
                let bytes = self.group(starts, group);
                let before = bytes.partition_point(|&other| other < low);
                (bytes.get(before) == Some(&low)).then(|| self.start(starts, group) + before)
            }
            Form::Bitmap(starts) => {
                let at = usize::from(document >> 6);
                let word = self.word(at);
                let is_there = word >> (document & 63) & 1 == 1;
                is_there.then(|| {
                    let first = at / GROUP_WORDS * GROUP_WORDS;
                    let words = (first..at).map(|word| self.word(word).count_ones()).sum::<u32>();
                    let within = (word & ((1 << (document & 63)) - 1)).count_ones();
                    self.start(starts, at / GROUP_WORDS) + (words + within) as usize
                })
            }
        }
    }

    /// Puts the postings of some documents, ascending and all among these, into `postings`.
    pub fn find_all(&self, documents: &[u16], postings: &mut Vec<u32>) {
        postings.clear();
        let Form::Bitmap(starts) = &self.packed.form else {
            let found = |&document: &u16| self.find(document).unwrap_or(0) as u32;
            postings.extend(documents.iter().map(found));
            return;
        };
        let Some(&first) = documents.first() else { return };
        let mut at = usize::from(first) / GROUP * GROUP_WORDS;
        let mut before = self.start(starts, at / GROUP_WORDS) as u32; // the documents before the word
        let mut word = self.word(at);
        postings.extend(documents.iter().map(|&document| {
            while at < usize::from(document >> 6) {
                before += word.count_ones();
                at += 1;
                word = self.word(at);
            }
            before + (word & ((1 << (document & 63)) - 1)).count_ones()
        }));
    }

    /// The document of a posting; `posting` is below the number of documents.
    pub fn document(&self, posting: usize) -> u16 {
        let (starts, is_bitmap) = match &self.packed.form {
            Form::List(list) => return list[posting],
            Form::Grouped(starts) => (starts, false),
            Form::Bitmap(starts) => (starts, true),
        };
        let group = starts.partition_point(|&start| usize::from(start) <= posting) - 1;
        let base = (group * GROUP) as u16;
        if !is_bitmap {
            return base | u16::from(self.bytes[posting]);
        }
        let mut left = (posting - usize::from(starts[group])) as u32;
        let mut at = group * GROUP_WORDS;
        while self.word(at).count_ones() <= left {
            left -= self.word(at).count_ones();
            at += 1;
        }
        let mut bits = self.word(at);
        for _ in 0..left {
            bits &= bits - 1;
        }
        (at * 64) as u16 | bits.trailing_zeros() as u16
    }

    /// Puts the documents of a window into `out`, which has some place more; returns their number.
    pub fn read_window(&self, window: usize, out: &mut [u16; WINDOW + 8]) -> usize {
        match &self.packed.form {
            Form::List(list) => {
                let part = &list[self.window(window)];
                out[..part.len()].copy_from_slice(part);
                part.len()
            }
            Form::Grouped(starts) => {
                let mut count = 0;
                for group in window * GROUPS..(window + 1) * GROUPS {
                    let low = self.group(starts, group);
                    let base = (group * GROUP) as u16;
                    for (place, &byte) in out[count..].iter_mut().zip(low) {
                        *place = base | u16::from(byte);
                    }
                    count += low.len();
                }
                count
            }
            Form::Bitmap(_) => {
                let bytes = self.bytes.get(window * WINDOW / 8..).unwrap_or(&[]);
                let bytes = &bytes[..bytes.len().min(WINDOW / 8)];
                read_bitmap(bytes, (window * WINDOW) as u16, out)
            }
        }
    }

    /// Puts the low bytes of the documents of a group into `out`; returns their postings.
    pub fn read_group(&self, group: usize, out: &mut [u8; GROUP]) -> std::ops::Range<usize> {
        match &self.packed.form {
            Form::List(list) => {
                let first = list.partition_point(|&document| usize::from(document) < group * GROUP);
                let stop = list.partition_point(|&document| usize::from(document) < (group + 1) * GROUP);
                for (out, &document) in out.iter_mut().zip(&list[first..stop]) {
                    *out = document as u8;
                }
                first..stop
            }
            Form::Grouped(starts) => {
                let low = self.group(starts, group);
                out[..low.len()].copy_from_slice(low);
                let first = self.start(starts, group);
                first..first + low.len()
            }
            Form::Bitmap(starts) => {
                let mut count = 0;
                for at in 0..GROUP_WORDS {
                    let mut bits = self.word(group * GROUP_WORDS + at);
                    while bits != 0 {
                        out[count % GROUP] = (at * 64) as u8 | bits.trailing_zeros() as u8;
                        bits &= bits - 1;
                        count += 1;
                    }
                }
                let first = self.start(starts, group);
                first..first + count
            }
        }
    }

    /// Sets the bits of the documents of a window.
    pub fn set_bits(&self, window: usize, bits: &mut [u64; WORDS]) {
        match &self.packed.form {
            Form::List(list) => {
                for &document in &list[self.window(window)] {
                    bits[usize::from(document >> 6) % WORDS] |= 1 << (document & 63);
                }
            }
            Form::Grouped(starts) => {
                for (group, bits) in bits.chunks_exact_mut(GROUP_WORDS).enumerate() {
                    set_bytes(self.group(starts, window * GROUPS + group), bits);
                }
            }
            Form::Bitmap(_) => {
                for (at, bits) in bits.iter_mut().enumerate() {
                    *bits |= self.word(window * WORDS + at);
                }
            }
        }
    }

    /// All documents as a set.
    pub fn set(&self) -> DocumentSet {
        let mut set = DocumentSet::empty();
        for (window, bits) in set.windows_mut().enumerate() {
            self.set_bits(window, bits);
        }
        set
    }

    /// All documents.
    pub fn to_vec(&self) -> Vec<u16> {
        let mut all = Vec::new();
        self.read_all(&mut all);
        all
    }

    /// Puts all documents into `all`.
    pub fn read_all(&self, all: &mut Vec<u16>) {
        all.clear();
        match &self.packed.form {
            Form::List(list) => all.extend_from_slice(list),
            Form::Grouped(starts) => {
                all.reserve(self.len());
                for group in 0..starts.len() {
                    let base = (group * GROUP) as u16;
                    all.extend(self.group(starts, group).iter().map(|&low| base | u16::from(low)));
                }
            }
            Form::Bitmap(_) => {
                let mut of_window = [0; WINDOW + 8];
                for window in 0..self.bytes.len().div_ceil(WINDOW / 8) {
                    let count = self.read_window(window, &mut of_window);
                    all.extend_from_slice(&of_window[..count]);
                }
            }
        }
    }

    /// Keeps those of some documents, ascending, that are among these, each with its posting in another list.
    pub fn retain(&self, documents: &mut Vec<u16>, postings: &mut Vec<u32>) {
        match &self.packed.form {
            Form::Bitmap(_) => retain(documents, postings, |document| self.contains(document)),
            _ if self.len() / LOOK_UP_RATIO > documents.len() => {
                retain(documents, postings, |document| self.contains(document));
            }
            _ => {
                let set = self.set();
                retain(documents, postings, |document| set.contains(document));
            }
        }
    }
}

fn set_bytes(bytes: &[u8], bits: &mut [u64]) {
    let Ok(bits): Result<&mut [u64; GROUP_WORDS], _> = bits.try_into() else {
        return;
    };
    let mut set = |byte: u8| bits[usize::from(byte >> 6)] |= 1 << (byte & 63);
    // Neighbours are often in one word, which has to be written before it is read again: so bytes that are far from each
    // other take turns.
    let quarter = bytes.len() / 4;
    let (first, rest) = bytes.split_at(quarter);
    let (second, rest) = rest.split_at(quarter);
    let (third, rest) = rest.split_at(quarter);
    for (((&first, &second), &third), &fourth) in first.iter().zip(second).zip(third).zip(rest) {
        set(first);
        set(second);
        set(third);
        set(fourth);
    }
    rest[quarter..].iter().for_each(|&byte| set(byte));
}

/// The numbers of the bits that are set in each byte, and zeros after them.
static BITS_OF_BYTE: [[u8; 8]; 256] = {
    let mut all = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut bit, mut count) = (0, 0);
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                all[byte][count] = bit as u8;
                count += 1;
            }
            bit += 1;
        }
        byte += 1;
    }
    all
};

/// Puts the numbers of the bits that are set into `out`, counted from `first` on; returns how many are. No step depends
/// on a bit by a branch.
fn read_bitmap(bytes: &[u8], first: u16, out: &mut [u16; WINDOW + 8]) -> usize {
    let mut count = 0;
    for (place, &byte) in bytes.iter().enumerate() {
        let base = first + 8 * place as u16;
        let Some(out) = out.get_mut(count..count + 8) else {
            return count;
        };
        for (out, &bit) in out.iter_mut().zip(&BITS_OF_BYTE[usize::from(byte)]) {
            *out = base + u16::from(bit);
        }
        count += usize::from(COUNT_OF_BYTE[usize::from(byte)]);
    }
    count
}

/// How many bits are set in each byte.
static COUNT_OF_BYTE: [u8; 256] = {
    let mut all = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        all[byte] = (byte as u8).count_ones() as u8;
        byte += 1;
    }
    all
};

/// Keeps some documents and their postings, without a branch that depends on them.
fn retain(documents: &mut Vec<u16>, postings: &mut Vec<u32>, keep: impl Fn(u16) -> bool) {
    let mut kept = 0;
    for place in 0..documents.len().min(postings.len()) {
        let document = documents[place];
        documents[kept] = document;
        postings[kept] = postings[place];
        kept += usize::from(keep(document));
    }
    documents.truncate(kept);
    postings.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{pack_documents, some_documents};
    use proptest::prelude::*;

    /// The seed, the probability and the number of documents of a segment.
    fn lists() -> impl Strategy<Value = (u64, u64, usize)> {
        let one_in = prop_oneof![Just(1_u64), Just(2), Just(7), Just(30), Just(300), Just(9000)];
        let documents = prop_oneof![Just(1_usize << 16), 1..=1_usize << 16, 1..5000_usize];
        (any::<u64>(), one_in, documents)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn documents_are_read_as_they_were_packed((seed, one_in, documents) in lists(), asked in any::<u64>()) {
            let list = some_documents(seed, one_in, documents);
            let region = pack_documents(&list, documents);
            let packed = PackedDocuments::new(&region, list.len(), documents).unwrap();
            let read = packed.over(&region);
            prop_assert_eq!(packed.end(), region.len());
            prop_assert_eq!(&read.to_vec(), &list);
            prop_assert_eq!(&read.set().documents(), &list);
            for document in some_documents(asked, 40, documents) {
                let expected = list.binary_search(&document).ok();
                prop_assert_eq!(read.find(document), expected);
                prop_assert_eq!(read.contains(document), expected.is_some());
                if let Some(posting) = expected {
                    prop_assert_eq!(read.document(posting), document);
                }
            }
        }

        #[test]
        fn windows_have_their_documents((seed, one_in, documents) in lists()) {
            let list = some_documents(seed, one_in, documents);
            let region = pack_documents(&list, documents);
            let packed = PackedDocuments::new(&region, list.len(), documents).unwrap();
            let read = packed.over(&region);
            for window in 0..(1 << 16) / WINDOW {
                let of_window = &list[read.window(window)];
                prop_assert!(of_window.iter().all(|&document| usize::from(document) / WINDOW == window));
                let mut unpacked = [0; WINDOW + 8];
                let count = read.read_window(window, &mut unpacked);
                prop_assert_eq!(&unpacked[..count], of_window);
                let mut bits = [0; WORDS];
                read.set_bits(window, &mut bits);
                let set = bits.iter().map(|word| word.count_ones() as usize).sum::<usize>();
                prop_assert_eq!(set, count);
            }
        }

        #[test]
        fn those_in_both_lists_are_kept((seed, one_in, documents) in lists(), (other, other_one_in, _) in lists()) {
            let list = some_documents(seed, one_in, documents);
            let region = pack_documents(&list, documents);
            let packed = PackedDocuments::new(&region, list.len(), documents).unwrap();
            let mut kept = some_documents(other, other_one_in, documents);
            let mut expected = kept.clone();
            expected.retain(|document| list.binary_search(document).is_ok());
            let mut postings: Vec<u32> = kept.iter().map(|&document| u32::from(document) + 7).collect();
            packed.over(&region).retain(&mut kept, &mut postings);
            let of_kept = kept.iter().map(|&document| u32::from(document) + 7);
            prop_assert!(of_kept.eq(postings));
            prop_assert_eq!(kept, expected);
        }

        #[test]
        fn what_cannot_be_documents_is_refused_or_read(
            (seed, one_in, documents) in lists(),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
            count in 0..400_usize,
        ) {
            let list = some_documents(seed, one_in, documents);
            let mut region = pack_documents(&list, documents);
            for (index, value) in changes {
                let place = index.index(region.len());
                region[place] = value;
            }
            for count in [count, list.len()] {
                let Ok(packed) = PackedDocuments::new(&region, count, documents) else { continue };
                let read = packed.over(&region).to_vec();
                prop_assert_eq!(read.len(), count);
                prop_assert!(read.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert!(read.iter().all(|&document| usize::from(document) < documents));
            }
        }
    }
}
