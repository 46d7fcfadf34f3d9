//! The record: one line an entry.

use std::collections::BTreeMap;
use std::fmt;

/// The addresses of all stacks as they were last written, and the moves since the beginning. It is committed
/// beside the app, one line an entry, sorted: `STACK ADDRESS FINGERPRINT` or `STACK OLD -> NEW`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub(super) stacks: BTreeMap<String, Stack>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stack {
    /// What each address stood for.
    pub(super) addresses: BTreeMap<String, u64>,
    pub(super) moves: BTreeMap<String, String>,
}

/// A line that is no entry of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// The line, counted from 1.
    pub line: usize,
}

impl fmt::Display for RecordError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        write!(formatter, "line {line} is neither `STACK ADDRESS FINGERPRINT` nor `STACK OLD -> NEW`")
    }
}

impl std::error::Error for RecordError {}

const HEAD: &str =
    "# What each object of the last synthesis was called: a renaming is noticed by it. Commit this file.";

impl Record {
    /// Reads a record; empty text is one without entries.
    ///
    /// # Errors
    /// If a line is no entry.
    pub fn parse(text: &str) -> Result<Record, RecordError> {
        let mut record = Record::default();
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                [stack, from, "->", to] => {
                    let stack = record.stacks.entry((*stack).to_owned()).or_default();
                    stack.moves.insert((*from).to_owned(), (*to).to_owned());
                }
                [stack, address, fingerprint] => {
                    let fingerprint = u64::from_str_radix(fingerprint, 16);
                    let fingerprint = fingerprint.map_err(|_| RecordError { line: number + 1 })?;
                    let stack = record.stacks.entry((*stack).to_owned()).or_default();
                    stack.addresses.insert((*address).to_owned(), fingerprint);
                }
                _ => return Err(RecordError { line: number + 1 }),
            }
        }
        Ok(record)
    }
}

impl fmt::Display for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{HEAD}")?;
        for (name, stack) in &self.stacks {
            for (address, fingerprint) in &stack.addresses {
                writeln!(formatter, "{name} {address} {fingerprint:016x}")?;
            }
            for (from, to) in &stack.moves {
                writeln!(formatter, "{name} {from} -> {to}")?;
            }
        }
        Ok(())
    }
}
