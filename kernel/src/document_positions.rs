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
            positions: Vec::new(),
            mask: 0,
        })
    }

    /// The positions in a document, ascending; none where it does not have the term.
    #[inline]
    pub fn read(&mut self, document: u16) -> &[u32] {
        self.seek(document);
        &self.positions
    }

    /// A bit for each position in a document, modulo 64.
    #[inline]
    pub fn mask(&mut self, document: u16) -> u64 {
        self.seek(document);
        self.mask
    }

    #[inline]
    fn seek(&mut self, document: u16) {
        if self.document == Some(document) {
            return;
        }
        self.document = Some(document);
        match self.documents.find(document) {
            Some(posting) => self.reader.read(posting, &mut self.positions),
            None => self.positions.clear(),
        }
        self.mask = self
            .positions
            .iter()
            .fold(0, |mask, position| mask | 1 << (position % 64));
    }
}
