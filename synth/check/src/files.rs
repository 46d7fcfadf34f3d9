//! The files of a check, one after the other: a place is a byte of all of them.

use crate::check::Source;
use crate::json;

/// Every file, by where it starts.
#[derive(Debug, Default)]
pub(crate) struct Files<'a> {
    files: Vec<File<'a>>,
}

/// A file and its place among the others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    pub(crate) start: u32,
    pub(crate) source: Source<'a>,
}

impl<'a> Files<'a> {
    /// Takes a file in, and gives the byte at which it starts.
    pub(crate) fn add(&mut self, source: Source<'a>) -> u32 {
        // One byte lies between two files: the end of one is not the start of the next.
        let start = self.files.last().map_or(0, |file| {
            let length = u32::try_from(file.source.text.len()).unwrap_or(u32::MAX);
            file.start.saturating_add(length).saturating_add(1)
        });
        self.files.push(File { start, source });
        start
    }

    /// The file that a byte is in.
    pub(crate) fn find(&self, byte: u32) -> Option<File<'a>> {
        let after = self.files.partition_point(|file| file.start <= byte);
        self.files.get(after.wrapping_sub(1)).copied()
    }

    /// The byte of byte `index` of the text of the JSON string that starts at `string`.
    pub(crate) fn position(&self, string: u32, index: usize) -> u32 {
        self.find(string).map_or(string, |file| {
            let position = json::position(file.source.text, string - file.start, index);
            position.saturating_add(file.start)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_file_is_not_the_start_of_the_next() {
        let mut files = Files::default();
        let [first, second] = ["a", "b"].map(|name| files.add(Source { name, text: "{}" }));
        let name = |byte| files.find(byte).map(|file| file.source.name);
        assert_eq!((first, second), (0, 3));
        assert_eq!((name(0), name(2), name(3), name(9)), (Some("a"), Some("a"), Some("b"), Some("b")));
    }

    #[test]
    fn no_file_has_no_place() {
        assert!(Files::default().find(0).is_none());
        assert_eq!(Files::default().position(7, 1), 7);
    }
}
