//! The postings of a term, checked once and then read by every search that asks for the term.

use crate::deadline::Deadline;
use crate::error::Result;
use crate::segment::{View, CODES, MAX_DOCUMENTS, RARE_CODE};

/// The documents that are scored at once; their sums stay in the first-level cache.
pub const WINDOW: usize = 4096;
/// The windows of a segment.
pub const WINDOWS: usize = MAX_DOCUMENTS / WINDOW;
/// The number of occurrences before every so many postings of a term is kept.
const SKIP: usize = 16;

/// Documents by which a search in a window goes on at first.
const FIRST_STEP: usize = 4;

/// A posting whose frequencies and mark are listed apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RarePosting {
    /// The number of the posting in its term.
    pub posting: u32,
    /// The occurrences in headline and body together.
    pub count: u32,
    /// Those in the headline.
    pub headline: u32,
    /// The mark of the posting.
    pub mark: u8,
    /// Its w / (k1 + w).
    pub base: f32,
}

/// A term in one segment.
#[derive(Debug)]
pub struct TermInSegment {
    first: usize,
    last: usize,
    /// The first posting of each window, and the end.
    pub bounds: [u32; WINDOWS + 1],
    /// The postings that are listed apart, ascending.
    pub rare: Box<[RarePosting]>,
    occurrences_before: Box<[u32]>,
    first_occurrence: usize,
    occurrences: usize,
    width: u8,
    middle: usize,
    high: usize,
}

/// A term in each segment of a collection; None where a segment does not have it.
#[derive(Debug)]
pub struct Term {
    /// The text of the term.
    pub text: Box<str>,
    /// The number of the term by segment.
    pub numbers: Vec<Option<usize>>,
    /// The term by segment.
    pub segments: Vec<Option<TermInSegment>>,
    /// How many live documents have it.
    pub document_frequency: usize,
}

impl Term {
    /// Reads and checks the term with a text. `numbers` are those of the term by segment, None where one does not have it.
    pub fn new(
        views: &[View<'_>],
        text: &str,
        mut numbers: Vec<Option<usize>>,
        deadline: Deadline,
    ) -> Result<Self> {
        numbers.resize(views.len(), None);
        let mut segments = Vec::with_capacity(views.len());
        let mut document_frequency = 0;
        for (segment, (&view, &number)) in views.iter().zip(&numbers).enumerate() {
            deadline.check()?;
            let read = |number| -> Result<(TermInSegment, usize)> {
                let term = TermInSegment::new(view, number)?;
                let documents = term.live_documents(view)?;
                Ok((term, documents))
            };
            let term = number.map(read).transpose();
            let term = term.map_err(|error| error.in_segment(segment))?;
            segments.push(term.map(|(term, documents)| {
                document_frequency += documents;
                term
            }));
        }
        Ok(Self {
            text: text.into(),
            numbers,
            segments,
            document_frequency,
        })
    }

    /// The bytes of memory that the term takes.
    pub fn nbytes(&self) -> usize {
        let of_segment = |term: &TermInSegment| {
            std::mem::size_of::<TermInSegment>()
                + std::mem::size_of_val(&*term.rare)
                + std::mem::size_of_val(&*term.occurrences_before)
        };
        std::mem::size_of::<Self>() + self.segments.iter().flatten().map(of_segment).sum::<usize>()
    }
}

impl TermInSegment {
    /// Reads and checks the postings of a term. Fails where they cannot be what was written.
    pub fn new(view: View<'_>, number: usize) -> Result<Self> {
        let arrays = &view.segment.arrays;
        let bound = |element: usize| -> Result<(usize, usize)> {
            let posting: &[u32] = view.part(&arrays.term_posting, element, element + 1)?;
            let occurrence: &[u32] = view.part(&arrays.term_occurrence, element, element + 1)?;
            Ok((posting[0] as usize, occurrence[0] as usize))
        };
        let ((first, first_occurrence), (last, last_occurrence)) = (bound(number)?, bound(number + 1)?);
        if first > last {
            return Err(arrays.term_posting.damaged(number, "do not ascend"));
        }
        if first_occurrence > last_occurrence {
            return Err(arrays.term_occurrence.damaged(number, "do not ascend"));
        }
        let documents: &[u16] = view.part(&arrays.posting_document, first, last)?;
        let bounds = window_bounds(documents);
        if !ascends(documents) {
            let wrong = documents.windows(2).position(|pair| pair[0] >= pair[1]);
            return Err(arrays
                .posting_document
                .damaged(first + wrong.unwrap_or(0), "do not ascend"));
        }
        if documents
            .last()
            .is_some_and(|&document| usize::from(document) >= view.segment.documents)
        {
            return Err(arrays
                .posting_document
                .damaged(last - 1, "are beyond the last document"));
        }
        let rare = rare_postings(view, first, last, documents)?;
        let occurrences = last_occurrence - first_occurrence;
        let occurrences_before = count_occurrences(view, first, last, &rare, occurrences)?;
        let width = view.part::<u8>(&arrays.term_width, number, number + 1)?[0];
        let middle = view.part::<u32>(&arrays.term_middle, number, number + 1)?[0] as usize;
        let high = view.part::<u32>(&arrays.term_high, number, number + 1)?[0] as usize;
        if width > 2 {
            return Err(arrays.term_width.damaged(number, "are no widths"));
        }
        Ok(Self {
            first,
            last,
            bounds,
            rare,
            occurrences_before,
            first_occurrence,
            occurrences,
            width,
            middle,
            high,
        })
    }

    /// The number of postings, those of deleted documents included.
    pub fn len(&self) -> usize {
        self.last - self.first
    }

    /// Whether the term has no postings.
    pub fn is_empty(&self) -> bool {
        self.first == self.last
    }

    /// The number of postings of live documents.
    pub fn live_documents(&self, view: View<'_>) -> Result<usize> {
        if view.segment.live.is_none() {
            return Ok(self.len());
        }
        let documents = self.documents(view)?.iter();
        Ok(documents.filter(|&&document| view.is_live(document)).count())
    }

    /// The documents of the term, ascending.
    pub fn documents<'a>(&self, view: View<'a>) -> Result<&'a [u16]> {
        view.part(&view.segment.arrays.posting_document, self.first, self.last)
    }

    /// The code of each posting.
    pub fn codes<'a>(&self, view: View<'a>) -> Result<&'a [u8]> {
        view.part(&view.segment.arrays.posting_code, self.first, self.last)
    }

    /// The posting of a document among the `documents` of the term, None where it has none.
    pub fn find(&self, documents: &[u16], document: u16) -> Option<usize> {
        let window = usize::from(document) / WINDOW;
        let (from, to) = (self.bounds[window] as usize, self.bounds[window + 1] as usize);
        let place = find_evenly_spread(documents.get(from..to)?, usize::from(document) % WINDOW, document);
        place.map(|place| from + place)
    }

    /// The positions of the term, for one pass over its postings.
    pub fn positions<'a>(&'a self, view: View<'a>) -> Result<Positions<'a>> {
        let arrays = &view.segment.arrays;
        let (first, count) = (self.first_occurrence, self.occurrences);
        let low = view.part(&arrays.occurrence_low, first, first + count)?;
        let middle: &[u8] = match self.width {
            0 => &[],
            _ => view.part(
                &arrays.occurrence_middle,
                self.middle,
                self.middle + count.div_ceil(2),
            )?,
        };
        let high: &[u32] = match self.width {
            0 | 1 => &[],
            _ => view.part(&arrays.occurrence_high, self.high, self.high + count)?,
        };
        let (codes, counts) = (self.codes(view)?, &view.segment.codes.count);
        Ok(Positions {
            term: self,
            codes,
            counts,
            low,
            middle,
            high,
            posting: 0,
            occurrence: 0,
        })
    }
}

/// The positions of a term in one segment.
///
/// It keeps where the last posting begins, from which the search for the next one goes on.
pub struct Positions<'a> {
    term: &'a TermInSegment,
    codes: &'a [u8],
    counts: &'a [u32; CODES],
    low: &'a [u8],
    middle: &'a [u8],
    high: &'a [u32],
    posting: usize,
    occurrence: usize, // the first one of the posting
}

impl<'a> Positions<'a> {
    /// The range of the occurrences of a posting among those of the term. `TermInSegment::new` has checked that
    /// the postings end where the occurrences of the term end.
    fn occurrences(&mut self, posting: usize) -> std::ops::Range<usize> {
        let skip = posting / SKIP;
        let (mut from, mut occurrence) = (skip * SKIP, self.term.occurrences_before[skip] as usize);
        if (from..=posting).contains(&self.posting) {
            (from, occurrence) = (self.posting, self.occurrence);
        }
        for other in from..posting {
            occurrence += self.count(other);
        }
        (self.posting, self.occurrence) = (posting, occurrence);
        occurrence..occurrence + self.count(posting)
    }

    fn count(&self, posting: usize) -> usize {
        let code = self.codes[posting];
        if code == RARE_CODE {
            let rare = &self.term.rare;
            let place = rare.binary_search_by_key(&posting, |rare| rare.posting as usize);
            return place.map_or(0, |place| rare[place].count as usize);
        }
        self.counts[usize::from(code)] as usize
    }

    /// The first position in a posting, None where it has none.
    pub fn first(&mut self, posting: usize) -> Option<u32> {
        let occurrences = self.occurrences(posting);
        let occurrence = occurrences.start;
        let mut position = u32::from(*self.low[occurrences].first()?);
        if let Some(&middle) = self.middle.get(occurrence / 2) {
            position |= u32::from(middle >> (occurrence % 2 * 4) & 15) << 8;
        }
        if let Some(&high) = self.high.get(occurrence) {
            position |= high << 12;
        }
        Some(position)
    }

    /// The low bytes of the positions in a posting.
    pub fn low_bytes(&mut self, posting: usize) -> &'a [u8] {
        let occurrences = self.occurrences(posting);
        &self.low[occurrences]
    }

    /// Puts the positions in a posting into `positions`, ascending. The first word of a headline has position 0,
    /// and those of the body follow those of the headline.
    pub fn read(&mut self, posting: usize, positions: &mut Vec<u32>) {
        let occurrences = self.occurrences(posting);
        positions.clear();
        positions.extend(self.low[occurrences.clone()].iter().map(|&byte| u32::from(byte)));
        if !self.middle.is_empty() {
            for (occurrence, position) in occurrences.clone().zip(positions.iter_mut()) {
                let nibble = self.middle[occurrence / 2] >> (occurrence % 2 * 4) & 15;
                *position |= u32::from(nibble) << 8;
            }
        }
        if !self.high.is_empty() {
            for (position, &high) in positions.iter_mut().zip(&self.high[occurrences]) {
                *position |= high << 12;
            }
        }
    }
}

/// The place of a document in the documents of a window, searched from where it stands if these are spread
/// evenly. `offset` is the number of the document in the window.
fn find_evenly_spread(documents: &[u16], offset: usize, document: u16) -> Option<usize> {
    let guess = offset * documents.len() / WINDOW;
    let mut step = FIRST_STEP;
    let (mut low, mut high) = (guess, guess); // the document is not before `low`, and not from `high` on
    while low > 0 && documents[low - 1] >= document {
        low = low.saturating_sub(step);
        step *= 2;
    }
    while high < documents.len() && documents[high] <= document {
        high = (high + step).min(documents.len());
        step *= 2;
    }
    documents[low..high]
        .binary_search(&document)
        .ok()
        .map(|place| low + place)
}

fn window_bounds(documents: &[u16]) -> [u32; WINDOWS + 1] {
    let mut bounds = [0; WINDOWS + 1];
    for (window, bound) in bounds.iter_mut().enumerate().skip(1) {
        *bound = documents.partition_point(|&document| usize::from(document) < window * WINDOW) as u32;
    }
    bounds
}

/// Whether each value is greater than the one before it. All pairs are looked at, several at once.
fn ascends<T: Copy + Ord>(values: &[T]) -> bool {
    !values
        .windows(2)
        .fold(false, |is_wrong, pair| is_wrong | (pair[0] >= pair[1]))
}

/// The postings with code 255; fails where they are not those that the segment lists apart.
fn rare_postings(view: View<'_>, first: usize, last: usize, documents: &[u16]) -> Result<Box<[RarePosting]>> {
    let arrays = &view.segment.arrays;
    let codes: &[u8] = view.part(&arrays.posting_code, first, last)?;
    let all: &[u32] = view.whole(&arrays.rare_posting)?;
    let low = all.partition_point(|&posting| (posting as usize) < first);
    let high = low + all[low..].partition_point(|&posting| (posting as usize) < last);
    let listed = &all[low..high];
    let coded = codes
        .iter()
        .map(|&code| usize::from(code == RARE_CODE))
        .sum::<usize>();
    let code_of = |&posting: &u32| {
        (posting as usize)
            .checked_sub(first)
            .and_then(|posting| codes.get(posting))
    };
    let all_are_rare = listed.iter().all(|posting| code_of(posting) == Some(&RARE_CODE));
    if coded != listed.len() || !ascends(listed) || !all_are_rare {
        return Err(arrays.rare_posting.damaged(low, "are not those listed"));
    }
    let headline: &[u32] = view.part(&arrays.rare_headline, low, high)?;
    let body: &[u32] = view.part(&arrays.rare_body, low, high)?;
    let mark: &[u8] = view.part(&arrays.rare_mark, low, high)?;
    let norms = &view.segment.norms;
    let rare = listed.iter().enumerate().map(|(row, &posting)| {
        let posting = posting as usize - first;
        RarePosting {
            posting: posting as u32,
            count: headline[row].saturating_add(body[row]),
            headline: headline[row],
            mark: mark[row],
            base: norms.saturate(norms.weight(documents[posting], headline[row], body[row])),
        }
    });
    Ok(rare.collect())
}

/// The number of occurrences before every SKIPth posting; fails where all together are not `expected`.
fn count_occurrences(
    view: View<'_>,
    first: usize,
    last: usize,
    rare: &[RarePosting],
    expected: usize,
) -> Result<Box<[u32]>> {
    let arrays = &view.segment.arrays;
    let codes: &[u8] = view.part(&arrays.posting_code, first, last)?;
    let mut before = Vec::with_capacity(codes.len() / SKIP + 1);
    let mut rare = rare.iter().peekable();
    let mut total = 0_u64;
    for (index, block) in codes.chunks(SKIP).enumerate() {
        before.push(total.min(u64::from(u32::MAX)) as u32);
        total += block
            .iter()
            .map(|&code| u64::from(view.segment.codes.count[usize::from(code)]))
            .sum::<u64>();
        while let Some(posting) = rare.next_if(|posting| (posting.posting as usize) < (index + 1) * SKIP) {
            total += u64::from(posting.count);
        }
    }
    if total != expected as u64 {
        return Err(arrays
            .posting_code
            .damaged(first, "do not fit the occurrences of the term"));
    }
    if before.is_empty() {
        before.push(0);
    }
    Ok(before.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{one_term, seal, Content};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const DOCUMENTS: usize = 9000;

    fn postings() -> impl Strategy<Value = Vec<(u16, Vec<u32>)>> {
        let highest = prop_oneof![Just(200_u32), Just(3000), Just(100_000)];
        let positions = highest.prop_flat_map(|highest| {
            let few = proptest::collection::btree_set(0..highest, 1..6);
            prop_oneof![20 => few, 1 => proptest::collection::btree_set(0..1000_u32, 250..300)]
        });
        let positions = positions.prop_map(|set| set.into_iter().collect());
        proptest::collection::btree_map(0..DOCUMENTS as u16, positions, 1..80)
            .prop_map(|map: BTreeMap<u16, Vec<u32>>| map.into_iter().collect())
    }

    /// Reads everything that a search may read of a term.
    fn read_all(content: &Content) -> Result<()> {
        let sealed = seal(content)?;
        let view = sealed.view();
        let term = TermInSegment::new(view, 0)?;
        let (documents, mut reader) = (term.documents(view)?, term.positions(view)?);
        let mut positions = Vec::new();
        for &document in documents.iter().rev() {
            if let Some(posting) = term.find(documents, document) {
                reader.read(posting, &mut positions);
                reader.low_bytes(posting);
                reader.first(posting);
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn positions_are_read_as_they_were_written(
            postings in postings(), asked in proptest::collection::vec(any::<prop::sample::Index>(), 1..40),
        ) {
            let sealed = seal(&one_term(&postings, DOCUMENTS)).unwrap();
            let view = sealed.view();
            let term = TermInSegment::new(view, 0).unwrap();
            let documents = term.documents(view).unwrap();
            let mut reader = term.positions(view).unwrap();
            let mut positions = Vec::new();
            for index in asked {
                let (document, expected) = &postings[index.index(postings.len())];
                let posting = term.find(documents, *document).unwrap();
                reader.read(posting, &mut positions);
                prop_assert_eq!(&positions, expected);
                prop_assert_eq!(reader.first(posting), expected.first().copied());
                let low: Vec<u8> = expected.iter().map(|&position| position as u8).collect();
                prop_assert_eq!(reader.low_bytes(posting), low.as_slice());
            }
        }

        #[test]
        fn arrays_that_make_no_sense_are_read_or_refused(
            postings in postings(),
            array in 0..19_usize,
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u32>()), 0..4),
            length in proptest::option::of(0..20_usize),
        ) {
            let mut content = one_term(&postings, DOCUMENTS);
            fn change<T: Clone>(
                values: &mut Vec<T>, changes: &[(prop::sample::Index, u32)], length: Option<usize>,
                narrow: impl Fn(u32) -> T,
            ) {
                for (index, value) in changes {
                    if !values.is_empty() {
                        let place = index.index(values.len());
                        values[place] = narrow(*value);
                    }
                }
                if let Some(length) = length {
                    values.resize(length, narrow(7));
                }
            }
            let (words, halves) = (content.words.len(), content.halves.len());
            match array {
                array if array < words => change(&mut content.words[array].1, &changes, length, |value| value),
                array if array < words + halves => {
                    change(&mut content.halves[array - words].1, &changes, length, |value| value as u16);
                }
                array => {
                    let bytes = &mut content.bytes[array - words - halves].1;
                    change(bytes, &changes, length, |value| value as u8);
                }
            }
            let _ = read_all(&content); // it returns, and does not panic
        }

        #[test]
        fn a_document_is_found_where_it_is(
            documents in proptest::collection::btree_set(8192..12_288u16, 0..400), sought in 8192..12_288u16,
        ) {
            let documents: Vec<u16> = documents.into_iter().collect();
            let offset = usize::from(sought) % WINDOW;
            let expected = documents.binary_search(&sought).ok();
            prop_assert_eq!(find_evenly_spread(&documents, offset, sought), expected);
        }

        #[test]
        fn the_bounds_of_windows_are_where_their_documents_begin(
            documents in proptest::collection::btree_set(any::<u16>(), 0..400),
        ) {
            let documents: Vec<u16> = documents.into_iter().collect();
            let bounds = window_bounds(&documents);
            for window in 0..WINDOWS {
                let part = &documents[bounds[window] as usize..bounds[window + 1] as usize];
                prop_assert!(part.iter().all(|&document| usize::from(document) / WINDOW == window));
            }
            prop_assert_eq!(bounds[WINDOWS] as usize, documents.len());
        }
    }
}
