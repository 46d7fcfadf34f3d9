//! Whether a pattern matches a word: the positions it may be at, letter after letter.

use super::positions::{Positions, Taken};
use super::{Glob, Letter, Token};

/// Whether it matches, every symbol being a value of its own.
#[must_use]
pub(in crate::access) fn matches(glob: &Glob, word: &[Letter]) -> bool {
    // Nearly all pairs differ before the first wildcard.
    let mut front = glob.tokens.iter().zip(word).map_while(|(token, letter)| match token {
        Token::Letter(own) => Some(glob.case.same(own, letter)),
        Token::One(_) | Token::Many(_) => None,
    });
    if !front.all(|same| same) {
        return false;
    }
    let mut positions = Positions::new(glob);
    for letter in word {
        positions.step(|token| takes(glob, token, letter));
    }
    positions.at_end()
}

/// Whether it would match for some values of the symbols in it and in the word: each may be any
/// text, the empty one too.
#[must_use]
pub(in crate::access) fn may_match(glob: &Glob, word: &[Letter]) -> bool {
    let open = glob.opened();
    let mut positions = Positions::new(&open);
    for letter in word {
        match letter {
            Letter::Char(_) => positions.step(|token| takes(&open, token, letter)),
            Letter::Symbol(_) => positions.anywhere_from_here(),
        }
    }
    positions.at_end()
}

/// What a token does with a letter. The length of a symbol is not known, so `?` does not take it.
pub(super) fn takes(glob: &Glob, token: &Token, letter: &Letter) -> Taken {
    match token {
        Token::Letter(own) if glob.case.same(own, letter) => Taken::Pass,
        Token::One(reach) if matches!(letter, Letter::Char(_)) && reach.admits(letter) => Taken::Pass,
        Token::Many(reach) if reach.admits(letter) => Taken::Stay,
        _ => Taken::Not,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Syntax, glob, word};
    use super::*;
    use crate::source::Sources;

    fn pattern(text: &str, syntax: Syntax) -> Glob {
        let mut sources = Sources::default();
        let source = sources.add("t", text);
        glob(&sources.text(source), syntax)
    }

    #[test]
    fn a_star_at_the_end_of_a_segment_crosses_colons() {
        let resource = |text: &str, name: &str| matches(&pattern(text, Syntax::resource()), &word(name));
        assert!(resource("arn:aws:sqs:*:1:q", "arn:aws:sqs:us-east-2:7:x:1:q"));
        assert!(resource("arn:aws:s3:::b/*.txt", "arn:aws:s3:::b/a:b.txt"));
        assert!(!resource("arn:aws:sqs:us*2:1:q", "arn:aws:sqs:us:7:2:1:q"));
        assert!(!resource("arn:aws:sq?sqs:::q", "arn:aws:sq:sqs:::q"));
        assert!(resource("*", "arn:aws:sqs:us-east-2:1:q") && resource("*", "*"));
    }

    #[test]
    fn the_segments_of_a_condition_on_an_arn_are_checked_one_by_one() {
        // The example of IAM's user guide, "Amazon Resource Name (ARN) condition operators".
        let pattern = pattern("arn:aws:someservice:*:111122223333:finance/*", Syntax::arn());
        let of = |name: &str| matches(&pattern, &word(name));
        assert!(!of(
            "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"
        ));
        assert!(of("arn:aws:someservice:us-east-2:111122223333:finance/a:b"));
    }

    proptest! {
        /// The definition, slow: every length for a star.
        #[test]
        fn agrees_with_the_definition(text in "[aA:?*]{0,7}", name in "[aA:b]{0,8}") {
            fn model(pattern: &[char], name: &[char]) -> bool {
                match (pattern.split_first(), name.split_first()) {
                    (None, None) => true,
                    (Some(('*', rest)), _) => (0..=name.len()).any(|taken| model(rest, &name[taken..])),
                    (Some((p, rest)), Some((n, left))) => (*p == '?' || p == n) && model(rest, left),
                    _ => false,
                }
            }
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let found = matches(&pattern(&text, Syntax::like()), &word(&name));
            prop_assert_eq!(found, model(&chars(&text), &chars(&name)));
        }
    }
}
