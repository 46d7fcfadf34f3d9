//! Unpacks the embedded data, a chunk at a time.
//!
//! A file is a comment, an index of chunks (the first key of each and its length) up to an empty
//! line, and the chunks: gzipped lines, the entries in the order of their keys.

use std::io::Read as _;
use std::sync::OnceLock;

/// The chunks of one file, each read when one of its keys is asked for.
pub(super) struct Packed<T> {
    chunks: Vec<Chunk<T>>,
    read: fn(&'static str) -> T,
}

struct Chunk<T> {
    first: &'static str,
    packed: &'static [u8],
    made: OnceLock<T>,
}

impl<T> Packed<T> {
    /// The chunks of a file that `data/refresh.py` wrote; `read` makes something of the text of one.
    pub(super) fn of(file: &'static [u8], read: fn(&'static str) -> T) -> Packed<T> {
        // Embedded bytes that tests read. What could not be read nobody would know, which rules
        // report as undecided.
        Packed { chunks: chunks(file).unwrap_or_default(), read }
    }

    /// What was made of the chunk that has the key, if any has.
    pub(super) fn chunk(&self, key: &str) -> Option<&T> {
        let after = self.chunks.partition_point(|chunk| chunk.first <= key);
        Some(self.made(self.chunks.get(after.checked_sub(1)?)?))
    }

    /// What was made of every chunk.
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().map(|chunk| self.made(chunk))
    }

    fn made<'p>(&self, chunk: &'p Chunk<T>) -> &'p T {
        chunk.made.get_or_init(|| (self.read)(unpacked(chunk.packed)))
    }
}

fn chunks<T>(file: &'static [u8]) -> Option<Vec<Chunk<T>>> {
    let end = file.windows(2).position(|pair| pair == b"\n\n")?;
    let index = std::str::from_utf8(file.get(..end)?).ok()?;
    let mut rest = file.get(end.checked_add(2)?..)?;
    let mut chunks = Vec::new();
    for line in index.lines().filter(|line| !line.starts_with('#')) {
        let (first, length) = line.split_once('\t')?;
        let (packed, after) = rest.split_at_checked(length.parse().ok()?)?;
        chunks.push(Chunk { first, packed, made: OnceLock::new() });
        rest = after;
    }
    Some(chunks)
}

/// The text lives as long as the program: all of the catalogue borrows from it.
fn unpacked(packed: &[u8]) -> &'static str {
    let mut text = String::new();
    if flate2::read::GzDecoder::new(packed).read_to_string(&mut text).is_err() {
        text.clear();
    }
    Box::leak(text.into_boxed_str())
}

/// Words with commas between them; `-` is none.
pub(super) fn words(text: &'static str) -> Vec<&'static str> {
    if text == "-" { Vec::new() } else { text.split(',').collect() }
}
