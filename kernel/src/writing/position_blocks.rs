//! Encoding of the positions of a term in blocks of 32 occurrences with as many bits each as the block needs.
//!
//! The *value* of an occurrence is its position where it is the first of its posting, else the difference to
//! the position before it, less one.

/// The values of a block.
pub const BLOCK: usize = 32;
/// The bytes of zeros behind the last region, so that eight bytes can be read from any byte of a region.
pub const PADDING: usize = 8;

/// Appends the region of a term from the values of all its occurrences.
pub fn append_values(out: &mut Vec<u8>, values: &[u32]) {
    let widths = values.chunks(BLOCK).map(|block| width(block) as u8);
    out.extend(widths);
    let first = out.len() - values.len().div_ceil(BLOCK);
    for (number, block) in values.chunks(BLOCK).enumerate() {
        let bits = u32::from(out[first + number]);
        append_block(out, block, bits);
    }
}

/// The bits that the largest value of a block needs.
fn width(block: &[u32]) -> u32 {
    u32::BITS - block.iter().fold(0, |all, value| all | value).leading_zeros()
}

fn append_block(out: &mut Vec<u8>, block: &[u32], bits: u32) {
    let end = out.len() + (block.len() * bits as usize).div_ceil(8);
    let (mut word, mut filled) = (0_u64, 0);
    for &value in block {
        word |= u64::from(value) << filled;
        filled += bits;
        if filled >= u32::BITS {
            out.extend_from_slice(&(word as u32).to_le_bytes());
            word >>= u32::BITS;
            filled -= u32::BITS;
        }
    }
    out.extend_from_slice(&word.to_le_bytes());
    out.truncate(end);
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads the values of a region bit by bit; returns them with the number of bytes of the region.
    pub fn plain_values(region: &[u8], count: usize) -> (Vec<u32>, usize) {
        let blocks = count.div_ceil(BLOCK);
        let mut start = blocks;
        let mut values = Vec::new();
        for (block, &width) in region[..blocks].iter().enumerate() {
            let (width, size) = (usize::from(width), BLOCK.min(count - block * BLOCK));
            for value in 0..size {
                let bits = (0..width).map(|bit| {
                    let at = value * width + bit;
                    u32::from(region[start + at / 8] >> (at % 8) & 1) << bit
                });
                values.push(bits.sum());
            }
            start += (size * width).div_ceil(8);
        }
        (values, start)
    }

    proptest! {
        #[test]
        fn values_come_back(bits in prop::collection::vec((0..=32_u32, any::<u32>()), 0..200)) {
            let values: Vec<u32> = bits
                .iter()
                .map(|&(bits, value)| (u64::from(value) & ((1 << bits) - 1)) as u32)
                .collect();
            let mut out = vec![1, 2, 3];
            append_values(&mut out, &values);
            let (found, size) = plain_values(&out[3..], values.len());
            prop_assert_eq!(found, values);
            prop_assert_eq!(size, out.len() - 3);
        }
    }

    #[test]
    fn a_block_has_as_many_bits_as_its_largest_value() {
        let mut out = Vec::new();
        append_values(&mut out, &[5, 0, 7]);
        assert_eq!(out, [3, 0b1100_0101, 1]);
        out.clear();
        append_values(&mut out, &[0; 33]);
        assert_eq!(out, [0, 0]);
    }
}
