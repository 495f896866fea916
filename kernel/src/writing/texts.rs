//! Compression of stored texts, each as one Zstandard frame that is decompressed alone.

use std::io;

use zstd::bulk::Compressor;
use zstd::zstd_safe::{compress_bound, CParameter, Strategy};

use crate::error::{Error, Result};
use crate::threads::join;

/// How texts are compressed, in the terms of Zstandard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameters {
    /// The logarithm of the window's size in bytes.
    pub window_log: u32,
    /// The logarithm of the number of entries in the table of long matches.
    pub hash_log: u32,
    /// The logarithm of the number of entries in the table of short matches.
    pub chain_log: u32,
    /// The logarithm of the number of attempts for each match.
    pub search_log: u32,
    /// The length of the shortest match that is looked for.
    pub min_match: u32,
    /// A length that is long enough for a match; 0 where the strategy does not use it.
    pub target_length: u32,
}

/// Compresses texts with one dictionary, in several threads.
pub struct TextCompressor {
    dictionary: Box<[u8]>,
    parameters: Parameters,
    contexts: Vec<Context>, // one for each thread
}

impl TextCompressor {
    /// A compressor with a dictionary, which may be empty.
    pub fn new(dictionary: &[u8], parameters: Parameters) -> Result<Self> {
        let mut compressor = Self {
            dictionary: dictionary.into(),
            parameters,
            contexts: Vec::new(),
        };
        compressor.provide(1)?;
        Ok(compressor)
    }

    fn provide(&mut self, threads: usize) -> Result<()> {
        while self.contexts.len() < threads {
            let context = Context::new(&self.dictionary, &self.parameters);
            self.contexts.push(context.map_err(refused)?);
        }
        Ok(())
    }

    /// Each text as a frame. So many threads share the work, of which the calling one is one.
    pub fn compress(&mut self, texts: &[&[u8]], threads: usize) -> Result<Vec<Vec<u8>>> {
        let shares = shares(texts, threads);
        self.provide(shares.len())?;
        let contexts = self.contexts.iter_mut();
        let mut work: Vec<_> = shares.into_iter().zip(contexts).collect();
        let Some((first, context)) = work.pop() else {
            return Ok(Vec::new());
        };
        let outcome: io::Result<Vec<Vec<u8>>> = std::thread::scope(|scope| {
            let started: Vec<_> = work
                .into_iter()
                .map(|(share, context)| scope.spawn(move || context.compress_all(share)))
                .collect();
            let last = context.compress_all(first);
            let mut frames = Vec::with_capacity(texts.len());
            for thread in started {
                frames.append(&mut join(thread)?);
            }
            frames.append(&mut last?);
            Ok(frames)
        });
        outcome.map_err(refused)
    }
}

/// The error for texts that Zstandard does not compress.
pub fn refused(error: io::Error) -> Error {
    Error::Invalid(format!("texts cannot be compressed ({error})"))
}

/// What one thread needs to compress texts.
pub struct Context {
    compressor: Compressor<'static>,
    buffer: Vec<u8>,
}

impl Context {
    /// A context with a dictionary, which may be empty.
    pub fn new(dictionary: &[u8], parameters: &Parameters) -> io::Result<Self> {
        let mut compressor = Compressor::with_dictionary(0, dictionary)?;
        let chosen = [
            CParameter::WindowLog(parameters.window_log),
            CParameter::HashLog(parameters.hash_log),
            CParameter::ChainLog(parameters.chain_log),
            CParameter::SearchLog(parameters.search_log),
            CParameter::MinMatch(parameters.min_match),
            CParameter::TargetLength(parameters.target_length),
            CParameter::Strategy(Strategy::ZSTD_dfast),
            CParameter::DictIdFlag(false),
        ];
        for parameter in chosen {
            compressor.set_parameter(parameter)?;
        }
        Ok(Self {
            compressor,
            buffer: Vec::new(),
        })
    }

    /// A text as a frame.
    pub fn compress(&mut self, text: &[u8]) -> io::Result<Vec<u8>> {
        self.buffer.clear();
        self.buffer.reserve(compress_bound(text.len()));
        self.compressor.compress_to_buffer(text, &mut self.buffer)?;
        Ok(self.buffer.as_slice().to_vec())
    }

    fn compress_all(&mut self, texts: &[&[u8]]) -> io::Result<Vec<Vec<u8>>> {
        texts.iter().map(|text| self.compress(text)).collect()
    }
}

/// Texts that follow one another in parts of about the same size, one for each thread; no part is empty.
fn shares<'a, 'b>(texts: &'a [&'b [u8]], threads: usize) -> Vec<&'a [&'b [u8]]> {
    let size: usize = texts.iter().map(|text| text.len()).sum();
    let share = size / threads.max(1) + 1;
    let mut parts = Vec::new();
    let (mut first, mut filled) = (0, 0);
    for (number, text) in texts.iter().enumerate() {
        filled += text.len();
        if filled >= share {
            parts.push(&texts[first..=number]);
            (first, filled) = (number + 1, 0);
        }
    }
    if first < texts.len() {
        parts.push(&texts[first..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use zstd::bulk::Decompressor;

    const PARAMETERS: Parameters = Parameters {
        window_log: 17,
        hash_log: 17,
        chain_log: 17,
        search_log: 2,
        min_match: 5,
        target_length: 0,
    };

    proptest! {
        #[test]
        fn texts_come_back_in_their_order(
            texts in prop::collection::vec("[a-e ]{0,80}", 0..30),
            dictionary in "[a-e ]{0,200}",
            threads in 0..5_usize,
        ) {
            let given: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
            let mut compressor = TextCompressor::new(dictionary.as_bytes(), PARAMETERS).unwrap();
            let frames = compressor.compress(&given, threads).unwrap();
            prop_assert_eq!(frames.len(), texts.len());
            let mut decompressor = Decompressor::with_dictionary(dictionary.as_bytes()).unwrap();
            for (frame, text) in frames.iter().zip(&given) {
                prop_assert_eq!(&decompressor.decompress(frame, text.len()).unwrap(), text);
            }
        }
    }

    #[test]
    fn a_text_is_compressed_the_same_by_any_number_of_threads() {
        let texts: Vec<Vec<u8>> = (0..50_u8).map(|i| vec![i; 300 * usize::from(i)]).collect();
        let given: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
        let mut compressor = TextCompressor::new(b"", PARAMETERS).unwrap();
        let alone = compressor.compress(&given, 1).unwrap();
        assert_eq!(compressor.compress(&given, 4).unwrap(), alone);
    }

    #[test]
    fn the_work_is_shared_out_by_size() {
        let texts: Vec<Vec<u8>> = [600, 100, 100, 100, 100, 100, 100]
            .map(|size| vec![0; size])
            .into();
        let given: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
        let sizes: Vec<usize> = shares(&given, 2).iter().map(|part| part.len()).collect();
        assert_eq!(sizes, [2, 5]);
        assert_eq!(shares(&given, 0).len(), 1);
        assert!(shares(&[], 3).is_empty());
    }
}
