//! Writes one function of Terraform's language or of a provider.

use std::collections::BTreeMap;

use super::docs::printable;
use super::types::of_type as rust;
use crate::generic::{Accepts, Generic};
use crate::ident::{camel, snake};
use crate::schema::Type;
use crate::signature::{Parameter, Signature};

/// Whose function it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Callee {
    Language,
    Provider,
}

/// A parameter in Rust.
struct Argument {
    word: String,
    /// What it accepts: `impl Into<Value<String>>`.
    accepts: String,
    /// The expression that makes a term of it, or several terms.
    term: String,
    several: bool,
}

/// Appends a function with its documentation.
pub(crate) fn write(
    out: &mut String,
    name: &str,
    signature: &Signature,
    generic: Option<&Generic>,
    callee: Callee,
) {
    let words = parameter_words(signature);
    let arguments: Vec<Argument> = signature
        .all_parameters()
        .zip(words)
        .enumerate()
        .map(|(position, (parameter, word))| {
            let accepts = match generic.and_then(|generic| generic.accepts.get(position)) {
                Some(accepts) => *accepts,
                None if position < signature.parameters.len() => Accepts::Value(&rust(&parameter.kind)),
                None => Accepts::Values(&rust(&parameter.kind)),
            };
            argument(word, accepts)
        })
        .collect();
    let generics = match generic.map(|generic| generic.generics) {
        Some(generics) if !generics.is_empty() => format!("<{generics}>"),
        _ => String::new(),
    };
    let fields = match (generic, &signature.return_type) {
        (None, Type::Object(fields)) => Some(fields),
        _ => None,
    };
    let returns = match generic {
        _ if fields.is_some() => object_type(name),
        Some(generic) => generic.returns.to_owned(),
        None => format!("Value<{}>", rust(&signature.return_type)),
    };
    let make = match returns.split_once('<') {
        Some((face, _)) => format!("{face}::of"),
        None => format!("{returns}::refer"),
    };
    let call = match callee {
        Callee::Language => "call",
        Callee::Provider => "PROVIDER.call",
    };
    let parameters: Vec<String> =
        arguments.iter().map(|argument| format!("{}: {}", argument.word, argument.accepts)).collect();
    out.push('\n');
    document(out, name, signature, &arguments, callee);
    out.push_str(&format!(
        "pub fn {}{generics}({}) -> {returns} {{\n    {make}({call}(\"{name}\", {}))\n}}\n",
        snake(name),
        parameters.join(", "),
        terms(&arguments)
    ));
    if let Some(fields) = fields {
        object(out, name, fields);
    }
}

/// The terms of a call; what stands for any number of them comes last.
fn terms(arguments: &[Argument]) -> String {
    let (several, single): (Vec<_>, Vec<_>) = arguments.iter().partition(|argument| argument.several);
    let single: Vec<&str> = single.iter().map(|argument| argument.term.as_str()).collect();
    match (single.as_slice(), several.first()) {
        ([], Some(several)) => several.term.clone(),
        (single, Some(several)) => format!("and(vec![{}], {})", single.join(", "), several.term),
        (single, None) => format!("vec![{}]", single.join(", ")),
    }
}

fn argument(word: String, accepts: Accepts<'_>) -> Argument {
    let into = |face: &str, of: &str| (format!("impl Into<{face}<{of}>>"), "into().into_term()");
    let (kind, term) = match accepts {
        Accepts::Value(of) => into("Value", of),
        Accepts::Sensitive(of) => into("Sensitive", of),
        Accepts::Ephemeral(of) => into("Ephemeral", of),
        Accepts::Reference(of) => into("Ref", of),
        Accepts::Values(of) => (format!("impl Values<{of}>"), "into_terms()"),
        Accepts::AnyValues => ("impl AnyValues".to_owned(), "into_terms()"),
        Accepts::Sequence(of) => (format!("impl Sequence<{of}>"), "into_sequence()"),
        Accepts::Any => ("impl AnyValue".to_owned(), "into_any()"),
        Accepts::Whatever => ("impl Into<Term>".to_owned(), "into()"),
    };
    let several = matches!(accepts, Accepts::Values(_) | Accepts::AnyValues);
    Argument { accepts: kind, term: format!("{word}.{term}"), word, several }
}

/// The words of all parameters; a word that is there already gets a number.
fn parameter_words(signature: &Signature) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for parameter in signature.all_parameters() {
        let wanted = parameter_word(parameter);
        let mut word = wanted.clone();
        let mut number = 2;
        while words.contains(&word) {
            word = format!("{wanted}_{number}");
            number += 1;
        }
        words.push(word);
    }
    words
}

/// `inputMap` as `input_map`.
fn parameter_word(parameter: &Parameter) -> String {
    let mut word = String::new();
    for letter in parameter.name.chars() {
        if letter.is_ascii_uppercase() {
            word.push('_');
        }
        word.push(letter.to_ascii_lowercase());
    }
    snake(&word)
}

fn document(out: &mut String, name: &str, signature: &Signature, arguments: &[Argument], callee: Callee) {
    let mut paragraphs = match callee {
        Callee::Language => {
            let words: Vec<&str> = arguments.iter().map(|argument| argument.word.as_str()).collect();
            vec![format!("`{name}({})` of Terraform's language.", words.join(", "))]
        }
        _ => vec![signature.description.trim().to_owned()],
    };
    let described =
        signature.all_parameters().zip(arguments).filter(|(parameter, _)| !parameter.description.is_empty());
    let list: Vec<String> = described
        .map(|(parameter, argument)| format!("- `{}`: {}", argument.word, parameter.description.trim()))
        .collect();
    if !list.is_empty() {
        paragraphs.push(list.join("\n"));
    }
    if callee == Callee::Language {
        paragraphs.push(format!(
            "[`{name}` in Terraform's documentation](https://developer.hashicorp.com/terraform/language/functions/{name})"
        ));
    }
    for (position, paragraph) in paragraphs.iter().filter(|paragraph| !paragraph.is_empty()).enumerate() {
        if position > 0 {
            out.push_str("///\n");
        }
        for line in paragraph.lines() {
            out.push_str(format!("/// {}", printable(line)).trim_end());
            out.push('\n');
        }
    }
}

fn object_type(function: &str) -> String {
    format!("{}Result", camel(function))
}

/// The type of a function that gives an object: an accessor for each attribute.
fn object(out: &mut String, name: &str, fields: &BTreeMap<String, Type>) {
    let kind = object_type(name);
    let function = snake(name);
    out.push_str(&format!(
        "\nreference! {{\n    /// What [`{function}`] gives.\n    #[derive(Debug)]\n    {kind}\n}}\n\nimpl {kind} {{\n"
    ));
    for (position, (field, of)) in fields.iter().enumerate() {
        let (word, of) = (snake(field), rust(of));
        let space = if position > 0 { "\n" } else { "" };
        out.push_str(&format!(
            "{space}    /// The attribute `{field}`.\n    pub fn {word}(&self) -> Ref<{of}> {{\n        \
             Ref::of(self.0.attribute(\"{field}\"))\n    }}\n"
        ));
    }
    out.push_str("}\n");
}
