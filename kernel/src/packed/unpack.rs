//! Unpacks whole blocks of values, by a function for each width.

use super::positions::BLOCK;

/// The bytes that hold a block of the greatest width of [`unpack`], and seven more, which a value may be read with.
pub const BYTES: usize = BLOCK * MAX_WIDTH / 8 + 8;
/// The greatest width.
const MAX_WIDTH: usize = 16;

/// Unpacks the values of a block; returns whether that was done, which is so for all widths but great ones.
#[inline]
pub fn unpack(bytes: &[u8; BYTES], width: u8, out: &mut [u32; BLOCK]) -> bool {
    macro_rules! by_width {
        ($($width:literal)*) => {
            match width {
                0 => out.fill(0),
                $($width => unpack_width::<$width>(bytes, out),)*
                _ => return false,
            }
        };
    }
    by_width!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16);
    true
}

fn unpack_width<const WIDTH: usize>(bytes: &[u8; BYTES], out: &mut [u32; BLOCK]) {
    // Eight values take WIDTH bytes, so that all places but that of the first are constants.
    for (eight, out) in out.chunks_exact_mut(8).enumerate() {
        let start = eight * WIDTH;
        for (index, out) in out.iter_mut().enumerate() {
            let bit = index * WIDTH;
            let at = start + bit / 8;
            let word = u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
            *out = word >> (bit % 8) & ((1 << WIDTH) - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::pack_positions;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_are_unpacked_as_they_were_packed(values in any::<[u32; BLOCK]>(), width in 0..=16_u32) {
            let values = values.map(|value| ((u64::from(value) << width >> 32) as u32).min((1 << width) - 1));
            let lists: Vec<&[u32]> = values.iter().map(std::slice::from_ref).collect();
            let region = pack_positions(&lists);
            let mut bytes = [0; BYTES];
            bytes[..region.len() - 1].copy_from_slice(&region[1..]);
            let mut out = [7; BLOCK];
            prop_assert!(unpack(&bytes, region[0], &mut out));
            prop_assert_eq!(out, values);
        }
    }
}
