//! The postings of a term, checked once and then read by every search that asks for the term.

use crate::deadline::Deadline;
use crate::error::Result;
use crate::segment::{View, MAX_DOCUMENTS, RARE_CODE};

/// The documents that are scored at once; their sums stay in the first-level cache.
pub const WINDOW: usize = 4096;
/// The windows of a segment.
pub const WINDOWS: usize = MAX_DOCUMENTS / WINDOW;
/// The number of occurrences before every so many postings of a term is kept.
const SKIP: usize = 64;

/// A posting whose frequencies and mark are listed apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RarePosting {
    /// The number of the posting in its term.
    pub posting: u32,
    /// The occurrences in headline and body together.
    pub count: u32,
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

/// The positions of a term in one of its postings, and where the posting begins, from which the search for the
/// next one goes on. A cursor serves one term.
#[derive(Debug, Default)]
pub struct Cursor {
    /// The positions, ascending.
    pub positions: Vec<u32>,
    posting: usize,
    occurrence: usize, // the first one of the posting
}

/// A term in each segment of a collection; None where a segment does not have it.
#[derive(Debug)]
pub struct Term {
    /// The term by segment.
    pub segments: Vec<Option<TermInSegment>>,
}

impl Term {
    /// Reads and checks a term. `numbers` are those of the term by segment, None where one does not have it.
    pub fn new(views: &[View<'_>], numbers: &[Option<usize>], deadline: Deadline) -> Result<Self> {
        let mut segments = Vec::with_capacity(views.len());
        for (segment, (&view, number)) in views.iter().zip(numbers).enumerate() {
            deadline.check()?;
            let term = number.map(|number| TermInSegment::new(view, number)).transpose();
            segments.push(term.map_err(|error| error.in_segment(segment))?);
        }
        segments.resize_with(views.len(), || None);
        Ok(Self { segments })
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
        if let Some(element) = documents.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(arrays.posting_document.damaged(first + element, "do not ascend"));
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
        documents
            .get(from..to)?
            .binary_search(&document)
            .ok()
            .map(|place| from + place)
    }

    /// Puts the positions of the term in one of its postings into `cursor`, ascending. The first word of a
    /// headline has position 0, and those of the body follow those of the headline.
    pub fn read_positions(
        &self,
        view: View<'_>,
        codes: &[u8],
        posting: usize,
        cursor: &mut Cursor,
    ) -> Result<()> {
        let start = self.first_occurrence_of(view, codes, posting, cursor);
        let count = self.count(view, codes, posting);
        (cursor.posting, cursor.occurrence) = (posting, start);
        let positions = &mut cursor.positions;
        positions.clear();
        let arrays = &view.segment.arrays;
        // `count_occurrences` has checked that all postings end where the occurrences of the term end.
        let from = self.first_occurrence + start;
        let low: &[u8] = view.part(&arrays.occurrence_low, from, from + count)?;
        positions.extend(low.iter().map(|&byte| u32::from(byte)));
        if self.width >= 1 {
            let (first, last) = (start / 2, (start + count).div_ceil(2));
            let middle: &[u8] =
                view.part(&arrays.occurrence_middle, self.middle + first, self.middle + last)?;
            for (place, position) in positions.iter_mut().enumerate() {
                let occurrence = start + place;
                let nibble = middle[occurrence / 2 - first] >> (occurrence % 2 * 4) & 15;
                *position |= u32::from(nibble) << 8;
            }
        }
        if self.width >= 2 {
            let from = self.high + start;
            let high: &[u32] = view.part(&arrays.occurrence_high, from, from + count)?;
            for (position, &high) in positions.iter_mut().zip(high) {
                *position |= high << 12;
            }
        }
        Ok(())
    }

    /// The number of occurrences before a posting, counted from the nearest posting where it is known.
    fn first_occurrence_of(&self, view: View<'_>, codes: &[u8], posting: usize, cursor: &Cursor) -> usize {
        let skip = posting / SKIP;
        let (mut from, mut occurrence) = (skip * SKIP, self.occurrences_before[skip] as usize);
        if (from..=posting).contains(&cursor.posting) {
            (from, occurrence) = (cursor.posting, cursor.occurrence);
        }
        for other in from..posting {
            occurrence += self.count(view, codes, other);
        }
        occurrence
    }

    fn count(&self, view: View<'_>, codes: &[u8], posting: usize) -> usize {
        let code = codes[posting];
        let count = if code == RARE_CODE {
            let place = self
                .rare
                .binary_search_by_key(&posting, |rare| rare.posting as usize);
            place.map_or(0, |place| self.rare[place].count)
        } else {
            view.segment.codes.count[usize::from(code)]
        };
        count as usize
    }

    /// The number of occurrences of the term in the segment.
    pub fn occurrences(&self) -> usize {
        self.occurrences
    }
}

fn window_bounds(documents: &[u16]) -> [u32; WINDOWS + 1] {
    let mut bounds = [0; WINDOWS + 1];
    for (window, bound) in bounds.iter_mut().enumerate().skip(1) {
        *bound = documents.partition_point(|&document| usize::from(document) < window * WINDOW) as u32;
    }
    bounds
}

/// The postings with code 255; fails where they are not those that the segment lists apart.
fn rare_postings(view: View<'_>, first: usize, last: usize, documents: &[u16]) -> Result<Box<[RarePosting]>> {
    let arrays = &view.segment.arrays;
    let codes: &[u8] = view.part(&arrays.posting_code, first, last)?;
    let all: &[u32] = view.whole(&arrays.rare_posting)?;
    let low = all.partition_point(|&posting| (posting as usize) < first);
    let high = low + all[low..].partition_point(|&posting| (posting as usize) < last);
    let listed = &all[low..high];
    let mut sought = codes
        .iter()
        .enumerate()
        .filter(|(_, &code)| code == RARE_CODE)
        .map(|(posting, _)| posting);
    let fits = listed
        .iter()
        .all(|&posting| sought.next() == (posting as usize).checked_sub(first));
    if !fits || sought.next().is_some() {
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
