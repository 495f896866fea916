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
    let counts: Vec<usize> = postings.iter().map(|(_, positions)| positions.len()).collect();
    let rare: Vec<u32> = (0..postings.len() as u32)
        .filter(|&posting| counts[posting as usize] >= 255)
        .collect();
    let rare_body = rare
        .iter()
        .map(|&posting| counts[posting as usize] as u32)
        .collect();
    let documents_of: Vec<u16> = postings.iter().map(|(document, _)| *document).collect();
    let codes: Vec<u8> = counts.iter().map(|&count| count.min(255) as u8).collect();
    let mut posting = pack_documents(&documents_of, documents);
    posting.extend(pack_codes(&codes));
    let lists: Vec<&[u32]> = postings
        .iter()
        .map(|(_, positions)| positions.as_slice())
        .collect();
    let mut position = pack_positions(&lists);
    let (postings_end, positions_end) = (posting.len() as u32, position.len() as u32);
    position.extend([0; 8]);
    Content {
        words: vec![
            ("term_posting", vec![0, postings.len() as u32]),
            ("term_occurrence", vec![0, counts.iter().sum::<usize>() as u32]),
            ("term_posting_byte", vec![0, postings_end]),
            ("term_position_byte", vec![0, positions_end]),
            ("rare_headline", vec![0; rare.len()]),
            ("rare_body", rare_body),
            ("other_spelling", vec![]),
            ("other_first", vec![0]),
            ("term_text_end", vec![0, 4]),
            ("term_spelling", vec![0, 1]),
            ("spelling_text_end", vec![0, 0]),
            ("published", vec![0; documents]),
            ("headline_length", vec![0; documents]),
            ("rare_posting", rare.clone()),
        ],
        halves: vec![
            ("other_document", vec![]),
            (
                "spelling_documents",
                vec![postings.len().saturating_sub(1) as u16],
            ),
        ],
        bytes: vec![
            ("term_text", b"term".to_vec()),
            ("spelling_text", vec![]),
            ("posting", posting),
            ("position", position),
            ("rare_mark", vec![1; rare.len()]),
        ],
        documents,
    }
}

/// Packs documents in the shortest form, with the byte that tells it.
pub fn pack_documents(list: &[u16], documents: usize) -> Vec<u8> {
    let mut counts = vec![0_u32; documents.div_ceil(256)];
    let mut bitmap = vec![0_u8; documents.div_ceil(8)];
    for &document in list {
        counts[usize::from(document >> 8)] += 1;
        bitmap[usize::from(document >> 3)] |= 1 << (document & 7);
    }
    let listed = list.iter().flat_map(|document| document.to_le_bytes());
    let mut forms = vec![std::iter::once(0).chain(listed).collect::<Vec<u8>>()];
    if counts.iter().all(|&count| count < 256) {
        let counts = counts.iter().map(|&count| count as u8);
        let low = list.iter().map(|&document| document as u8);
        forms.push(std::iter::once(1).chain(counts).chain(low).collect());
    }
    forms.push(std::iter::once(2).chain(bitmap).collect());
    forms.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

/// Packs codes in half bytes, with those from 15 on after them.
pub fn pack_codes(codes: &[u8]) -> Vec<u8> {
    let half = |code: &u8| (*code).min(15);
    let halves = codes
        .chunks(2)
        .map(|pair| half(&pair[0]) | pair.get(1).map_or(0, half) << 4);
    let escapes = codes.iter().copied().filter(|&code| code >= 15);
    halves.chain(escapes).collect()
}

/// Packs positions, those of one posting after those of another.
pub fn pack_positions(postings: &[&[u32]]) -> Vec<u8> {
    let mut values = Vec::new();
    for positions in postings {
        let mut next = 0;
        for position in *positions {
            values.push(position - next);
            next = position + 1;
        }
    }
    let (mut widths, mut blocks) = (Vec::new(), Vec::new());
    for block in values.chunks(32) {
        let width = block
            .iter()
            .map(|value| 32 - value.leading_zeros())
            .max()
            .unwrap_or(0);
        widths.push(width as u8);
        let mut bits = vec![0_u8; (block.len() * width as usize).div_ceil(8)];
        for (index, value) in block.iter().enumerate() {
            for bit in 0..width as usize {
                let at = index * width as usize + bit;
                bits[at / 8] |= ((value >> bit & 1) as u8) << (at % 8);
            }
        }
        blocks.extend(bits);
    }
    widths.extend(blocks);
    widths
}

/// Some documents of a segment, each with the probability of one in `one_in`; the same for the same seed.
pub fn some_documents(seed: u64, one_in: u64, documents: usize) -> Vec<u16> {
    let mut numbers = random_numbers(seed);
    (0..documents)
        .filter(|_| numbers() % one_in == 0)
        .map(|document| document as u16)
        .collect()
}

/// Numbers that look random; the same for the same seed.
pub fn random_numbers(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }
}
