//! The positions of a term's occurrences: differences in blocks, with as many bits as the greatest of a block needs.

use super::{word_at, Wrong};

/// The occurrences of a block.
pub const BLOCK: usize = 32;
/// The first byte of every so many blocks is kept.
const SKIP: usize = 8;
/// The greatest number of bits of a value.
const MAX_WIDTH: u8 = 32;
/// Bytes after the last block of a segment, so that a value may be read as eight bytes.
pub const PADDING: usize = 8;

/// The first byte of every [`SKIP`]th block, among those of the term's blocks.
pub type BlockDirectory = Box<[u32]>;

/// The packed positions of a term.
#[derive(Clone, Copy)]
pub struct PackedPositions<'a> {
    widths: &'a [u8],
    blocks: &'a [u8], // with PADDING bytes after them
}

impl<'a> PackedPositions<'a> {
    /// The positions of `count` occurrences, in the region of the term and the bytes of padding after it.
    pub fn new(region: &'a [u8], count: usize) -> Self {
        let (widths, blocks) = region.split_at(count.div_ceil(BLOCK).min(region.len()));
        Self { widths, blocks }
    }

    /// The first byte of every so many blocks. Fails where the region is not as long as `count` occurrences are.
    pub fn directory(&self, count: usize) -> Result<BlockDirectory, Wrong> {
        if self.widths.len() != count.div_ceil(BLOCK) {
            return Err("are too few");
        }
        if self.widths.iter().any(|&width| width > MAX_WIDTH) {
            return Err("have too many bits");
        }
        let mut directory = Vec::with_capacity(self.widths.len().div_ceil(SKIP));
        let mut byte = 0_usize;
        for widths in self.widths.chunks(SKIP) {
            directory.push(byte as u32);
            byte += bytes_of_blocks(widths);
        }
        if let (Some(&last), Some(values)) = (self.widths.last(), count.checked_sub(1)) {
            let values = values % BLOCK + 1; // of the last block, which may be shorter
            byte -= usize::from(last) * BLOCK / 8;
            byte += (values * usize::from(last)).div_ceil(8);
        }
        if byte + PADDING != self.blocks.len() {
            return Err("do not fit the occurrences of the term");
        }
        Ok(directory.into())
    }

    /// The block with a number.
    pub fn block(&self, directory: &BlockDirectory, number: usize) -> Block {
        let first = number / SKIP * SKIP;
        let byte = directory.get(number / SKIP).copied().unwrap_or(0) as usize;
        let before = self.widths.get(first..number).unwrap_or(&[]);
        Block {
            number,
            byte: byte + bytes_of_blocks(before),
            width: self.widths.get(number).copied().unwrap_or(0),
        }
    }

    /// The block after another one.
    pub fn next_block(&self, block: Block) -> Block {
        let number = block.number + 1;
        Block {
            number,
            byte: block.byte + usize::from(block.width) * BLOCK / 8,
            width: self.widths.get(number).copied().unwrap_or(0),
        }
    }

    /// A value of a block.
    pub fn value(&self, block: Block, index: usize) -> u32 {
        let bit = index * usize::from(block.width);
        let word = word_at(self.blocks, block.byte + bit / 8) >> (bit % 8);
        (word & ((1 << block.width) - 1)) as u32
    }
}

fn bytes_of_blocks(widths: &[u8]) -> usize {
    widths.iter().map(|&width| usize::from(width)).sum::<usize>() * BLOCK / 8
}

/// Where a block of positions is.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// Its number in the term.
    pub number: usize,
    byte: usize,
    width: u8,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::pack_positions;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn values_are_read_as_they_were_packed(
            values in proptest::collection::vec(any::<u32>(), 0..700), shift in 0..32_u32, change in any::<bool>(),
        ) {
            let values: Vec<[u32; 1]> = values.iter().map(|value| [value >> shift]).collect();
            let lists: Vec<&[u32]> = values.iter().map(|value| value.as_slice()).collect();
            let mut region = pack_positions(&lists);
            region.resize(region.len() + PADDING + usize::from(change), 0);
            let packed = PackedPositions::new(&region, values.len());
            let directory = packed.directory(values.len());
            if change {
                prop_assert!(directory.is_err());
                return Ok(());
            }
            let directory = directory.unwrap();
            let mut previous = packed.block(&directory, 0);
            for (index, value) in values.iter().enumerate() {
                let block = packed.block(&directory, index / BLOCK);
                if block.number > previous.number {
                    previous = packed.next_block(previous);
                }
                prop_assert_eq!(packed.value(block, index % BLOCK), value[0]);
                prop_assert_eq!(packed.value(previous, index % BLOCK), value[0]);
            }
        }
    }
}
