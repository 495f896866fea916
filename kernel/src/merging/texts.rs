//! The stored texts of several segments in a new order, compressed with one dictionary.

use zstd::zstd_safe::{get_frame_content_size, DCtx, DDict};

use crate::checked_file::{Array, CheckedFile};
use crate::error::{Error, Result};
use crate::presentation::stored_texts::MAX_TEXT;
use crate::threads::join;
use crate::writing::texts::{refused, Context, Parameters};

use super::part::damaged;

const FRAMES: &str = "text_frame";

/// Where the stored texts of a segment lie in its file, and the dictionary with which they are compressed.
pub struct TextPart {
    file: CheckedFile,
    frame_end: Array,
    frame: Array,
    dictionary: Box<[u8]>,
    prepared: DDict<'static>,
}

impl TextPart {
    /// The texts in a file. Fails where the arrays do not fit into it.
    pub fn new(
        file: CheckedFile,
        content: &[u8],
        find: impl Fn(&str) -> Option<(usize, usize)>,
    ) -> Result<Self> {
        let place = |name| find(name).ok_or_else(|| damaged(name, 0, "are missing"));
        let (count, start) = place("text_frame_end")?;
        let frame_end = Array::new::<u64>("text_frame_end", start, count, file.end())?;
        let (count, start) = place(FRAMES)?;
        let frame = Array::new::<u8>(FRAMES, start, count, file.end())?;
        let (count, start) = place("text_dictionary")?;
        let dictionary = Array::new::<u8>("text_dictionary", start, count, file.end())?;
        let dictionary: Box<[u8]> = file.whole(content, &dictionary)?.into();
        let prepared = DDict::try_create(&dictionary);
        let prepared = prepared.ok_or_else(|| damaged("text_dictionary", 0, "are no dictionary"))?;
        Ok(Self {
            file,
            frame_end,
            frame,
            dictionary,
            prepared,
        })
    }

    fn frame<'a>(&self, content: &'a [u8], document: usize) -> Result<&'a [u8]> {
        let bounds: &[u64] = self.file.part(content, &self.frame_end, document, document + 2)?;
        self.file
            .part(content, &self.frame, bounds[0] as usize, bounds[1] as usize)
    }
}

/// A text by its place: the number of the segment and that of the document.
pub type Place = (u32, u32);

/// Compresses texts of segments anew.
pub struct TextMerger {
    parts: Vec<TextPart>,
    dictionary: Box<[u8]>,
    parameters: Parameters,
    threads: Vec<Worker>,
}

impl TextMerger {
    /// A merger of the texts of some segments, which are compressed with a dictionary.
    pub fn new(parts: Vec<TextPart>, dictionary: &[u8], parameters: Parameters) -> Self {
        Self {
            parts,
            dictionary: dictionary.into(),
            parameters,
            threads: Vec::new(),
        }
    }

    /// The frames of texts, compressed by so many threads; `contents` are those of the files of the segments.
    ///
    /// A frame that was compressed with the same dictionary stays as it is.
    pub fn frames(&mut self, contents: &[&[u8]], places: &[Place], threads: usize) -> Result<Vec<Vec<u8>>> {
        let share = places.len().div_ceil(threads.max(1)).max(1);
        while self.threads.len() < places.len().div_ceil(share) {
            self.threads
                .push(Worker::new(&self.dictionary, &self.parameters)?);
        }
        let (parts, dictionary) = (&self.parts, &*self.dictionary);
        let mut work: Vec<_> = places.chunks(share).zip(&mut self.threads).collect();
        let Some((last, worker)) = work.pop() else {
            return Ok(Vec::new());
        };
        std::thread::scope(|scope| {
            let started: Vec<_> = work
                .into_iter()
                .map(|(share, worker)| scope.spawn(move || worker.frames(parts, contents, share, dictionary)))
                .collect();
            let last = worker.frames(parts, contents, last, dictionary);
            let mut frames = Vec::with_capacity(places.len());
            for thread in started {
                frames.append(&mut join(thread)?);
            }
            frames.append(&mut last?);
            Ok(frames)
        })
    }
}

/// What one thread needs.
struct Worker {
    compression: Context,
    decompression: DCtx<'static>,
    text: Vec<u8>,
}

impl Worker {
    fn new(dictionary: &[u8], parameters: &Parameters) -> Result<Self> {
        Ok(Self {
            compression: Context::new(dictionary, parameters).map_err(refused)?,
            decompression: DCtx::create(),
            text: Vec::new(),
        })
    }

    fn frames(
        &mut self,
        parts: &[TextPart],
        contents: &[&[u8]],
        places: &[Place],
        dictionary: &[u8],
    ) -> Result<Vec<Vec<u8>>> {
        let mut frames = Vec::with_capacity(places.len());
        for &(number, document) in places {
            let number = number as usize;
            let (Some(part), Some(content)) = (parts.get(number), contents.get(number)) else {
                return Err(Error::Invalid(format!("no segment {number}")));
            };
            let in_part = |error: Error| error.in_segment(number);
            let frame = part.frame(content, document as usize).map_err(in_part)?;
            if *part.dictionary == *dictionary {
                frames.push(frame.to_vec());
            } else {
                self.decompress(part, frame)
                    .ok_or_else(|| damaged(FRAMES, 0, "are no compressed texts"))
                    .map_err(in_part)?;
                frames.push(self.compression.compress(&self.text).map_err(refused)?);
            }
        }
        Ok(frames)
    }

    /// Decompresses a frame into `text`; None where it is damaged.
    fn decompress(&mut self, part: &TextPart, frame: &[u8]) -> Option<()> {
        let size = get_frame_content_size(frame).ok()??;
        let size = usize::try_from(size).ok().filter(|_| size <= MAX_TEXT)?;
        self.text.clear();
        self.text.try_reserve(size).ok()?;
        let written = self
            .decompression
            .decompress_using_ddict(&mut self.text, frame, &part.prepared)
            .ok()?;
        (written == size).then_some(())
    }
}
