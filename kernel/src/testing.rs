//! Segments for tests, made of arrays in memory.

use crate::checked_file::{CheckedFile, BLOCK};
use crate::error::Result;
use crate::segment::{Arrays, Codes, Norms, Segment, View};

/// The arrays of a segment, as they would be written.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// Arrays of 32 bits, by name.
    pub words: Vec<(&'static str, Vec<u32>)>,
    /// Arrays of 16 bits.
    pub halves: Vec<(&'static str, Vec<u16>)>,
    /// Arrays of 8 bits.
    pub bytes: Vec<(&'static str, Vec<u8>)>,
    /// The number of documents.
    pub documents: usize,
}

/// A segment and the content of its file, in words of 64 bits so that every array is aligned.
pub struct Sealed {
    content: Vec<u64>,
    segment: Segment,
}

impl Sealed {
    /// The segment with its content.
    pub fn view(&self) -> View<'_> {
        View {
            segment: &self.segment,
            content: bytemuck::cast_slice(&self.content),
        }
    }
}

/// Writes arrays one after another, with checksums that fit. A code stands for so many occurrences in the body.
pub fn seal(content: &Content) -> Result<Sealed> {
    let mut file = vec![0_u8; 64];
    let mut layout = Vec::new();
    let mut write = |name: &'static str, dtype: &str, count: usize, bytes: &[u8]| {
        layout.push((name, dtype.to_owned(), count, file.len()));
        file.extend_from_slice(bytes);
        file.resize(file.len().next_multiple_of(64), 0);
    };
    for (name, values) in &content.words {
        let dtype = if *name == "published" { "<i4" } else { "<u4" };
        write(name, dtype, values.len(), bytemuck::cast_slice(values));
    }
    for (name, values) in &content.halves {
        write(name, "<u2", values.len(), bytemuck::cast_slice(values));
    }
    for (name, values) in &content.bytes {
        write(name, "|u1", values.len(), values);
    }
    let end = file.len();
    let checked = CheckedFile::new(file.chunks(BLOCK).map(crc32fast::hash).collect(), end)?;
    let arrays = Arrays::locate(end, |name| {
        let found = layout.iter().find(|(other, ..)| *other == name);
        Ok(found.map_or(("none".into(), 0, 0), |(_, dtype, count, start)| {
            (dtype.clone(), *count, *start)
        }))
    })?;
    let body: Vec<u32> = (0..255).collect();
    let codes = Codes::new(&[0; 255], &body, &[1; 255])?;
    let norms = Norms::new(&vec![0; content.documents], &[0.5; 256], &[2.0], &[1.0], 1.0)?;
    let segment = Segment::new(checked, arrays, content.documents, &[], norms, codes)?;
    let content: Vec<u64> = bytemuck::pod_collect_to_vec(&file);
    let segment = segment.with_dictionary(bytemuck::cast_slice(&content))?;
    Ok(Sealed { content, segment })
}

/// The content of a segment with one term, whose postings are documents with positions.
pub fn one_term(postings: &[(u16, Vec<u32>)], documents: usize) -> Content {
    let rare: Vec<usize> = (0..postings.len())
        .filter(|&posting| postings[posting].1.len() >= 255)
        .collect();
    let all: Vec<u32> = postings
        .iter()
        .flat_map(|(_, positions)| positions.iter().copied())
        .collect();
    let highest = all.iter().copied().max().unwrap_or(0);
    let width = u8::from(highest >= 1 << 8) + u8::from(highest >= 1 << 12);
    let nibble = |position: &u32| (position >> 8 & 15) as u8;
    let middle = all
        .chunks(2)
        .map(|pair| nibble(&pair[0]) | pair.get(1).map_or(0, nibble) << 4);
    let count = |posting: &(u16, Vec<u32>)| posting.1.len().min(255) as u8;
    Content {
        words: vec![
            ("term_posting", vec![0, postings.len() as u32]),
            ("term_occurrence", vec![0, all.len() as u32]),
            ("term_middle", vec![0]),
            ("term_high", vec![0]),
            (
                "rare_posting",
                rare.iter().map(|&posting| posting as u32).collect(),
            ),
            ("rare_headline", vec![0; rare.len()]),
            (
                "rare_body",
                rare.iter()
                    .map(|&posting| postings[posting].1.len() as u32)
                    .collect(),
            ),
            (
                "occurrence_high",
                all.iter()
                    .filter(|_| width == 2)
                    .map(|position| position >> 12)
                    .collect(),
            ),
            ("other_spelling", vec![]),
            ("other_first", vec![0]),
            ("term_text_end", vec![0, 4]),
            ("term_spelling", vec![0, 1]),
            ("spelling_text_end", vec![0, 0]),
            ("published", vec![0; documents]),
            ("headline_length", vec![0; documents]),
        ],
        halves: vec![
            (
                "posting_document",
                postings.iter().map(|(document, _)| *document).collect(),
            ),
            ("other_document", vec![]),
            (
                "spelling_documents",
                vec![postings.len().saturating_sub(1) as u16],
            ),
        ],
        bytes: vec![
            ("term_text", b"term".to_vec()),
            ("spelling_text", vec![]),
            ("term_width", vec![width]),
            ("posting_code", postings.iter().map(count).collect()),
            ("rare_mark", vec![1; rare.len()]),
            (
                "occurrence_low",
                all.iter().map(|&position| position as u8).collect(),
            ),
            ("occurrence_middle", middle.filter(|_| width >= 1).collect()),
        ],
        documents,
    }
}
