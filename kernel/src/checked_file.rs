//! The arrays of a segment's file, each block of which is compared with its checksum before it is read.
//!
//! `newsindex/storage/FORMAT.md` has the grammar of the file. The kernel is given the whole content of the
//! file and where each array lies in it; it holds no reference to the content itself.

use std::sync::atomic::{AtomicBool, Ordering};

use bytemuck::Pod;

use crate::error::{Error, Result};

/// Bytes under one checksum.
pub const BLOCK: usize = 1 << 13;
/// Bytes of the header, which was written last: they count as zeros in the checksum of the first block.
const HEADER: usize = 64;

/// Where an array lies in a file.
#[derive(Debug, Clone, Copy)]
pub struct Array {
    name: &'static str,
    start: usize,
    count: usize,
    size: usize, // of an element, in bytes
}

impl Array {
    /// An array of `count` elements of `T` that begins at a byte of a file whose arrays end at `end`. Fails
    /// where it does not fit in.
    pub fn new<T: Pod>(name: &'static str, start: usize, count: usize, end: usize) -> Result<Self> {
        let size = std::mem::size_of::<T>();
        let fits = count
            .checked_mul(size)
            .and_then(|bytes| bytes.checked_add(start))
            .is_some_and(|stop| stop <= end);
        if !fits || start % size != 0 {
            return Err(Error::Damaged {
                segment: None,
                array: name,
                element: 0,
                reason: "do not fit into the file",
            });
        }
        Ok(Self {
            name,
            start,
            count,
            size,
        })
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.count
    }

    /// The bytes of one element.
    pub fn element_size(&self) -> usize {
        self.size
    }

    /// Whether the array has no elements.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The error for values of the array that make no sense, from an element on.
    pub fn damaged(&self, element: usize, reason: &'static str) -> Error {
        Error::Damaged {
            segment: None,
            array: self.name,
            element,
            reason,
        }
    }
}

/// The checksums of a file, and which blocks were compared with them already. Threads may share it.
#[derive(Debug)]
pub struct CheckedFile {
    checksums: Box<[u32]>,
    verified: Box<[AtomicBool]>,
    end: usize,
}

impl CheckedFile {
    /// A file whose arrays end at the byte `end`. Fails where there is not one checksum for each block.
    pub fn new(checksums: Vec<u32>, end: usize) -> Result<Self> {
        if checksums.len() != end.div_ceil(BLOCK) {
            return Err(Error::Invalid(format!(
                "{} checksums for {end} bytes",
                checksums.len()
            )));
        }
        let verified = checksums.iter().map(|_| AtomicBool::new(false)).collect();
        Ok(Self {
            checksums: checksums.into(),
            verified,
            end,
        })
    }

    /// The byte at which the arrays end.
    pub fn end(&self) -> usize {
        self.end
    }

    /// The elements `from` to before `to` of an array, once the blocks under them have been compared. Fails
    /// where the array has no such elements, and where a block is damaged.
    pub fn part<'a, T: Pod>(
        &self,
        content: &'a [u8],
        array: &Array,
        from: usize,
        to: usize,
    ) -> Result<&'a [T]> {
        if from > to || to > array.count {
            return Err(array.damaged(from.min(array.count), "are too few"));
        }
        let size = std::mem::size_of::<T>();
        let (start, stop) = (array.start + from * size, array.start + to * size);
        self.verify(content, start, stop)?;
        let bytes = content
            .get(start..stop)
            .ok_or_else(|| array.damaged(from, "are cut short"))?;
        bytemuck::try_cast_slice(bytes).map_err(|_| Error::Invalid("the content is not aligned".into()))
    }

    /// All elements of an array, like [`CheckedFile::part`].
    pub fn whole<'a, T: Pod>(&self, content: &'a [u8], array: &Array) -> Result<&'a [T]> {
        self.part(content, array, 0, array.count)
    }

    fn verify(&self, content: &[u8], start: usize, stop: usize) -> Result<()> {
        if start >= stop {
            return Ok(());
        }
        for block in start / BLOCK..=(stop - 1) / BLOCK {
            // A block that two threads compare at once is compared twice, which does no harm.
            let Some(verified) = self.verified.get(block) else {
                return Err(Error::Checksum {
                    segment: None,
                    byte: block * BLOCK,
                });
            };
            if !verified.load(Ordering::Relaxed) {
                self.compare(content, block)?;
                verified.store(true, Ordering::Relaxed);
            }
        }
        Ok(())
    }

    fn compare(&self, content: &[u8], block: usize) -> Result<()> {
        let start = block * BLOCK;
        let damaged = || Error::Checksum {
            segment: None,
            byte: start,
        };
        let bytes = content
            .get(start..(start + BLOCK).min(self.end))
            .ok_or_else(damaged)?;
        let mut hasher = crc32fast::Hasher::new();
        if block == 0 {
            hasher.update(&[0; HEADER]);
            hasher.update(bytes.get(HEADER..).ok_or_else(damaged)?);
        } else {
            hasher.update(bytes);
        }
        if hasher.finalize() == self.checksums[block] {
            Ok(())
        } else {
            Err(damaged())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(content: &[u8]) -> CheckedFile {
        let mut sealed = content.to_vec();
        sealed.iter_mut().take(HEADER).for_each(|byte| *byte = 0);
        let checksums = sealed.chunks(BLOCK).map(crc32fast::hash).collect();
        CheckedFile::new(checksums, content.len()).unwrap()
    }

    /// Content that begins at an address that every element type accepts.
    fn aligned(bytes: usize) -> Vec<u64> {
        (0..bytes.div_ceil(8) as u64)
            .map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15))
            .collect()
    }

    #[test]
    fn the_elements_of_an_array_are_those_of_the_file() {
        let words = aligned(20_000);
        let content: &[u8] = bytemuck::cast_slice(&words);
        let array = Array::new::<u16>("posting_document", 128, 9_000, content.len()).unwrap();
        let part: &[u16] = file(content).part(content, &array, 5_000, 5_002).unwrap();
        let expected: &[u16] = bytemuck::cast_slice(&content[128 + 10_000..128 + 10_004]);
        assert_eq!(part, expected);
    }

    #[test]
    fn an_array_beyond_the_file_is_refused() {
        assert!(Array::new::<u32>("a", 64, 10, 103).is_err());
        assert!(Array::new::<u32>("a", 62, 1, 1000).is_err());
        assert!(Array::new::<u32>("a", 64, usize::MAX / 2, 1000).is_err());
        assert!(Array::new::<u32>("a", 64, 10, 104).is_ok());
    }

    proptest! {
        #[test]
        fn a_flipped_bit_is_found_by_the_read_that_meets_it(at in HEADER..20_000usize, bit in 0..8u32) {
            let mut words = aligned(20_000);
            let sealed = file(bytemuck::cast_slice(&words));
            let content: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
            content[at] ^= 1 << bit;
            let array = Array::new::<u8>("a", 0, content.len(), content.len()).unwrap();
            let block = at / BLOCK * BLOCK;
            let expected = Err(Error::Checksum { segment: None, byte: block });
            prop_assert_eq!(sealed.part::<u8>(content, &array, at, at + 1), expected);
        }

        #[test]
        fn no_range_reads_outside(from in 0..30_000usize, to in 0..30_000usize, cut in 0..20_000usize) {
            let words = aligned(20_000);
            let content: &[u8] = bytemuck::cast_slice(&words);
            let array = Array::new::<u8>("a", 100, 19_000, content.len()).unwrap();
            let found = file(content).part::<u8>(&content[..cut], &array, from, to);
            if let Ok(part) = found {
                prop_assert_eq!(part.len(), to - from);
            }
        }
    }
}
