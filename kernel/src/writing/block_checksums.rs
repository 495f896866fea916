//! The checksums of the blocks of an array file that is being written.

use crate::checked_file::BLOCK;

/// Takes the bytes of a file one part after another.
#[derive(Default)]
pub struct BlockChecksums {
    finished: Vec<u32>,
    block: crc32fast::Hasher,
    filled: usize, // bytes of the block that is not finished
}

impl BlockChecksums {
    /// Adds the next bytes of the file.
    pub fn add(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (some, rest) = bytes.split_at(bytes.len().min(BLOCK - self.filled));
            self.block.update(some);
            self.filled += some.len();
            bytes = rest;
            if self.filled == BLOCK {
                self.end_block();
            }
        }
    }

    fn end_block(&mut self) {
        self.finished.push(std::mem::take(&mut self.block).finalize());
        self.filled = 0;
    }

    /// The checksum of each block; the last one may be shorter.
    pub fn finish(mut self) -> Vec<u32> {
        if self.filled > 0 {
            self.end_block();
        }
        self.finished
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_have_the_checksums_of_the_whole(sizes in prop::collection::vec(0..20_000_usize, 0..8)) {
            let size: usize = sizes.iter().sum();
            let whole: Vec<u8> = (0..size).map(|i| (i * i % 251) as u8).collect();
            let mut checksums = BlockChecksums::default();
            let mut start = 0;
            for size in sizes {
                checksums.add(&whole[start..start + size]);
                start += size;
            }
            let expected: Vec<u32> = whole.chunks(BLOCK).map(crc32fast::hash).collect();
            prop_assert_eq!(checksums.finish(), expected);
        }
    }
}
