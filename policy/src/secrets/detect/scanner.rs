//! One pass over a text for the keywords of all forms; the pattern of a form is tried only around
//! its own keywords, and compiled when there first is text that has what it must have.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use regex_automata::Input;
use regex_automata::meta::{self, Regex};
use regex_automata::util::syntax;
use regex_syntax::hir::Hir;

use super::forms::{FORMS, Form};
use super::least::Least;
use super::programs::PROGRAMS;
use super::vendors::VENDORS;

/// So many bytes before a keyword and after it belong to what it may be a part of. The longest form
/// that has no bound of its own and is of use is a private key of 16,384 bits: 12,700 characters.
const BEFORE: usize = 512;
const AFTER: usize = 16_384;

/// A form with its pattern, which is read when a keyword is first met.
struct Lazy {
    form: &'static Form,
    syntax: OnceLock<Option<Syntax>>,
    compiled: OnceLock<Option<Regex>>,
}

/// A pattern that was read, and what it must have.
struct Syntax {
    pattern: Hir,
    least: Least,
}

impl Lazy {
    fn new(form: &'static Form) -> Lazy {
        Lazy { form, syntax: OnceLock::new(), compiled: OnceLock::new() }
    }

    /// The pattern, if any of the windows has what it must have; the others are taken out. Most strings with a keyword in
    /// them have not, and compiling takes twenty times as long as reading.
    fn pattern(&self, text: &str, windows: &mut Vec<Range<usize>>) -> Option<&Regex> {
        let syntax = self.syntax.get_or_init(|| read(self.form.pattern)).as_ref()?;
        windows.retain(|window| {
            text.as_bytes().get(window.clone()).is_some_and(|window| syntax.least.is_in(window))
        });
        if windows.is_empty() {
            return None;
        }
        self.compiled.get_or_init(|| compile(&syntax.pattern)).as_ref()
    }
}

struct Scanner {
    forms: Vec<Lazy>,
    keywords: Option<AhoCorasick>,
    /// The forms that each keyword leads to.
    leads: Vec<Vec<usize>>,
}

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let forms: Vec<Lazy> = all().map(Lazy::new).collect();
    let mut leads: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, lazy) in forms.iter().enumerate() {
        for keyword in lazy.form.keywords.split(',') {
            leads.entry(keyword).or_default().push(index);
        }
    }
    // A test holds that the automaton and every pattern can be built.
    let keywords = AhoCorasick::new(leads.keys()).ok();
    Scanner { forms, keywords, leads: leads.into_values().collect() }
});

/// Every form, the best to say what something is first.
fn all() -> impl Iterator<Item = &'static Form> {
    FORMS.iter().chain(PROGRAMS).chain(VENDORS.iter())
}

/// What looks like a secret of a form.
pub(super) struct Candidate {
    /// The form.
    pub(super) form: &'static Form,
    /// Where the pattern began to agree: before the secret, where it wants a name before it.
    pub(super) start: usize,
    /// The secret.
    pub(super) range: Range<usize>,
}

/// What looks like a secret, in the order of the forms.
pub(super) fn scan(text: &str) -> Vec<Candidate> {
    let scanner = &*SCANNER;
    let mut found = Vec::new();
    for (index, mut windows) in scanner.windows(text) {
        let Some(lazy) = scanner.forms.get(index) else {
            continue; // every keyword leads to forms that are there
        };
        let Some(pattern) = lazy.pattern(text, &mut windows) else {
            continue; // nothing here has what it must have
        };
        for window in windows {
            for captures in pattern.captures_iter(Input::new(text).range(window)) {
                let whole = captures.get_group(0);
                let group = match lazy.form.group {
                    0 => (1..captures.group_len()).find_map(|group| captures.get_group(group)),
                    group => captures.get_group(group),
                };
                if let Some(secret) = group.or(whole) {
                    let start = whole.map_or(secret.start, |whole| whole.start);
                    found.push(Candidate { form: lazy.form, start, range: secret.start..secret.end });
                }
            }
        }
    }
    found
}

impl Scanner {
    /// The parts of a text in which each form may stand.
    fn windows(&self, text: &str) -> BTreeMap<usize, Vec<Range<usize>>> {
        let mut windows: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
        // An automaton that knows no case has nearly twice the transitions, to be built and to be followed.
        let small = text.to_ascii_lowercase();
        for keyword in self.keywords.iter().flat_map(|keywords| keywords.find_overlapping_iter(&small)) {
            let start = keyword.start().saturating_sub(BEFORE);
            let end = keyword.end().saturating_add(AFTER).min(text.len());
            for form in self.leads.get(keyword.pattern().as_usize()).into_iter().flatten() {
                let windows = windows.entry(*form).or_default();
                match windows.last_mut() {
                    Some(last) if start <= last.end => last.end = last.end.max(end),
                    _ => windows.push(start..end),
                }
            }
        }
        windows
    }
}

/// Bytes instead of characters: no form has any beyond ASCII, and Unicode's classes are large.
fn read(pattern: &str) -> Option<Syntax> {
    let pattern = syntax::parse_with(pattern, &syntax::Config::new().unicode(false).utf8(false)).ok()?;
    Some(Syntax { least: Least::of(&pattern), pattern })
}

/// Without what makes long searches faster and compiling slower: windows are short.
fn compile(syntax: &Hir) -> Option<Regex> {
    let config =
        meta::Config::new().utf8_empty(false).nfa_size_limit(Some(10_000_000)).onepass(false).dfa(false);
    Regex::builder().configure(config).build_from_hir(syntax).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert!(SCANNER.keywords.is_some());
        for form in all() {
            let groups = read(form.pattern).and_then(|syntax| compile(&syntax.pattern));
            let groups = groups.map_or(0, |pattern| pattern.captures_len());
            assert!(groups > form.group, "{}: {}", form.what, form.pattern);
        }
    }

    #[test]
    fn every_form_has_keywords_in_small_letters() {
        for form in all() {
            let whole = form.keywords.split(',').all(|keyword| keyword.len() > 1);
            assert!(whole && form.keywords == form.keywords.to_ascii_lowercase(), "{}", form.what);
        }
    }
}
