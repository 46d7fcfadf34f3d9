//! One pass over a text for the keywords of all forms; the pattern of a form is tried only around
//! its own keywords, and compiled when it is first needed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use regex_automata::Input;
use regex_automata::meta::{self, Regex};
use regex_automata::util::syntax;

use super::forms::{FORMS, Form};
use super::vendors::VENDORS;

/// So many bytes before a keyword and after it belong to what it may be a part of. The longest form
/// that has no bound of its own and is of use is a private key of 16,384 bits: 12,700 characters.
const BEFORE: usize = 512;
const AFTER: usize = 16_384;

/// A form with the pattern that is compiled when a keyword is first met.
struct Compiled {
    form: &'static Form,
    pattern: OnceLock<Option<Regex>>,
}

struct Scanner {
    forms: Vec<Compiled>,
    keywords: Option<AhoCorasick>,
    /// The forms that each keyword leads to.
    leads: Vec<Vec<usize>>,
}

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let forms = FORMS.iter().chain(VENDORS.iter());
    let forms: Vec<Compiled> = forms.map(|form| Compiled { form, pattern: OnceLock::new() }).collect();
    let mut leads: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, compiled) in forms.iter().enumerate() {
        for keyword in compiled.form.keywords.split(',') {
            leads.entry(keyword).or_default().push(index);
        }
    }
    // A test holds that the automaton and every pattern can be built.
    let keywords = AhoCorasick::builder().ascii_case_insensitive(true).build(leads.keys()).ok();
    Scanner { forms, keywords, leads: leads.into_values().collect() }
});

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
    for (index, windows) in scanner.windows(text) {
        let Some(compiled) = scanner.forms.get(index) else {
            continue; // every keyword leads to forms that are there
        };
        let Some(pattern) = compiled.pattern.get_or_init(|| compile(compiled.form.pattern)) else {
            continue; // the same test
        };
        for window in windows {
            for captures in pattern.captures_iter(Input::new(text).range(window)) {
                let whole = captures.get_group(0);
                let group = match compiled.form.group {
                    0 => (1..captures.group_len()).find_map(|group| captures.get_group(group)),
                    group => captures.get_group(group),
                };
                if let Some(secret) = group.or(whole) {
                    let start = whole.map_or(secret.start, |whole| whole.start);
                    found.push(Candidate { form: compiled.form, start, range: secret.start..secret.end });
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
        for keyword in self.keywords.iter().flat_map(|keywords| keywords.find_overlapping_iter(text)) {
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
fn compile(pattern: &str) -> Option<Regex> {
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    let config = meta::Config::new().utf8_empty(false).nfa_size_limit(Some(10_000_000));
    Regex::builder().syntax(syntax).configure(config).build(pattern).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert!(SCANNER.keywords.is_some());
        for form in FORMS.iter().chain(VENDORS.iter()) {
            let groups = compile(form.pattern).map_or(0, |pattern| pattern.captures_len());
            assert!(groups > form.group, "{}: {}", form.what, form.pattern);
        }
    }

    #[test]
    fn every_form_has_keywords_in_small_letters() {
        for form in FORMS.iter().chain(VENDORS.iter()) {
            let whole = form.keywords.split(',').all(|keyword| keyword.len() > 1);
            assert!(whole && form.keywords == form.keywords.to_ascii_lowercase(), "{}", form.what);
        }
    }
}
