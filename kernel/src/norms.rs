//! The tables by which the postings of a segment are scored.

use crate::error::{Error, Result};
use crate::segment::MAX_DOCUMENTS;

/// The code of a posting whose frequencies and mark are listed apart.
pub const RARE_CODE: u8 = 255;
/// The number of codes; a code is one byte.
pub const CODES: usize = 256;
/// The number of classes of documents by the lengths of their fields.
pub const CLASSES: usize = 256;

/// The tables by which the postings of a segment are scored; `newsindex/query/evaluation/field_norms.py`
/// computes them.
#[derive(Debug)]
pub struct Norms {
    /// The first entry of each document in `table`, its class times [`CODES`].
    pub rows: Box<[u16; MAX_DOCUMENTS]>,
    /// w / (k1 + w) for each class and code.
    pub table: Box<[f32; CLASSES * CODES]>,
    /// The weight of an occurrence in the headline, by class.
    pub headline: Box<[f32; CLASSES]>,
    /// The weight of an occurrence in the body, by class.
    pub body: Box<[f32; CLASSES]>,
    /// The k1 of BM25F.
    pub k1: f32,
    /// The highest entry of each code in `table`, over the classes that documents are of.
    pub highest: Box<[f32; CODES]>,
}

impl Norms {
    /// Tables of the given values; a shorter list is filled up with zeros. Fails for a longer one.
    pub fn new(rows: &[u16], table: &[f32], headline: &[f32], body: &[f32], k1: f32) -> Result<Self> {
        let table: Box<[f32; CLASSES * CODES]> = filled(table)?;
        let mut has_documents = [false; CLASSES];
        rows.iter()
            .for_each(|&row| has_documents[usize::from(row) / CODES] = true);
        let mut highest = Box::new([0.0_f32; CODES]);
        let classes = table.chunks_exact(CODES).zip(has_documents);
        for (entries, _) in classes.filter(|(_, has_documents)| *has_documents) {
            for (highest, &entry) in highest.iter_mut().zip(entries) {
                *highest = highest.max(entry);
            }
        }
        Ok(Self {
            rows: filled(rows)?,
            table,
            highest,
            headline: filled(headline)?,
            body: filled(body)?,
            k1,
        })
    }

    /// The w of BM25F of some frequencies in a document.
    pub fn weight(&self, document: u16, headline: u32, body: u32) -> f32 {
        let class = (self.rows[usize::from(document)] >> 8) as usize;
        headline as f32 * self.headline[class] + body as f32 * self.body[class]
    }

    /// Computes w / (k1 + w).
    pub fn saturate(&self, weight: f32) -> f32 {
        weight / (weight + self.k1)
    }
}

/// What the codes of postings stand for.
#[derive(Debug)]
pub struct Codes {
    /// The occurrences in headline and body together.
    pub count: Box<[u32; CODES]>,
    /// The occurrences in the headline.
    pub headline: Box<[u32; CODES]>,
    /// The mark: a bit for each of the first spellings of the term.
    pub mark: Box<[u8; CODES]>,
    /// For each byte of two codes: the occurrences of both, and [`ESCAPED`] for each that is no code.
    pub pair: Box<[u64; CODES]>,
}

/// What stands in [`Codes::pair`] for a code that is written in another place; it is more than any sum of occurrences.
pub const ESCAPED: u64 = 1 << 48;
/// Half a byte that is no code: the code is one that takes a whole byte.
pub const ESCAPE: u8 = 15;

impl Codes {
    /// Codes of the given values; there must be one of each for every code but the last, [`RARE_CODE`].
    pub fn new(headline: &[u32], body: &[u32], mark: &[u8]) -> Result<Self> {
        let known = usize::from(RARE_CODE);
        if [headline.len(), body.len(), mark.len()] != [known; 3] {
            return Err(Error::Damaged {
                segment: None,
                array: "code_headline",
                element: 0,
                reason: "are not 255",
            });
        }
        let counts: Vec<u32> = headline
            .iter()
            .zip(body)
            .map(|(a, b)| a.saturating_add(*b))
            .collect();
        let of_half = |half: usize| {
            if half == usize::from(ESCAPE) {
                ESCAPED
            } else {
                u64::from(counts[half])
            }
        };
        let pair: Vec<u64> = (0..CODES)
            .map(|byte| of_half(byte & 15) + of_half(byte >> 4))
            .collect();
        Ok(Self {
            pair: filled(&pair)?,
            count: filled(&counts)?,
            headline: filled(headline)?,
            mark: filled(mark)?,
        })
    }

    /// The occurrences in headline and body that a code stands for.
    pub fn frequencies(&self, code: u8) -> (u32, u32) {
        let (headline, count) = (self.headline[usize::from(code)], self.count[usize::from(code)]);
        (headline, count - headline)
    }
}

fn filled<T: Copy + Default, const N: usize>(values: &[T]) -> Result<Box<[T; N]>> {
    let mut all = vec![T::default(); N].into_boxed_slice();
    all.get_mut(..values.len())
        .ok_or_else(|| Error::Invalid(format!("{} values, more than {N}", values.len())))?
        .copy_from_slice(values);
    all.try_into()
        .map_err(|_| Error::Invalid("a table of another size".into()))
}
