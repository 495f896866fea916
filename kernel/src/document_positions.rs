//! The positions of a term in one document after another.

use crate::error::Result;
use crate::packed::documents::Documents;
use crate::positions::Positions;
use crate::segment::View;
use crate::term::TermInSegment;

/// The positions of a term in the document that was asked for last.
pub struct DocumentPositions<'a> {
    /// The documents of the term.
    pub documents: Documents<'a>,
    reader: Positions<'a>,
    document: Option<u16>,
    posting: Option<usize>, // of the document
    is_read: bool,          // whether the positions are those of the document
    positions: Vec<u32>,
    mask: u64,
}

impl<'a> DocumentPositions<'a> {
    /// The positions of a term of a segment. Fails where they do not fit its postings.
    pub fn new(view: View<'a>, term: &'a TermInSegment) -> Result<Self> {
        Ok(Self {
            documents: term.documents(view)?,
            reader: term.positions(view)?,
            document: None,
            posting: None,
            is_read: false,
            positions: Vec::new(),
            mask: 0,
        })
    }

    /// Goes to a document.
    #[inline]
    pub fn seek(&mut self, document: u16) {
        if self.document != Some(document) {
            self.document = Some(document);
            self.posting = self.documents.find(document);
            self.is_read = false;
        }
    }

    /// Whether the document has the term.
    pub fn is_there(&self) -> bool {
        self.posting.is_some()
    }

    /// The positions in a document, ascending; none where it does not have the term.
    #[inline]
    pub fn read(&mut self, document: u16) -> &[u32] {
        self.seek(document);
        if !self.is_read {
            match self.posting {
                Some(posting) => self.reader.read(posting, &mut self.positions),
                None => self.positions.clear(),
            }
            let bits = self.positions.iter().map(|position| 1 << (position % 64));
            self.mask = bits.fold(0, |mask, bit: u64| mask | bit);
            self.is_read = true;
        }
        &self.positions
    }

    /// A bit for each position in a document, modulo 64.
    #[inline]
    pub fn mask(&mut self, document: u16) -> u64 {
        self.read(document);
        self.mask
    }

    /// The positions that were read last.
    pub fn positions(&self) -> &[u32] {
        &self.positions
    }
}
