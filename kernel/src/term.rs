//! A term of a collection: where its postings and positions lie, checked once and then read by every search that
//! asks for the term.

use std::ops::Range;

use once_cell::race::OnceBox;

use crate::checked_file::Array;
use crate::deadline::Deadline;
use crate::error::Result;
use crate::packed::codes::{Before, CodeDirectory, PackedCodes, SKIP};
use crate::packed::documents::{Documents, PackedDocuments};
use crate::packed::positions::{BlockDirectory, PackedPositions, BLOCK, PADDING};
use crate::positions::Positions;
use crate::rare_postings::{rare_postings, RarePosting};
use crate::segment::View;

/// A term in one segment.
#[derive(Debug)]
pub struct TermInSegment {
    documents: PackedDocuments,
    postings: Range<usize>,  // the bytes of its region of `posting`
    positions: Range<usize>, // the same of `position`
    occurrences: usize,
    /// The postings that are listed apart, ascending.
    pub rare: Box<[RarePosting]>,
    // What only some searches need is made by the first that does. No thread waits for another one that makes it.
    code_directory: OnceBox<CodeDirectory>,
    block_directory: OnceBox<BlockDirectory>,
    unpacked: OnceBox<UnpackedPostings>,
}

/// The postings of a term, unpacked: what is searched for once is often searched for again, and a look at packed postings
/// takes twice the time.
#[derive(Debug)]
pub struct UnpackedPostings {
    /// The document of each.
    pub documents: Vec<u16>,
    /// The code of each.
    pub codes: Vec<u8>,
}

impl UnpackedPostings {
    fn new(documents: Documents<'_>, codes: PackedCodes<'_>) -> Self {
        let documents = documents.to_vec();
        let mut buffer = vec![0; (documents.len() + 2).next_multiple_of(8)];
        codes.read(0, documents.len(), 0, &mut buffer);
        buffer.truncate(documents.len());
        Self {
            documents,
            codes: buffer,
        }
    }
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

    /// The bytes of memory that the term takes, or will once everything of it was asked for.
    pub fn nbytes(&self) -> usize {
        let of_segment = |term: &TermInSegment| {
            std::mem::size_of::<TermInSegment>()
                + std::mem::size_of_val(&*term.rare)
                + term.documents.nbytes()
                + term.len() / SKIP * std::mem::size_of::<Before>()
                + term.occurrences / BLOCK
                + term.len() * 3 // of the unpacked postings
        };
        std::mem::size_of::<Self>() + self.segments.iter().flatten().map(of_segment).sum::<usize>()
    }
}

impl TermInSegment {
    /// Reads and checks the postings of a term. Fails where they cannot be what was written.
    pub fn new(view: View<'_>, number: usize) -> Result<Self> {
        let arrays = &view.segment.arrays;
        let numbers = bounds(view, &arrays.term_posting, number)?;
        let occurrences = bounds(view, &arrays.term_occurrence, number)?;
        let postings = bounds(view, &arrays.term_posting_byte, number)?;
        let positions = bounds(view, &arrays.term_position_byte, number)?;
        let region: &[u8] = view.part(&arrays.posting, postings.start, postings.end)?;
        let damaged = |wrong| arrays.posting.damaged(postings.start, wrong);
        let documents =
            PackedDocuments::new(region, numbers.len(), view.segment.documents).map_err(damaged)?;
        let codes = PackedCodes::new(&region[documents.end()..], numbers.len()).map_err(damaged)?;
        let rare = rare_postings(view, &numbers, documents.over(region), codes.count_rare())?;
        Ok(Self {
            documents,
            postings,
            positions,
            occurrences: occurrences.len(),
            rare,
            code_directory: OnceBox::new(),
            block_directory: OnceBox::new(),
            unpacked: OnceBox::new(),
        })
    }

    /// The number of postings, those of deleted documents included.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether the term has no postings.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of occurrences.
    pub fn occurrences(&self) -> usize {
        self.occurrences
    }

    fn region<'a>(&self, view: View<'a>) -> Result<&'a [u8]> {
        view.part(
            &view.segment.arrays.posting,
            self.postings.start,
            self.postings.end,
        )
    }

    /// The number of postings of live documents.
    pub fn live_documents(&self, view: View<'_>) -> Result<usize> {
        if view.segment.live.is_none() {
            return Ok(self.len());
        }
        let documents = self.documents(view)?.to_vec().into_iter();
        Ok(documents.filter(|&document| view.is_live(document)).count())
    }

    /// The documents of the term, ascending.
    pub fn documents<'a>(&'a self, view: View<'a>) -> Result<Documents<'a>> {
        Ok(self.documents.over(self.region(view)?))
    }

    /// The codes of the postings, to be read one after another.
    pub fn packed_codes<'a>(&'a self, view: View<'a>) -> Result<PackedCodes<'a>> {
        let codes = self.region(view)?.get(self.documents.end()..).unwrap_or(&[]);
        Ok(PackedCodes::checked(codes, self.len()))
    }

    /// The codes of the postings. Fails where they do not fit the occurrences of the term.
    pub fn codes<'a>(&'a self, view: View<'a>) -> Result<TermCodes<'a>> {
        let packed = self.packed_codes(view)?;
        let directory = self.code_directory.get_or_try_init(|| {
            let rare = self.rare.iter().map(|rare| (rare.posting as usize, rare.count));
            packed
                .directory(&view.segment.codes, rare, self.occurrences)
                .map(Box::new)
                .map_err(|wrong| view.segment.arrays.posting.damaged(self.postings.start, wrong))
        })?;
        Ok(TermCodes { packed, directory })
    }

    /// The postings, unpacked by the first call that asks for them.
    pub fn unpacked(&self, documents: Documents<'_>, codes: PackedCodes<'_>) -> &UnpackedPostings {
        self.unpacked
            .get_or_init(|| Box::new(UnpackedPostings::new(documents, codes)))
    }

    /// The posting of a document among the `documents` of the term, None where it has none.
    pub fn find(&self, documents: Documents<'_>, document: u16) -> Option<usize> {
        documents.find(document)
    }

    /// The positions of the term. Fails where they do not fit its postings.
    pub fn positions<'a>(&'a self, view: View<'a>) -> Result<Positions<'a>> {
        let array = &view.segment.arrays.position;
        let bytes = view.part(array, self.positions.start, self.positions.end + PADDING)?;
        let packed = PackedPositions::new(bytes, self.occurrences);
        let directory = self.block_directory.get_or_try_init(|| {
            let directory = packed.directory(self.occurrences);
            let directory = directory.map(Box::new);
            directory.map_err(|wrong| array.damaged(self.positions.start, wrong))
        })?;
        Ok(Positions::new(
            self,
            self.codes(view)?,
            &view.segment.codes,
            packed,
            directory,
        ))
    }
}

/// The codes of a term's postings, any of which is found without a walk.
#[derive(Clone, Copy)]
pub struct TermCodes<'a> {
    /// The codes.
    pub packed: PackedCodes<'a>,
    /// What comes before every so many of them.
    pub directory: &'a CodeDirectory,
}

impl TermCodes<'_> {
    /// The code of a posting.
    pub fn of(&self, posting: usize) -> u8 {
        self.packed.code(self.directory, posting)
    }
}

fn bounds(view: View<'_>, array: &Array, number: usize) -> Result<Range<usize>> {
    let bounds: &[u32] = view.part(array, number, number + 2)?;
    if bounds[0] > bounds[1] {
        return Err(array.damaged(number, "do not ascend"));
    }
    Ok(bounds[0] as usize..bounds[1] as usize)
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
        for &document in documents.to_vec().iter().rev() {
            if let Some(posting) = term.find(documents, document) {
                reader.read(posting, &mut positions);
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
            }
        }

        #[test]
        fn arrays_that_make_no_sense_are_read_or_refused(
            postings in postings(),
            array in 0..15_usize,
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
    }
}
