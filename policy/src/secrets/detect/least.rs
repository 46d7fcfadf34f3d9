//! What is in every text that a pattern agrees with: looking for it costs less than compiling the pattern.

use regex_syntax::hir::{Class, ClassBytes, Hir, HirKind, Repetition};

/// A class of more bytes has one in nearly every text: `[A-Za-z0-9._~+/-]`, of RFC 6750, is the largest below.
const TELLING: u32 = 70;

/// A set of bytes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Bytes {
    low: u128,
    high: u128,
}

impl Bytes {
    fn of(bytes: impl IntoIterator<Item = u8>) -> Bytes {
        bytes.into_iter().fold(Bytes::default(), |set, byte| {
            let bit = 1_u128 << (byte & 0x7f);
            if byte.is_ascii() {
                Bytes { low: set.low | bit, ..set }
            } else {
                Bytes { high: set.high | bit, ..set }
            }
        })
    }

    fn of_class(class: &ClassBytes) -> Bytes {
        Bytes::of(class.iter().flat_map(|range| range.start()..=range.end()))
    }

    fn has(self, byte: u8) -> bool {
        self.meets(Bytes::of([byte]))
    }

    fn meets(self, other: Bytes) -> bool {
        self.low & other.low != 0 || self.high & other.high != 0
    }

    fn count(self) -> u32 {
        self.low.count_ones().saturating_add(self.high.count_ones())
    }
}

/// Bytes that are of these: so many in all, of which so many stand one after the other.
#[derive(Clone, Copy)]
struct Run {
    of: Bytes,
    count: usize,
    length: usize,
}

impl Run {
    fn one(of: Bytes) -> Run {
        Run { of, count: 1, length: 1 }
    }

    fn is_in(self, text: &[u8]) -> bool {
        let runs = text.split(|byte| !self.of.has(*byte)).map(<[u8]>::len);
        let (count, longest) = runs.fold((0_usize, 0), |(count, longest), length| {
            (count.saturating_add(length), longest.max(length))
        });
        count >= self.count && longest >= self.length
    }
}

/// What a text has that a pattern agrees with.
pub(super) struct Least {
    length: usize,
    runs: Vec<Run>,
}

impl Least {
    pub(super) fn of(pattern: &Hir) -> Least {
        let mut runs = runs(pattern);
        runs.retain(|run| run.of.count() <= TELLING);
        Least { length: pattern.properties().minimum_len().unwrap_or(0), runs }
    }

    /// Whether a text has all of it; one that has not does not agree with the pattern anywhere.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        if text.len() < self.length {
            return false;
        }
        let present = Bytes::of(text.iter().copied());
        self.runs.iter().all(|run| run.of.meets(present))
            && self.runs.iter().all(|run| run.count == 1 || run.is_in(text))
    }
}

/// One for each set of bytes.
fn runs(pattern: &Hir) -> Vec<Run> {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => Vec::new(),
        HirKind::Literal(literal) => together(literal.0.iter().map(|byte| Run::one(Bytes::of([*byte])))),
        HirKind::Class(Class::Bytes(class)) => vec![Run::one(Bytes::of_class(class))],
        HirKind::Class(Class::Unicode(class)) => {
            class.to_byte_class().map(|class| Run::one(Bytes::of_class(&class))).into_iter().collect()
        }
        HirKind::Repetition(repetition) => repeated(repetition),
        HirKind::Capture(capture) => runs(&capture.sub),
        HirKind::Concat(parts) => together(parts.iter().flat_map(runs)),
        HirKind::Alternation(ways) => ways.iter().map(runs).reduce(in_both).unwrap_or_default(),
    }
}

/// What is in a text that has all of them, one after the other.
fn together(parts: impl Iterator<Item = Run>) -> Vec<Run> {
    parts.fold(Vec::new(), |mut all: Vec<Run>, run| {
        match all.iter_mut().find(|known| known.of == run.of) {
            Some(known) => {
                known.count = known.count.saturating_add(run.count);
                known.length = known.length.max(run.length);
            }
            None => all.push(run),
        }
        all
    })
}

fn repeated(repetition: &Repetition) -> Vec<Run> {
    let times = usize::try_from(repetition.min).unwrap_or(usize::MAX);
    if times == 0 {
        return Vec::new();
    }
    let is_of_one = repetition.sub.properties().maximum_len() == Some(1);
    let mut runs = runs(&repetition.sub);
    for run in &mut runs {
        run.count = run.count.saturating_mul(times);
        run.length = if is_of_one { times } else { run.length };
    }
    runs
}

/// What either has.
fn in_both(one: Vec<Run>, other: Vec<Run>) -> Vec<Run> {
    let both = one.into_iter().filter_map(|run| {
        let same = other.iter().find(|other| other.of == run.of)?;
        Some(Run { count: run.count.min(same.count), length: run.length.min(same.length), ..run })
    });
    both.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::bytes::Regex;

    use super::*;

    const PATTERNS: &[&str] = &[
        "a",
        "ab[01]{2}",
        "(?i)ab",
        "[ab]{2,3}0",
        "(ab|b0)",
        "(?:a0|a1){2}",
        "a.*a.*[ab]",
        "(?:aab|aba|b+aa)0",
        "a?b*0+",
        r"\b(a[01]{3})(?:[^01]|$)",
        "(a{2}|a{3}b)",
        "[^a]b",
        "",
        "(?-u:\\xff)a",
    ];

    fn least(pattern: &str) -> Least {
        let config = regex_automata::util::syntax::Config::new().unicode(false).utf8(false);
        Least::of(&regex_automata::util::syntax::parse_with(pattern, &config).unwrap())
    }

    proptest! {
        #[test]
        fn it_is_in_every_text_that_the_pattern_agrees_with(
            pattern in prop::sample::select(PATTERNS),
            text in prop::collection::vec(prop::sample::select(b"abAB01 \xff".as_slice()), 0..9),
        ) {
            let regex = Regex::new(&format!("(?-u){pattern}")).unwrap();
            if regex.is_match(&text) {
                prop_assert!(least(pattern).is_in(&text));
            }
        }
    }

    #[test]
    fn a_text_that_lacks_a_byte_or_a_run_is_told() {
        for (pattern, has, lacks) in [
            ("://[^:]*:([^@]+)@", "s3://a:b@c", "https://sqs.us-east-2.amazonaws.com/1/jobs"),
            ("(?i)key=([a-f0-9]{8})", "KEY=0123abcd", "key=0123-abcd-01234"),
            ("(?:pass|word)=[^=]{3}", "x pass=abc", "x passxabc and more"),
            ("host=[^=]*;(?:pwd|password)=(.+)", "host=a;password=b", "environment=[host;password]"),
        ] {
            assert!(least(pattern).is_in(has.as_bytes()), "{has}");
            assert!(!least(pattern).is_in(lacks.as_bytes()), "{lacks}");
        }
    }
}
