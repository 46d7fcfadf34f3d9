//! The product of the automata of patterns: a state is the set of positions that a word so far may be at.

use std::collections::HashSet;
use std::ops::Range;

use super::matching::takes;
use super::positions::Taken;
use super::search::{Found, Search, Symbols};
use super::{Glob, Letter, Token, Word};

/// Bits, one for each position in each pattern: pattern after pattern, and in each its tokens and its end.
type Bits = Box<[u64]>;

pub(super) struct Product {
    letters: Vec<Letter>,
    /// For each letter: where it goes on to the next position, and where it stays.
    steps: Vec<(Bits, Bits)>,
    many: Bits,
    /// For each wanted group, its positions and its ends.
    wanted: Vec<(Bits, Bits)>,
    unwanted_ends: Bits,
    start: Bits,
    /// The positions of each pattern to which symbols are any text.
    open: Vec<Range<usize>>,
}

impl Product {
    pub(super) fn new(search: &Search) -> Product {
        let patterns: Vec<(Glob, Symbols)> = search
            .wanted
            .iter()
            .flat_map(|group| group.globs.iter().map(|glob| (*glob, group.symbols)))
            .chain(search.unwanted.iter().map(|glob| (*glob, Symbols::Own)))
            .map(|(glob, symbols)| match symbols {
                Symbols::Own => (glob.clone(), symbols),
                Symbols::Open => (glob.opened(), symbols),
            })
            .collect();
        let length: usize = patterns.iter().map(|(glob, _)| glob.tokens.len().saturating_add(1)).sum();
        let none = || vec![0_u64; length.div_ceil(64)].into_boxed_slice();
        let letters = search.alphabet();
        let mut product = Product {
            steps: letters.iter().map(|_| (none(), none())).collect(),
            letters,
            many: none(),
            wanted: search.wanted.iter().map(|_| (none(), none())).collect(),
            unwanted_ends: none(),
            start: none(),
            open: Vec::new(),
        };
        let groups = search
            .wanted
            .iter()
            .enumerate()
            .flat_map(|(at, group)| group.globs.iter().map(move |_| Some(at)));
        let groups = groups.chain(search.unwanted.iter().map(|_| None));
        let mut at = 0_usize;
        for ((glob, symbols), group) in patterns.iter().zip(groups) {
            product.lay(glob, at, *symbols, group);
            at = at.saturating_add(glob.tokens.len()).saturating_add(1);
        }
        Product { start: product.closed(product.start.clone()), ..product }
    }

    /// Lays a pattern out from a position on.
    fn lay(&mut self, glob: &Glob, at: usize, symbols: Symbols, group: Option<usize>) {
        let end = at.saturating_add(glob.tokens.len());
        set(&mut self.start, at);
        for (position, token) in (at..).zip(&glob.tokens) {
            if matches!(token, Token::Many(_)) {
                set(&mut self.many, position);
            }
            for (letter, (pass, stay)) in self.letters.iter().zip(&mut self.steps) {
                match takes(glob, token, letter) {
                    Taken::Pass => set(pass, position),
                    Taken::Stay => set(stay, position),
                    Taken::Not => {}
                }
            }
        }
        if symbols == Symbols::Open {
            self.open.push(at..end.saturating_add(1));
        }
        match group.and_then(|group| self.wanted.get_mut(group)) {
            Some((positions, ends)) => {
                (at..=end).for_each(|position| set(positions, position));
                set(ends, end);
            }
            None => set(&mut self.unwanted_ends, end),
        }
    }

    /// The shortest word, if no more than so many states have to be looked at.
    pub(super) fn search(&self, limit: usize) -> Found {
        let mut seen = HashSet::from([self.start.clone()]);
        let mut states: Vec<(Bits, usize, usize)> = vec![(self.start.clone(), 0, 0)];
        let mut next = 0_usize;
        while let Some((state, ..)) = states.get(next) {
            if self.accepts(state) {
                return Found::Word(self.word(&states, next));
            }
            if next > limit {
                return Found::Unsure;
            }
            let state = state.clone();
            for letter in 0..self.letters.len() {
                let after = self.step(&state, letter);
                if self.is_alive(&after) && seen.insert(after.clone()) {
                    states.push((after, next, letter));
                }
            }
            next = next.saturating_add(1);
        }
        Found::Nothing
    }

    fn step(&self, state: &Bits, letter: usize) -> Bits {
        let Some((pass, stay)) = self.steps.get(letter) else { return state.clone() };
        let mut carry = 0_u64;
        let moved = state.iter().zip(pass.iter().zip(stay)).map(|(bits, (pass, stay))| {
            let passed = bits & pass;
            let next = (passed << 1) | carry | (bits & stay);
            carry = passed >> 63;
            next
        });
        let mut after: Bits = moved.collect();
        if matches!(self.letters.get(letter), Some(Letter::Symbol(_))) {
            for range in &self.open {
                if let Some(first) = range.clone().find(|position| get(state, *position)) {
                    (first..range.end).for_each(|position| set(&mut after, position));
                }
            }
        }
        self.closed(after)
    }

    /// With the positions behind a `*` that takes nothing.
    fn closed(&self, mut bits: Bits) -> Bits {
        let mut carry = 0_u64;
        for (bits, many) in bits.iter_mut().zip(&self.many) {
            let here = *bits & many;
            *bits |= (here << 1) | carry;
            carry = here >> 63;
        }
        bits
    }

    fn is_alive(&self, state: &Bits) -> bool {
        self.wanted.iter().all(|(positions, _)| overlap(state, positions))
    }

    fn accepts(&self, state: &Bits) -> bool {
        self.wanted.iter().all(|(_, ends)| overlap(state, ends)) && !overlap(state, &self.unwanted_ends)
    }

    fn word(&self, states: &[(Bits, usize, usize)], mut at: usize) -> Word {
        let mut word = Vec::new();
        while let Some((_, before, letter)) = states.get(at).filter(|_| at > 0) {
            word.extend(self.letters.get(*letter).cloned());
            at = *before;
        }
        word.reverse();
        word
    }
}

fn overlap(one: &Bits, other: &Bits) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}

fn get(bits: &Bits, position: usize) -> bool {
    bits.get(position / 64).is_some_and(|word| (word >> (position % 64)) & 1 == 1)
}

fn set(bits: &mut Bits, position: usize) {
    if let Some(word) = bits.get_mut(position / 64) {
        *word |= 1 << (position % 64);
    }
}
