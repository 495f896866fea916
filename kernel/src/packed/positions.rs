//! The positions of a term's occurrences: differences in blocks, with as many bits as the greatest of a block needs.

use super::unpack::unpack;
use super::{word_at, Wrong};

/// The occurrences of a block.
pub const BLOCK: usize = 32;
/// The values that are read at once where they have few bits.
pub const AT_ONCE: usize = 4;
/// So few: eight bytes have at least 57 bits from any bit of the first byte on.
const MAX_WIDTH_AT_ONCE: usize = 57 / AT_ONCE;
/// The first byte of every so many blocks is kept.
const SKIP: usize = 4;
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
    #[inline]
    pub fn block(&self, directory: &BlockDirectory, number: usize) -> Block {
        let first = number / SKIP * SKIP;
        let byte = directory.get(number / SKIP).copied().unwrap_or(0) as usize;
        let Some(widths) = self
            .widths
            .get(first..)
            .and_then(|widths| widths.first_chunk::<SKIP>())
        else {
            let before = self.widths.get(first..number).unwrap_or(&[]);
            return Block {
                number,
                byte: byte + bytes_of_blocks(before),
                width: self.widths.get(number).copied().unwrap_or(0),
            };
        };
        // The widths are at most 32, so that their sum is in the upper byte of the product.
        let before = u32::from_le_bytes(*widths) & ((1 << (number % SKIP * 8)) - 1);
        Block {
            number,
            byte: byte + (before.wrapping_mul(0x0101_0101) >> 24) as usize * BLOCK / 8,
            width: widths[number % SKIP],
        }
    }

    /// The block after another one.
    #[inline]
    pub fn next_block(&self, block: Block) -> Block {
        let number = block.number + 1;
        Block {
            number,
            byte: block.byte + usize::from(block.width) * BLOCK / 8,
            width: self.widths.get(number).copied().unwrap_or(0),
        }
    }

    /// Adds the positions of some values of a block, which go on after the last one that is there already.
    #[inline]
    pub fn read(&self, block: Block, values: std::ops::Range<usize>, positions: &mut Vec<u32>) {
        let width = usize::from(block.width);
        let mask = (1_u64 << width) - 1;
        let mut next = positions.last().map_or(0, |&last| u64::from(last) + 1); // the lowest position that is possible
        let mut bit = values.start * width;
        positions.extend(values.map(|_| {
            let value = word_at(self.blocks, block.byte + bit / 8) >> (bit % 8) & mask;
            bit += width;
            let position = next + value;
            next = position + 1;
            position.min(u64::from(u32::MAX)) as u32
        }));
    }

    /// Puts the positions of a posting after `base` into `out`: the values of the occurrences from one to before another
    /// one. Some more values may follow them there; `out` has place for [`AT_ONCE`] of them.
    #[inline]
    pub fn read_posting(
        &self,
        directory: &BlockDirectory,
        occurrences: std::ops::Range<usize>,
        base: u64,
        out: &mut [u64],
    ) {
        let mut next = base;
        let mut at = occurrences.start;
        let mut filled = 0;
        while at < occurrences.end {
            let block = self.block(directory, at / BLOCK);
            let width = usize::from(block.width);
            let mask = (1_u64 << width) - 1;
            let end = occurrences.end.min((block.number + 1) * BLOCK);
            let at_once = if width <= MAX_WIDTH_AT_ONCE { AT_ONCE } else { 1 };
            let mut bit = block.byte * 8 + at % BLOCK * width;
            while at < end {
                let mut word = word_at(self.blocks, bit / 8) >> (bit % 8);
                let Some(out) = out.get_mut(filled..filled + AT_ONCE) else {
                    return;
                };
                for out in out.iter_mut() {
                    *out = next + (word & mask);
                    next = *out + 1;
                    word >>= width;
                }
                let step = at_once.min(end - at);
                next = out[(step - 1) % AT_ONCE] + 1;
                bit += step * width;
                filled += step;
                at += step;
            }
        }
    }

    /// Puts the values of all blocks that have some occurrences into `out`; the first is the one of the first block.
    pub fn unpack(
        &self,
        directory: &BlockDirectory,
        occurrences: std::ops::Range<usize>,
        out: &mut Vec<u32>,
    ) {
        let (first, stop) = (occurrences.start / BLOCK, occurrences.end.div_ceil(BLOCK));
        out.resize((stop - first) * BLOCK, 0);
        let mut block = self.block(directory, first);
        for out in out.chunks_exact_mut(BLOCK) {
            let Ok(out): Result<&mut [u32; BLOCK], _> = out.try_into() else {
                return;
            };
            let bytes = self
                .blocks
                .get(block.byte..)
                .and_then(|bytes| bytes.first_chunk());
            if !bytes.is_some_and(|bytes| unpack(bytes, block.width, out)) {
                for (index, out) in out.iter_mut().enumerate() {
                    *out = self.value(block, index);
                }
            }
            block = self.next_block(block);
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
