//! Merging of one term of all parts.
//!
//! The spellings of the term take their slots by the number of live documents that have them, and of those that
//! are equally frequent the first in the order of their bytes. A spelling may gain or lose its bit in the merge, so
//! marks and lists of documents are translated into each other.

use std::cmp::Reverse;

use crate::error::Result;
use crate::writing::posting_codes::SLOTS;

use super::part::{damaged, Decoded, Part, Posting};
use super::words::MergedWords;

/// A term of a part, both by number.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// The part.
    pub part: usize,
    /// The number of the term in it.
    pub term: usize,
}

/// A spelling of the term, of one part.
struct Written<'a> {
    text: &'a [u8],
    member: usize, // among those of the term
    slot: usize,
    number: usize, // of the spelling in its part
}

/// A spelling of the term, of all parts.
struct Spelling<'a> {
    text: &'a [u8],
    documents: u32,
    listed: Vec<u16>, // the live documents that have no bit for it
    new_slot: usize,
}

/// Merges one term after another; holds the memory for it.
#[derive(Default)]
pub struct TermMerger {
    decoded: Decoded,
    ends: Vec<usize>, // of the postings of each member
}

impl TermMerger {
    /// Adds a term, which is given by its text and by its members, to what was merged before it.
    ///
    /// A term that no live document has is left out. An error is of the part with the number that it names.
    pub fn merge(
        &mut self,
        text: &[u8],
        members: &[Member],
        parts: &[Part<'_>],
        merged: &mut MergedWords,
    ) -> Result<()> {
        self.decoded.clear();
        self.ends.clear();
        for member in members {
            let part = &parts[member.part];
            part.decode(member.term, &mut self.decoded)
                .map_err(|error| error.in_segment(member.part))?;
            self.ends.push(self.decoded.postings.len());
        }
        let (written, mut spellings) = self.spellings(members, parts)?;
        let order = assign_slots(&mut spellings);
        if order.is_empty() {
            return Ok(());
        }
        let mut translations = vec![Translation::default(); members.len()];
        for (one, number) in written.iter().filter(|(one, _)| one.slot < SLOTS) {
            let translation = &mut translations[one.member];
            match spellings[*number].new_slot {
                slot if slot < SLOTS => translation.new_bit[one.slot] = 1 << slot,
                _ => translation.lost[one.slot] = Some(*number),
            }
        }
        let mut start = 0;
        for (translation, &end) in translations.iter().zip(&self.ends) {
            translation.apply(&mut self.decoded.postings[start..end], &mut spellings);
            start = end;
        }
        self.decoded.postings.sort_by_key(|posting| posting.document);
        self.mark_gained(&mut spellings, members)?;
        self.write(text, &mut spellings, &order, merged)
    }

    /// The spellings of the term in the parts, each with its number among all spellings, which are in order of
    /// their bytes; their documents are counted, and those without a bit listed.
    #[expect(clippy::type_complexity, reason = "both are of this module")]
    fn spellings<'a>(
        &self,
        members: &[Member],
        parts: &[Part<'a>],
    ) -> Result<(Vec<(Written<'a>, usize)>, Vec<Spelling<'a>>)> {
        let mut written = Vec::new();
        for (member, &Member { part, term }) in members.iter().enumerate() {
            for (slot, number) in parts[part].spellings(term).enumerate() {
                let text = parts[part].spelling(term, number);
                written.push(Written {
                    text,
                    member,
                    slot,
                    number,
                });
            }
        }
        written.sort_by_key(|one| one.text);
        let marked = self.marked_documents();
        let mut spellings: Vec<Spelling<'a>> = Vec::new();
        let mut numbered = Vec::with_capacity(written.len());
        for one in written {
            if spellings.last().is_none_or(|last| last.text != one.text) {
                spellings.push(Spelling {
                    text: one.text,
                    documents: 0,
                    listed: Vec::new(),
                    new_slot: usize::MAX,
                });
            }
            let number = spellings.len() - 1;
            let spelling = &mut spellings[number];
            if one.slot < SLOTS {
                spelling.documents += marked[one.member][one.slot];
            } else {
                let (before, part) = (spelling.listed.len(), members[one.member].part);
                parts[part]
                    .other_documents(one.number, &mut spelling.listed)
                    .map_err(|error| error.in_segment(part))?;
                spelling.documents += (spelling.listed.len() - before) as u32;
            }
            numbered.push((one, number));
        }
        Ok((numbered, spellings))
    }

    /// The live documents of each slot of each member.
    fn marked_documents(&self) -> Vec<[u32; SLOTS]> {
        let mut start = 0;
        let count = |&end: &usize| {
            let mut marked = [0; SLOTS];
            for posting in &self.decoded.postings[start..end] {
                for (slot, documents) in marked.iter_mut().enumerate() {
                    *documents += u32::from(posting.triple.mark >> slot & 1);
                }
            }
            start = end;
            marked
        };
        self.ends.iter().map(count).collect()
    }

    /// Sets the bits of the documents that were listed for spellings that have a bit now.
    fn mark_gained(&mut self, spellings: &mut [Spelling<'_>], members: &[Member]) -> Result<()> {
        for spelling in spellings.iter_mut().filter(|spelling| spelling.new_slot < SLOTS) {
            for document in spelling.listed.drain(..) {
                let postings = &mut self.decoded.postings;
                let found = postings.binary_search_by_key(&document, |posting| posting.document);
                let place = found.map_err(|_| {
                    let part = members.first().map_or(0, |member| member.part);
                    damaged("other_document", 0, "are not documents of the term").in_segment(part)
                })?;
                postings[place].triple.mark |= 1 << spelling.new_slot;
            }
        }
        Ok(())
    }

    fn write(
        &self,
        text: &[u8],
        spellings: &mut [Spelling<'_>],
        order: &[usize],
        merged: &mut MergedWords,
    ) -> Result<()> {
        for posting in &self.decoded.postings {
            let count = (posting.triple.headline + posting.triple.body) as usize;
            let values = &self.decoded.values[posting.first_value..posting.first_value + count];
            merged
                .postings
                .push_values(posting.document, posting.triple, values);
        }
        for &number in order {
            let spelling = &mut spellings[number];
            spelling.listed.sort_unstable();
            merged
                .vocabulary
                .push(text, spelling.text, spelling.documents, &spelling.listed)?;
        }
        merged.vocabulary.end_term(text)?;
        merged.postings.end_term()
    }
}

/// Gives the spellings that live documents have their slots; returns their numbers by slot.
fn assign_slots(spellings: &mut [Spelling<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..spellings.len())
        .filter(|&number| spellings[number].documents > 0)
        .collect();
    order.sort_by_key(|&number| Reverse(spellings[number].documents));
    for (slot, &number) in order.iter().enumerate() {
        spellings[number].new_slot = slot;
    }
    order
}

/// What becomes of the bits of a part.
#[derive(Clone, Default)]
struct Translation {
    new_bit: [u8; SLOTS],
    lost: [Option<usize>; SLOTS], // the spelling of each slot whose bit is lost
}

impl Translation {
    /// Gives postings their new marks, and lists the documents of bits that are lost.
    fn apply(&self, postings: &mut [Posting], spellings: &mut [Spelling<'_>]) {
        let mut new_mark = [0_u8; 1 << SLOTS];
        for (mark, new) in new_mark.iter_mut().enumerate() {
            let bits = (0..SLOTS).filter(|slot| mark >> slot & 1 == 1);
            *new = bits.fold(0, |all, slot| all | self.new_bit[slot]);
        }
        let loses = self.lost.iter().any(Option::is_some);
        for posting in postings.iter_mut() {
            let mark = usize::from(posting.triple.mark) % (1 << SLOTS);
            posting.triple.mark = new_mark[mark];
            if loses {
                let lost = self
                    .lost
                    .iter()
                    .enumerate()
                    .filter(|(slot, _)| mark >> slot & 1 == 1);
                lost.filter_map(|(_, spelling)| *spelling)
                    .for_each(|spelling| spellings[spelling].listed.push(posting.document));
            }
        }
    }
}
