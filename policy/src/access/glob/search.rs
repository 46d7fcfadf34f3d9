//! A word that some patterns match and others do not: the product of their automata, searched breadth
//! first, so that the word is short. States are made as they are met.

use std::collections::BTreeSet;

use super::matching::may_match;
use super::product::Product;
use super::{Case, Glob, Letter, Token, Word, matches};

/// Characters for "any other": one that no pattern has stands for all of them.
const OTHERS: &str = "xyzqjkvw0123456789abcdefghilmnoprstu";

/// Patterns of which one has to match.
#[derive(Clone, Debug)]
pub(in crate::access) struct Group<'g> {
    pub(in crate::access) globs: Vec<&'g Glob>,
    pub(in crate::access) symbols: Symbols,
}

/// What symbols are to a group of patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::access) enum Symbols {
    /// Letters of their own.
    Own,
    /// Any text: what a symbol of another group stands for may be what this group wants.
    Open,
}

/// What is searched for.
#[derive(Clone, Debug, Default)]
pub(in crate::access) struct Search<'g> {
    /// Each has to match.
    pub(in crate::access) wanted: Vec<Group<'g>>,
    /// None may match; symbols are letters of their own.
    pub(in crate::access) unwanted: Vec<&'g Glob>,
    /// Words to try first, for a reader's sake.
    pub(in crate::access) hints: Vec<Word>,
    /// So many states are looked at.
    pub(in crate::access) limit: usize,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::access) enum Found {
    Word(Word),
    /// There is no such word.
    Nothing,
    /// The limit was reached.
    Unsure,
}

impl Search<'_> {
    pub(in crate::access) fn run(&self) -> Found {
        if let Some(word) =
            self.hints.iter().cloned().chain(self.instances()).find(|word| self.is_as_asked(word))
        {
            return Found::Word(word);
        }
        let own = |group: &&Group| group.symbols == Symbols::Own;
        let all_words = |group: &Group| group.globs.iter().all(|glob| glob.only_word().is_some());
        if self.wanted.iter().filter(own).any(all_words) {
            return Found::Nothing; // each of these words was an instance
        }
        Product::new(self).search(self.limit)
    }

    fn is_as_asked(&self, word: &[Letter]) -> bool {
        let wanted = self.wanted.iter().all(|group| match group.symbols {
            Symbols::Own => group.globs.iter().any(|glob| matches(glob, word)),
            Symbols::Open => group.globs.iter().any(|glob| may_match(glob, word)),
        });
        wanted && !self.unwanted.iter().any(|glob| matches(glob, word))
    }

    /// The plainest words of the patterns that have symbols of their own.
    fn instances(&self) -> impl Iterator<Item = Word> {
        let other = self.other();
        let own = self.wanted.iter().filter(|group| group.symbols == Symbols::Own);
        own.flat_map(|group| &group.globs).flat_map(move |glob| {
            let filled = |taken: usize| -> Word {
                let fill = |token: &Token| match token {
                    Token::Letter(letter) => vec![letter.clone()],
                    Token::One(_) => vec![Letter::Char(other)],
                    Token::Many(_) => vec![Letter::Char(other); taken],
                };
                glob.tokens.iter().flat_map(fill).collect()
            };
            [filled(3), filled(0)]
        })
    }

    fn globs(&self) -> impl Iterator<Item = &Glob> {
        let wanted = self.wanted.iter().flat_map(|group| &group.globs);
        wanted.chain(&self.unwanted).copied()
    }

    /// A character that is in no pattern.
    fn other(&self) -> char {
        let used: BTreeSet<char> = self.globs().flat_map(characters).collect();
        let private = (0xE000_u32..).filter_map(char::from_u32);
        OTHERS.chars().chain(private).find(|other| !used.contains(other)).unwrap_or('x')
    }

    /// Characters of patterns, one that is in none, and the symbols of patterns that are to be matched as
    /// they are: what a wildcard stands for has no symbol that would be needed.
    pub(super) fn alphabet(&self) -> Vec<Letter> {
        let mut letters: BTreeSet<Letter> = self.globs().flat_map(characters).map(Letter::Char).collect();
        letters.extend([Letter::Char(':'), Letter::Char(self.other())]);
        let own = self.wanted.iter().filter(|group| group.symbols == Symbols::Own);
        let symbols = own.flat_map(|group| &group.globs).flat_map(|glob| glob.symbols());
        letters.extend(symbols.map(|symbol| Letter::Symbol(symbol.clone())));
        letters.into_iter().collect()
    }
}

/// The characters of a pattern, in both cases where case does not count.
fn characters(glob: &Glob) -> Vec<char> {
    let mut all = Vec::new();
    for token in &glob.tokens {
        if let Token::Letter(Letter::Char(own)) = token {
            all.push(*own);
            if glob.case == Case::Insensitive {
                all.extend(own.to_lowercase().chain(own.to_uppercase()));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{shape, word};
    use super::*;

    fn search(wanted: &[&Glob], unwanted: &[&Glob]) -> Found {
        let wanted = wanted.iter().map(|glob| Group { globs: vec![*glob], symbols: Symbols::Own }).collect();
        Search { wanted, unwanted: unwanted.to_vec(), hints: Vec::new(), limit: 10_000 }.run()
    }

    #[test]
    fn several_patterns_may_cover_one() {
        let [all, empty, some, long] = ["a*", "a", "a?", "a??*"].map(shape);
        assert_eq!(search(&[&all], &[&empty, &some, &long]), Found::Nothing);
        assert!(matches!(search(&[&all], &[&empty, &long]), Found::Word(word) if word.len() == 2));
    }

    #[test]
    fn a_limit_that_is_reached_is_said() {
        let (all, odd) = (shape("*a????????????"), shape("*a????????????*"));
        let wanted = vec![Group { globs: vec![&all], symbols: Symbols::Own }];
        let unwanted = vec![&odd];
        assert_eq!(Search { wanted, unwanted, hints: Vec::new(), limit: 10 }.run(), Found::Unsure);
    }

    proptest! {
        /// Every word of up to five letters is tried: patterns this short have no need of longer ones.
        #[test]
        fn agrees_with_trying_words(one in "[ab?*]{0,3}", two in "[ab?*]{0,3}", not in "[ab?*]{0,3}") {
            let [one, two, not] = [one, two, not].map(|text| shape(&text));
            let is_asked = |word: &[Letter]| matches(&one, word) && matches(&two, word) && !matches(&not, word);
            let mut words = vec![String::new()];
            let mut all = words.clone();
            for _ in 0..5 {
                words = words.iter().flat_map(|word| ["a", "b", "x"].map(|last| format!("{word}{last}"))).collect();
                all.extend(words.iter().cloned());
            }
            match search(&[&one, &two], &[&not]) {
                Found::Word(word) => prop_assert!(is_asked(&word)),
                found => {
                    prop_assert_eq!(found, Found::Nothing);
                    prop_assert!(!all.iter().any(|text| is_asked(&word(text))));
                }
            }
        }
    }
}
