//! Reads text with references in it.

use crate::construct::{Accepts, Anchor};
use crate::expression::Expression;
use crate::term::Term;

/// Reads text with references.
pub(super) fn parse(text: &str, accepts: Accepts) -> Result<Term, String> {
    let mut pieces: Vec<Term> = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.find("${").and_then(|at| rest.split_at_checked(at)) {
        let after = from.strip_prefix("${").unwrap_or_default();
        if let Some(before) = before.strip_suffix('$') {
            literal.push_str(before);
            literal.push_str("${");
            rest = after;
            continue;
        }
        literal.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            return Err(format!("`{from}` has no `}}`; write `$${{` for the text `${{`"));
        };
        if !literal.is_empty() {
            pieces.push(Term::text(std::mem::take(&mut literal)));
        }
        pieces.push(reference(name.trim(), accepts)?.into());
        rest = after;
    }
    literal.push_str(rest);
    if pieces.is_empty() || !literal.is_empty() {
        pieces.push(Term::text(literal));
    }
    Ok(match <[Term; 1]>::try_from(pieces) {
        Ok([piece]) => piece,
        Err(pieces) => Expression::Template(pieces).into(),
    })
}

fn reference(text: &str, accepts: Accepts) -> Result<Expression, String> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    match text.split_once('.') {
        Some(("var", name)) if is_name(name) => {
            let of = Anchor::Variable { name: name.into(), accepts };
            Ok(Expression::Export { of: Box::new(of), attribute: "".into() })
        }
        Some((name, attribute)) if is_name(name) && is_name(attribute) => {
            let of = Anchor::Named { name: name.into(), kind: None };
            Ok(Expression::Export { of: Box::new(of), attribute: attribute.into() })
        }
        _ => Err(format!(
            "`${{{text}}}` is no reference; write `${{var.NAME}}`, `${{CONSTRUCT.ATTRIBUTE}}`, or `$${{` for the text `${{`"
        )),
    }
}

/// A secret is never written out: the value must be one variable that hides it.
pub(super) fn hidden(text: &str, accepts: Accepts) -> Result<Term, String> {
    match parse(text, accepts) {
        Ok(whole @ Term::Expression(Expression::Export { .. })) => Ok(whole),
        _ => Err("a secret cannot be written out: refer to a sensitive variable, `${var.NAME}`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[${}a.%var ]{0,16}") {
            let _ = parse(&text, Accepts::Plain);
        }

        #[test]
        fn escaped_text_comes_back(text in "[^$]{0,8}\\$\\{[^$]{0,8}") {
            prop_assert_eq!(parse(&text.replace("${", "$${"), Accepts::Plain), Ok(Term::text(text)));
        }
    }
}
