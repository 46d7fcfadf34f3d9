//! Whether a pattern matches all that another one matches, decided on the tokens: quick, and enough
//! for nearly all policies. The search decides the rest.

use super::matching;
use super::positions::{Positions, Taken};
use super::{Case, Glob, Letter, Token};

impl Glob {
    /// Whether it surely matches everything that `other` matches.
    pub(in crate::access) fn covers(&self, other: &Glob) -> bool {
        if self.is_everything() {
            return true;
        }
        if self.case == Case::Sensitive && other.case == Case::Insensitive {
            return self == other;
        }
        // Nearly all pairs differ in their first characters.
        if self.starts_apart_from(other) {
            return false;
        }
        let mut positions = Positions::new(self);
        for token in &other.tokens {
            positions.step(|own| takes(self, own, token));
        }
        positions.at_end()
    }

    /// Whether surely nothing is matched by both: the characters before their first wildcards, or
    /// behind their last ones, differ.
    pub(in crate::access) fn is_apart_from(&self, other: &Glob) -> bool {
        let case = self.case.max(other.case);
        let back = self.tokens.iter().rev().zip(other.tokens.iter().rev());
        self.starts_apart_from(other) || clash(back, case)
    }

    fn starts_apart_from(&self, other: &Glob) -> bool {
        clash(self.tokens.iter().zip(&other.tokens), self.case.max(other.case))
    }
}

/// Whether two characters differ before the first token that is none.
fn clash<'t>(pairs: impl Iterator<Item = (&'t Token, &'t Token)>, case: Case) -> bool {
    for pair in pairs {
        match pair {
            (Token::Letter(one @ Letter::Char(_)), Token::Letter(two @ Letter::Char(_))) => {
                if !case.same(one, two) {
                    return true;
                }
            }
            _ => return false,
        }
    }
    false
}

/// What a token does with a token of the other pattern, whose wildcards are letters here.
fn takes(glob: &Glob, own: &Token, other: &Token) -> Taken {
    match (own, other) {
        (_, Token::Letter(letter)) => matching::takes(glob, own, letter),
        (Token::Many(own), Token::One(reach) | Token::Many(reach)) if own >= reach => Taken::Stay,
        (Token::One(own), Token::One(reach)) if own >= reach => Taken::Pass,
        // What the other matches here may be more than this token does.
        _ => Taken::Not,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Syntax, glob, matches, word};
    use super::*;
    use crate::source::Sources;

    fn pattern(text: &str) -> Glob {
        let mut sources = Sources::default();
        let source = sources.add("t", text);
        glob(&sources.text(source), Syntax::resource())
    }

    #[test]
    fn the_covered_is_seen_through_its_wildcards() {
        let covers = |one: &str, two: &str| pattern(one).covers(&pattern(two));
        assert!(covers("arn:aws:s3:::b/*", "arn:aws:s3:::b/a*/?"));
        assert!(covers("*", "arn:aws:s3:::b/*"));
        assert!(!covers("arn:aws:s3:::b/?", "arn:aws:s3:::b/*"));
        assert!(!covers("arn:aws:sqs:us*2:1:q", "arn:aws:sqs:*:1:q"));
    }

    proptest! {
        #[test]
        fn what_is_covered_is_matched_and_what_is_apart_is_not(
            one in "[ab?*]{0,6}", two in "[ab?*]{0,6}", name in "[ab]{0,6}",
        ) {
            let (one, two, name) = (pattern(&one), pattern(&two), word(&name));
            if one.covers(&two) && matches(&two, &name) {
                prop_assert!(matches(&one, &name));
            }
            if one.is_apart_from(&two) {
                prop_assert!(!(matches(&one, &name) && matches(&two, &name)));
            }
        }
    }
}
