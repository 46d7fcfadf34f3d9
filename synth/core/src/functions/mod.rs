//! The functions of Terraform's language, typed: `functions::cidrsubnet("10.0.0.0/16", 8, 1)`.
//!
//! They are called when Terraform runs, not when the stack is synthesized, and are named as Terraform names
//! them ([`try_`] is a keyword of Rust). Where Terraform takes any number of arguments, an array, a `Vec`, a
//! tuple or one list is given:
//!
//! ```
//! use synth_core::{List, Number, Ref, Value, functions};
//!
//! # fn of(zones: Ref<List<String>>, sizes: Value<List<Number>>, name: Ref<String>) {
//! let first: Value<String> = functions::element(zones, 0);
//! let largest: Value<Number> = functions::max(sizes);
//! let name: Value<String> = functions::coalesce((name, "unnamed"));
//! let label: Value<String> = functions::format("%s-%02d", (name, 7));
//! # }
//! ```
//!
//! What they take may be shown, so sensitive and ephemeral values do not fit. Those keep what they are by
//! [`Sensitive::map`](crate::Sensitive::map) and [`Ephemeral::map`](crate::Ephemeral::map).

mod argument;
#[allow(
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags,
    reason = "descriptions are Terraform's own words"
)]
#[rustfmt::skip]
mod language;
mod shape;
mod version;

pub use argument::{AnyValue, AnyValues, Sequence, Values};
pub use language::*;
pub use shape::{Captured, Counted, Flat};
pub(crate) use version::{OF_PROVIDERS_SINCE, since};

use crate::expression::Expression;
use crate::term::Term;
use crate::value::Value;

/// Whether a text matches a regular expression of Go's RE2: [`can`] with [`regex`].
pub fn matches(pattern: impl Into<Value<String>>, text: impl Into<Value<String>>) -> Value<bool> {
    can(regex::<String>(pattern, text))
}

fn call(function: &'static str, arguments: Vec<Term>) -> Expression {
    Expression::call(function, arguments)
}

/// Arguments, of which the last parameter takes several; used by generated bindings.
#[doc(hidden)]
pub fn and(mut arguments: Vec<Term>, several: Vec<Term>) -> Vec<Term> {
    arguments.extend(several);
    arguments
}
