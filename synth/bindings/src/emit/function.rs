//! Writes one function of Terraform's language or of a provider.

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

/// Appends a function with its documentation.
pub(crate) fn write(
    out: &mut String,
    name: &str,
    signature: &Signature,
    generic: Option<&Generic>,
    callee: Callee,
) {
    out.push('\n');
    document(out, name, signature, callee);
    let words = parameter_words(signature);
    let parameters: Vec<(String, String, String)> = signature
        .all_parameters()
        .enumerate()
        .map(|(position, parameter)| {
            let word = words.get(position).cloned().unwrap_or_default();
            let accepts = generic.and_then(|generic| generic.accepts.get(position)).copied();
            let is_variadic = position >= signature.parameters.len();
            let (kind, term) = taken(&word, &parameter.kind, accepts, is_variadic);
            (word, kind, term)
        })
        .collect();
    let generics = match generic.map(|generic| generic.generics) {
        Some(generics) if !generics.is_empty() => format!("<{generics}>"),
        _ => String::new(),
    };
    let list: Vec<String> = parameters.iter().map(|(word, kind, _)| format!("{word}: {kind}")).collect();
    let returns = match (generic, &signature.return_type) {
        (Some(generic), _) => generic.returns.to_owned(),
        (None, Type::Object(_)) => object_type(name),
        (None, kind) => format!("Value<{}>", rust(kind)),
    };
    out.push_str(&format!("pub fn {}{generics}({}) -> {returns} {{\n", snake(name), list.join(", ")));
    let make = match (generic, &signature.return_type) {
        (None, Type::Object(_)) => returns,
        _ => format!("{}::of", returns.split('<').next().unwrap_or_default()),
    };
    let call = match callee {
        Callee::Language => "call",
        Callee::Provider => "PROVIDER.call",
    };
    out.push_str(&format!("    {make}({call}(\"{name}\", {}))\n}}\n", arguments(&parameters)));
    if let (None, Type::Object(fields)) = (generic, &signature.return_type) {
        object(out, name, fields);
    }
}

/// The terms of a call; what stands for any number of them comes last.
fn arguments(parameters: &[(String, String, String)]) -> String {
    let (several, single): (Vec<_>, Vec<_>) =
        parameters.iter().map(|(_, _, term)| term.as_str()).partition(|term| term.ends_with(".into_terms()"));
    match (single.is_empty(), several.first()) {
        (true, Some(several)) => (*several).to_owned(),
        (false, Some(several)) => format!("and(vec![{}], {several})", single.join(", ")),
        (_, None) => format!("vec![{}]", single.join(", ")),
    }
}

/// What a parameter accepts, and the expression that makes terms of it.
fn taken(word: &str, kind: &Type, accepts: Option<Accepts>, is_variadic: bool) -> (String, String) {
    let into =
        |face: &str, of: &str| (format!("impl Into<{face}<{of}>>"), format!("{word}.into().into_term()"));
    let values = |of: &str| (format!("impl Values<{of}>"), format!("{word}.into_terms()"));
    match accepts {
        Some(Accepts::Value(of)) => into("Value", of),
        Some(Accepts::Values(of)) => values(of),
        Some(Accepts::Sequence(of)) => (format!("impl Sequence<{of}>"), format!("{word}.into_sequence()")),
        Some(Accepts::Any) => ("impl AnyValue".to_owned(), format!("{word}.into_any()")),
        Some(Accepts::AnyValues) => ("impl AnyValues".to_owned(), format!("{word}.into_terms()")),
        Some(Accepts::Sensitive(of)) => into("Sensitive", of),
        Some(Accepts::Ephemeral(of)) => into("Ephemeral", of),
        Some(Accepts::Reference(of)) => into("Ref", of),
        Some(Accepts::Whatever) => ("impl Into<Term>".to_owned(), format!("{word}.into()")),
        None if is_variadic => values(&rust(kind)),
        None => into("Value", &rust(kind)),
    }
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

fn document(out: &mut String, name: &str, signature: &Signature, callee: Callee) {
    let mut paragraphs = vec![signature.description.trim().to_owned()];
    let described = signature.all_parameters().filter(|parameter| !parameter.description.is_empty());
    let list: Vec<String> = described
        .map(|parameter| format!("- `{}`: {}", parameter_word(parameter), parameter.description.trim()))
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
fn object(out: &mut String, name: &str, fields: &std::collections::BTreeMap<String, Type>) {
    let kind = object_type(name);
    out.push_str(&format!(
        "\n/// What [`{}`] gives.\n#[derive(Clone, Debug)]\npub struct {kind}(Expression);\n\nimpl {kind} {{\n",
        snake(name)
    ));
    out.push_str("    /// The whole object.\n    pub fn object(self) -> Value<Any> {\n        Value::of(self.0)\n    }\n");
    for (field, of) in fields {
        let (word, of) = (snake(field), rust(of));
        out.push_str(&format!(
            "\n    /// The attribute `{field}`.\n    pub fn {word}(&self) -> Value<{of}> {{\n        \
             Value::of(Expression::Attribute(Box::new(self.0.clone()), \"{field}\".into()))\n    }}\n"
        ));
    }
    out.push_str("}\n");
}
