//! Where the thing that an ARN names is: its partition, region and account.

use std::borrow::Cow;

use super::{ARN_COLONS, Glob, Letter, Reach, Token};

/// A word without the partition, region and account of the ARN that it is.
pub(crate) fn without_place(word: &[Letter]) -> Cow<'_, [Letter]> {
    place_left_out(word, |letter, character| *letter == Letter::Char(character))
}

/// The items themselves where they are no ARN, as those of an action.
fn place_left_out<T: Clone>(items: &[T], is: impl Fn(&T, char) -> bool) -> Cow<'_, [T]> {
    let begins = "arn:".chars().zip(items).all(|(character, item)| is(item, character));
    if !begins || items.iter().filter(|item| is(item, ':')).count() < ARN_COLONS {
        return Cow::Borrowed(items);
    }
    let mut segment = 0_usize;
    let kept = items.iter().filter(|item| {
        let is_colon = is(item, ':');
        segment = segment.saturating_add(usize::from(is_colon));
        is_colon || !matches!(segment, 1 | 3 | 4)
    });
    Cow::Owned(kept.cloned().collect())
}

impl Glob {
    /// The pattern without the partition, region and account of the ARN that it is.
    pub(in crate::access) fn without_place(&self) -> Cow<'_, Glob> {
        let is = |token: &Token, character| *token == Token::Letter(Letter::Char(character));
        match place_left_out(&self.tokens, is) {
            Cow::Borrowed(_) => Cow::Borrowed(self),
            Cow::Owned(tokens) => Cow::Owned(Glob::of(tokens, self.case)),
        }
    }

    /// The pattern of an ARN in whatever partition and account.
    pub(in crate::access) fn wherever(&self) -> Glob {
        let mut colons = 0_usize;
        let mut tokens = Vec::with_capacity(self.tokens.len());
        for token in &self.tokens {
            if *token == Token::Letter(Letter::Char(':')) {
                colons = colons.saturating_add(1);
                tokens.push(token.clone());
            } else if matches!(colons, 1 | 4) && !matches!(token, Token::Many(_)) {
                tokens.push(Token::Many(Reach::Segment));
            } else {
                tokens.push(token.clone());
            }
        }
        // An account that is left out is none.
        Glob::of(tokens, self.case)
    }
}
