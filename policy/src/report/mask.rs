//! Source lines with every known secret replaced.

use std::collections::BTreeSet;
use std::ops::{Bound, Range};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::rules::Finding;
use crate::secrets;
use crate::source::{Source, Sources, Span};

/// What stands for a secret.
const MASK: &str = "••••";

/// Shorter secrets are masked only where they stand as words: `pass` is a part of `password`.
const WORD_LENGTH: usize = 8;

/// Words this long are masked where they look random, although no rule took them for a secret.
const RANDOM_LENGTH: usize = 16;

/// What no output may show.
pub(crate) struct Mask {
    hidden: BTreeSet<Span>,
    /// Nothing if there are too many secrets to search for; then nothing is shown.
    secrets: Option<AhoCorasick>,
}

impl Mask {
    pub(crate) fn of<'r>(findings: impl IntoIterator<Item = &'r Finding>, sources: &Sources) -> Mask {
        let mut hidden = BTreeSet::new();
        let mut patterns = BTreeSet::new();
        for finding in findings {
            if let Some(secret) = &finding.secret {
                hidden.insert(finding.span);
                // As it is written and as it is meant: it may be repeated in either form.
                patterns.insert(sources.written(finding.span).trim_matches(['\\', '"']));
                patterns.insert(secret.value.as_str());
            }
        }
        // A secret that is the word for one says nothing about itself where that word stands.
        patterns.retain(|pattern| pattern.len() > 3 && !secrets::is_word_for_secret(pattern));
        let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        Mask { hidden, secrets: builder.ok() }
    }

    /// A range of a source with secrets masked: those at known places, and their repetitions.
    pub(crate) fn show(&self, source: &Source, range: Span) -> String {
        let mut shown = String::new();
        let mut at = range.start();
        for span in self.hidden_in(range) {
            if span.start() > at {
                shown.push_str(&self.text(source.text().get(at..span.start()).unwrap_or_default()));
            }
            shown.push_str(MASK);
            at = at.max(span.end());
        }
        if at < range.end() {
            shown.push_str(&self.text(source.text().get(at..range.end()).unwrap_or_default()));
        }
        shown
    }

    /// The hidden spans that overlap a range; no two of them overlap each other.
    fn hidden_in(&self, range: Span) -> impl Iterator<Item = &Span> {
        let before = self.hidden.range(..=range).next_back();
        let after = self.hidden.range((Bound::Excluded(range), Bound::Unbounded));
        let after = after.take_while(move |span| span.source == range.source && span.start() < range.end());
        before.into_iter().chain(after).filter(move |span| span.overlaps(range))
    }

    /// A text with the secrets replaced that stand in it.
    pub(crate) fn text(&self, text: &str) -> String {
        let Some(secrets) = &self.secrets else {
            return MASK.to_owned();
        };
        let mut shown = String::new();
        secrets.replace_all_with(text, &mut shown, |found, written, shown| {
            let hides = written.len() >= WORD_LENGTH || is_word(text, found.range());
            shown.push_str(if hides { MASK } else { written });
            true
        });
        without_random_words(&shown)
    }
}

/// Whether no letter or digit stands beside a part of a text.
fn is_word(text: &str, part: Range<usize>) -> bool {
    let before = text.get(..part.start).and_then(|before| before.chars().next_back());
    let after = text.get(part.end..).and_then(|after| after.chars().next());
    !before.into_iter().chain(after).any(char::is_alphanumeric)
}

fn without_random_words(text: &str) -> String {
    let mut shown = String::new();
    for part in text.split_inclusive(|character: char| !character.is_ascii_alphanumeric()) {
        let word = part.trim_end_matches(|character: char| !character.is_ascii_alphanumeric());
        if looks_random(word) {
            shown.push_str(MASK);
            shown.push_str(part.get(word.len()..).unwrap_or_default());
        } else {
            shown.push_str(part);
        }
    }
    shown
}

/// Random words change between small letters, capitals and digits all the time; names seldom do, but that each of
/// their words may begin with a capital.
fn looks_random(word: &str) -> bool {
    let class = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase());
    let changes = |(one, next): &(&u8, &u8)| {
        class(**one) != class(**next) && !(one.is_ascii_uppercase() && next.is_ascii_lowercase())
    };
    let bytes = word.as_bytes();
    let changes = bytes.iter().zip(bytes.iter().skip(1)).filter(changes).count();
    word.len() >= RANDOM_LENGTH && changes.saturating_mul(3) > word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_words_are_masked_and_names_are_not() {
        let text = "runtimeEnvironmentVariables x9Kd83jFq0Lm22Zp aws_iam_role_policy 111122223333";
        assert_eq!(
            without_random_words(text),
            "runtimeEnvironmentVariables •••• aws_iam_role_policy 111122223333"
        );
        for name in ["AmazonS3FullAccess", "GetOpenIdTokenForDeveloperIdentity"] {
            assert_eq!(without_random_words(name), name);
        }
        assert_eq!(without_random_words("aKdJfQzLmWxYpRtB"), "••••");
    }
}
