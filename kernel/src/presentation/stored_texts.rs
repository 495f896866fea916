//! The stored texts of a segment: Zstandard frames, each of which is decompressed alone, and the landmarks of bodies.
//!
//! `newsindex/storage/FORMAT.md` has the grammar, `newsindex/storage/text_store.py` packs a text.

use std::cell::RefCell;
use std::ops::Range;

use simdutf8::basic::from_utf8;
use zstd::zstd_safe::{get_frame_content_size, DCtx, DDict};

use crate::checked_file::Array;
use crate::error::{Error, Result};
use crate::segment::View;

/// A dictionary that frames were compressed with.
pub type Dictionary = DDict<'static>;

/// The bytes that a text may have when it is decompressed. The fields of an article hold a small part of it.
pub const MAX_TEXT: u64 = 1 << 30;
/// The bytes before the fields of a packed text: the lengths of the rest and of the headline.
const LENGTHS: usize = 8;

thread_local! {
    static CONTEXT: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
}

/// Where the arrays of texts lie in the file of a segment.
#[derive(Debug)]
pub struct TextArrays {
    frame: Array,
    frame_end: Array,
    dictionary: Array,
    landmark_first: Array,
    landmark: Array,
    landmark_far: Array,
}

impl TextArrays {
    /// Finds each array by its name. `find` gives the type, the count and the first byte of an array of a file
    /// whose arrays end at `end`. Fails where one is missing or of another type, or where there are not as many as
    /// `documents` need.
    pub fn locate(
        end: usize,
        documents: usize,
        find: impl Fn(&'static str) -> Result<(String, usize, usize)>,
    ) -> Result<Self> {
        let bytes = |name| match find(name)? {
            (dtype, count, start) if dtype.ends_with("u1") => Array::new::<u8>(name, start, count, end),
            _ => Err(wrong_type(name)),
        };
        let bounds = |name, expected: &str| match find(name)? {
            (dtype, _, _) if dtype != expected => Err(wrong_type(name)),
            (_, count, start) if expected == "<u8" => Array::new::<u64>(name, start, count, end),
            (_, count, start) => Array::new::<u32>(name, start, count, end),
        };
        let arrays = Self {
            frame: bytes("text_frame")?,
            frame_end: bounds("text_frame_end", "<u8")?,
            dictionary: bytes("text_dictionary")?,
            landmark_first: bounds("landmark_first", "<u4")?,
            landmark: bytes("landmark")?,
            landmark_far: bounds("landmark_far", "<u4")?,
        };
        for array in [&arrays.frame_end, &arrays.landmark_first] {
            if array.len() != documents + 1 {
                return Err(array.damaged(0, "are not as many as there are documents"));
            }
        }
        Ok(arrays)
    }

    /// The dictionary of the frames, None where they have none.
    pub fn dictionary(&self, view: View<'_>) -> Result<Option<Dictionary>> {
        let content: &[u8] = view.whole(&self.dictionary)?;
        if content.is_empty() {
            return Ok(None);
        }
        let dictionary = DDict::try_create(content);
        let dictionary = dictionary.ok_or_else(|| self.dictionary.damaged(0, "are no dictionary"))?;
        Ok(Some(dictionary))
    }

    /// The packed text of a document, decompressed. Fails where it cannot be what was written.
    pub fn packed_text(
        &self,
        view: View<'_>,
        document: u16,
        dictionary: Option<&Dictionary>,
    ) -> Result<Vec<u8>> {
        let document = usize::from(document);
        let bounds: &[u64] = view.part(&self.frame_end, document, document + 2)?;
        let bound = |place: usize| usize::try_from(bounds[place]).unwrap_or(usize::MAX);
        let frame: &[u8] = view.part(&self.frame, bound(0), bound(1))?;
        let damaged = |reason| self.frame.damaged(bound(0), reason);
        let size = match get_frame_content_size(frame) {
            Ok(Some(size)) if size <= MAX_TEXT => size as usize,
            _ => return Err(damaged("are no text")),
        };
        let mut packed = Vec::new();
        packed
            .try_reserve_exact(size)
            .map_err(|_| damaged("are of a text that memory has no room for"))?;
        let done = with_context(|context| match dictionary {
            Some(dictionary) => context.decompress_using_ddict(&mut packed, frame, dictionary),
            None => context.decompress(&mut packed, frame),
        });
        match done {
            Ok(written) if written == size => Ok(packed),
            _ => Err(damaged("cannot be decompressed")),
        }
    }

    /// The error for a document whose packed text has no fields.
    pub fn damaged_text(&self, document: u16) -> Error {
        self.frame_end
            .damaged(usize::from(document), "are of what is no packed text")
    }

    /// The landmarks of a document: where the chunk of every eighth word of its body starts, in characters.
    pub fn landmarks(&self, view: View<'_>, document: u16) -> Result<Vec<u32>> {
        let document = usize::from(document);
        let bounds: &[u32] = view.part(&self.landmark_first, document, document + 2)?;
        let (from, to) = (bounds[0] as usize, bounds[1] as usize);
        let differences: &[u8] = view.part(&self.landmark, from, to)?;
        let far: &[u32] = view.whole(&self.landmark_far)?;
        let mut far = far[far.partition_point(|&landmark| landmark < bounds[0])..]
            .iter()
            .peekable();
        let mut offset = 0_u32;
        let offsets = differences
            .iter()
            .zip(bounds[0]..)
            .map(|(&difference, landmark)| {
                offset = offset.saturating_add(u32::from(difference));
                while far.next_if_eq(&&landmark).is_some() {
                    offset = offset.saturating_add(256);
                }
                offset
            });
        Ok(offsets.collect())
    }
}

fn wrong_type(name: &'static str) -> Error {
    Error::Damaged {
        segment: None,
        array: name,
        element: 0,
        reason: "are of another type",
    }
}

/// Runs `work` with the decompressor of the thread, which is large and is made once.
fn with_context<T>(work: impl FnOnce(&mut DCtx<'static>) -> T) -> T {
    CONTEXT.with_borrow_mut(|context| work(context.get_or_insert_with(DCtx::create)))
}

/// The headline and the body in a packed text.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    /// The headline.
    pub headline: &'a str,
    /// Its bytes in the packed text.
    pub headline_range: Range<usize>,
    /// The body.
    pub body: &'a str,
}

impl<'a> Fields<'a> {
    /// Finds the fields of a packed text; None in what is none.
    pub fn of(packed: &'a [u8]) -> Option<Self> {
        let length = |at: usize| {
            let bytes = packed.get(at..at + LENGTHS / 2)?;
            Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
        };
        let start = LENGTHS.checked_add(length(0)?)?;
        let headline_range = start..start.checked_add(length(LENGTHS / 2)?)?;
        Some(Self {
            headline: from_utf8(packed.get(headline_range.clone())?).ok()?,
            body: from_utf8(packed.get(headline_range.end..)?).ok()?,
            headline_range,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pack(rest: &str, headline: &str, body: &str) -> Vec<u8> {
        let lengths = [rest.len() as u32, headline.len() as u32];
        let mut packed: Vec<u8> = lengths.iter().flat_map(|length| length.to_le_bytes()).collect();
        for field in [rest, headline, body] {
            packed.extend_from_slice(field.as_bytes());
        }
        packed
    }

    proptest! {
        #[test]
        fn the_fields_of_a_packed_text_come_back(rest in ".{0,20}", headline in ".{0,20}", body in ".{0,40}") {
            let packed = pack(&rest, &headline, &body);
            let fields = Fields::of(&packed).unwrap();
            prop_assert_eq!((fields.headline, fields.body), (headline.as_str(), body.as_str()));
            prop_assert_eq!(&packed[fields.headline_range], headline.as_bytes());
        }

        #[test]
        fn any_bytes_have_fields_or_none(packed in prop::collection::vec(any::<u8>(), 0..40)) {
            if let Some(fields) = Fields::of(&packed) {
                prop_assert!(fields.headline.len() + fields.body.len() <= packed.len());
            }
        }
    }

    #[test]
    fn lengths_beyond_the_text_have_no_fields() {
        let mut packed = pack("{}", "Titre", "Corps");
        packed[..4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(Fields::of(&packed).is_none());
    }
}
