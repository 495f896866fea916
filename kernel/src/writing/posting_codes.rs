//! Codes of one byte for the frequencies and the mark of postings.
//!
//! A *triple* is the frequency of a term in the headline of a document, the one in its body, and the mark of its
//! spellings there. The 255 triples that most postings of the segment have are numbered by descending frequency,
//! which is their *code*; postings with any other triple have code 255 and are listed apart.

/// The code of a posting whose triple is not in the table.
pub const RARE_CODE: u8 = 255;
/// The spellings of a term that have a bit in marks.
pub const SLOTS: usize = 5;
const MARKS: u32 = 1 << SLOTS;
const HEADLINES: u32 = 32;
const BODIES: u32 = 64;
/// Stands for frequencies that are too large for a number of 16 bits.
const LARGE_PAIR: u32 = HEADLINES * BODIES - 1;
/// The half byte of a code that is listed among the escapes.
const ESCAPE: u8 = 15;

/// The frequencies of a posting in headline and body, and the mark of its spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Triple {
    /// Occurrences in the headline.
    pub headline: u32,
    /// Occurrences in the body.
    pub body: u32,
    /// A bit for each of the first spellings of the term that the posting holds.
    pub mark: u8,
}

impl Triple {
    fn number(self) -> u16 {
        let is_large = self.headline >= HEADLINES - 1 || self.body >= BODIES;
        let pair = if is_large {
            LARGE_PAIR
        } else {
            self.headline * BODIES + self.body
        };
        (pair * MARKS + u32::from(self.mark) % MARKS) as u16
    }

    fn of_number(number: u16) -> Self {
        let (pair, mark) = (u32::from(number) / MARKS, u32::from(number) % MARKS);
        Self {
            headline: pair / BODIES,
            body: pair % BODIES,
            mark: mark as u8,
        }
    }
}

/// The triples of the postings of a segment, one after another.
#[derive(Debug)]
pub struct Triples {
    numbers: Vec<u16>,
    large: Vec<(usize, Triple)>, // postings with large frequencies, ascending
    counts: Vec<u32>,            // postings, by the number of their triple
}

impl Default for Triples {
    fn default() -> Self {
        Self {
            numbers: Vec::new(),
            large: Vec::new(),
            counts: vec![0; 1 << 16],
        }
    }
}

/// The table of codes, and the postings that have none; each has the same number of elements in all its arrays.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CodeTables {
    /// The triples of the codes.
    pub codes: Vec<Triple>,
    /// The number of each posting without a code, ascending, and its triple.
    pub rare: Vec<(usize, Triple)>,
}

impl Triples {
    /// Adds the triple of the next posting.
    pub fn push(&mut self, triple: Triple) {
        let number = triple.number();
        if u32::from(number) / MARKS == LARGE_PAIR {
            self.large.push((self.numbers.len(), triple));
        }
        self.counts[usize::from(number)] += 1;
        self.numbers.push(number);
    }

    /// Adds the triples of the postings that follow these.
    pub fn append(&mut self, next: Self) {
        let before = self.numbers.len();
        let large = next.large.into_iter();
        self.large
            .extend(large.map(|(posting, triple)| (posting + before, triple)));
        self.numbers.extend_from_slice(&next.numbers);
        for (count, more) in self.counts.iter_mut().zip(next.counts) {
            *count += more;
        }
    }

    /// The number of postings.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are no postings.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The tables of the segment, and the code of each triple, by its number. Of triples that are equally
    /// frequent the lower number comes first.
    pub fn tables(&self) -> (CodeTables, Vec<u8>) {
        let mut common: Vec<u16> = (0..(LARGE_PAIR * MARKS) as u16).collect();
        common.sort_by_key(|&number| std::cmp::Reverse(self.counts[usize::from(number)]));
        common.truncate(usize::from(RARE_CODE));
        let mut code_of_number = vec![RARE_CODE; 1 << 16];
        for (code, &number) in common.iter().enumerate() {
            code_of_number[usize::from(number)] = code as u8;
        }
        let mut large = self.large.iter().peekable();
        let mut rare = Vec::new();
        for (posting, &number) in self.numbers.iter().enumerate() {
            if code_of_number[usize::from(number)] == RARE_CODE {
                let listed = large.next_if(|(other, _)| *other == posting);
                rare.push((
                    posting,
                    listed.map_or(Triple::of_number(number), |&(_, triple)| triple),
                ));
            }
        }
        let codes = common.into_iter().map(Triple::of_number).collect();
        (CodeTables { codes, rare }, code_of_number)
    }

    /// The number of each triple, by posting.
    pub fn numbers(&self) -> &[u16] {
        &self.numbers
    }
}

/// Appends the codes of the postings of a term: half a byte each, then those that do not fit into one.
pub fn append_codes(out: &mut Vec<u8>, codes: &[u8]) {
    let half = |code: u8| code.min(ESCAPE);
    out.extend(codes.chunks(2).map(|pair| match *pair {
        [lower, upper] => half(lower) | half(upper) << 4,
        _ => half(pair[0]),
    }));
    out.extend(codes.iter().filter(|&&code| code >= ESCAPE));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn triple(headline: u32, body: u32, mark: u8) -> Triple {
        Triple { headline, body, mark }
    }

    fn encode(all: &[Triple]) -> (CodeTables, Vec<u8>) {
        let mut triples = Triples::default();
        all.iter().for_each(|&triple| triples.push(triple));
        let (tables, code_of_number) = triples.tables();
        let codes = triples
            .numbers()
            .iter()
            .map(|&number| code_of_number[usize::from(number)]);
        (tables, codes.collect())
    }

    fn triples() -> impl Strategy<Value = Vec<Triple>> {
        let one =
            (0..40_u32, 0..80_u32, 0..32_u8).prop_map(|(headline, body, mark)| triple(headline, body, mark));
        prop::collection::vec(one, 0..800)
    }

    proptest! {
        #[test]
        fn every_triple_comes_back(all in triples()) {
            let (tables, codes) = encode(&all);
            let mut rare = tables.rare.iter();
            for (posting, (&code, &expected)) in codes.iter().zip(&all).enumerate() {
                let found = if code == RARE_CODE {
                    let &(number, triple) = rare.next().unwrap();
                    prop_assert_eq!(number, posting);
                    triple
                } else {
                    tables.codes[usize::from(code)]
                };
                prop_assert_eq!(found, expected);
            }
            prop_assert!(rare.next().is_none());
        }

        #[test]
        fn parts_appended_to_each_other_are_the_whole(all in triples(), cut in 0..800_usize) {
            let cut = cut.min(all.len());
            let mut first = Triples::default();
            let mut second = Triples::default();
            all[..cut].iter().for_each(|&triple| first.push(triple));
            all[cut..].iter().for_each(|&triple| second.push(triple));
            first.append(second);
            prop_assert_eq!(first.len(), all.len());
            prop_assert_eq!(first.tables().0, encode(&all).0);
        }
    }

    #[test]
    fn codes_are_numbered_by_descending_frequency() {
        let all = [triple(0, 2, 1), triple(0, 1, 1), triple(0, 2, 1), triple(0, 1, 3)];
        let (tables, codes) = encode(&all);
        assert_eq!(
            tables.codes[..3],
            [triple(0, 2, 1), triple(0, 1, 1), triple(0, 1, 3)]
        );
        assert_eq!(codes, [0, 1, 0, 2]);
        assert_eq!(tables.codes.len(), 255);
    }

    #[test]
    fn codes_from_fifteen_on_are_escaped() {
        let mut out = Vec::new();
        append_codes(&mut out, &[1, 15, 14, 255, 2]);
        assert_eq!(out, [0xf1, 0xfe, 0x02, 15, 255]);
    }
}
