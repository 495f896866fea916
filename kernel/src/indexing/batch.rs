//! The words of the articles that become a segment, in the order in which they were scanned.

use super::scanner::Scanner;
use crate::error::{Error, Result};

/// The words and landmarks of articles.
#[derive(Default)]
pub struct Batch {
    /// The spelling of every word, of each article the headline and then the body.
    words: Vec<u32>,
    /// The end of each article among the words.
    end: Vec<usize>,
    /// The number of words of each headline.
    headline: Vec<u32>,
    /// The place of every so many words of each body, in characters.
    landmarks: Vec<u32>,
    /// The end of each article among the landmarks.
    landmark_end: Vec<usize>,
}

impl Batch {
    /// The number of articles.
    pub fn len(&self) -> usize {
        self.end.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.end.is_empty()
    }

    /// The number of words of all articles.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// Adds the articles that were scanned last, with a landmark for every `spacing` words of a body.
    ///
    /// A landmark is where the chunk of that word starts. Where the word is not the first of its chunk, the landmark
    /// before is repeated.
    pub fn keep(&mut self, scanner: &Scanner, spacing: usize) -> Result<()> {
        let chunks = &scanner.chunks;
        if spacing == 0 || chunks.end.len() % 2 != 0 || scanner.forms.is_waiting() {
            return Err(Error::Invalid("what was scanned last are no articles".into()));
        }
        self.words.reserve(chunks.form.len());
        let mut chunk = 0;
        for texts in chunks.end.chunks_exact(2) {
            let before = self.words.len();
            for &form in &chunks.form[chunk..texts[0]] {
                self.words.extend_from_slice(scanner.forms.words(form));
            }
            self.headline.push((self.words.len() - before) as u32);
            let body = texts[0]..texts[1];
            let mut until_next = 0;
            let mut last = 0;
            for (&form, &start) in chunks.form[body.clone()].iter().zip(&chunks.start[body]) {
                let words = scanner.forms.words(form);
                self.words.extend_from_slice(words);
                for place in 0..words.len() {
                    if until_next == 0 {
                        last = if place == 0 { start } else { last };
                        self.landmarks.push(last);
                        until_next = spacing;
                    }
                    until_next -= 1;
                }
            }
            chunk = texts[1];
            self.end.push(self.words.len());
            self.landmark_end.push(self.landmarks.len());
        }
        Ok(())
    }

    /// The numbers of words of the headline and of the body of each article.
    pub fn lengths(&self) -> (Vec<u32>, Vec<u32>) {
        let body = (0..self.len())
            .map(|article| self.article(article).len() as u32 - self.headline[article])
            .collect();
        (self.headline.clone(), body)
    }

    /// The words of an article.
    pub fn article(&self, number: usize) -> &[u32] {
        part(&self.words, &self.end, number)
    }

    /// The number of words of the headline of an article.
    pub fn headline(&self, number: usize) -> usize {
        self.headline[number] as usize
    }

    /// The landmarks of some articles, one article after another.
    pub fn landmarks(&self, articles: &[u32]) -> Result<Vec<u32>> {
        let mut landmarks = Vec::with_capacity(self.landmarks.len());
        for &article in articles {
            if article as usize >= self.len() {
                return Err(Error::Invalid(format!("no article {article}")));
            }
            landmarks.extend_from_slice(part(&self.landmarks, &self.landmark_end, article as usize));
        }
        Ok(landmarks)
    }
}

fn part<'a>(values: &'a [u32], ends: &[usize], number: usize) -> &'a [u32] {
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &values[start..ends[number]]
}

#[cfg(test)]
impl Batch {
    /// Articles of these words without headlines, for tests.
    pub fn for_tests(written: &[Vec<u32>]) -> Self {
        let mut batch = Self::default();
        for words in written {
            batch.words.extend_from_slice(words);
            batch.end.push(batch.words.len());
            batch.headline.push(0);
            batch.landmark_end.push(0);
        }
        batch
    }
}
