//! Reads text with references in it.

use crate::construct::{Accepts, Anchor};
use crate::expression::Expression;
use crate::term::Term;

/// What `${…}` of a stack file refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Referred {
    /// A variable, by its name: `var.region`.
    Variable(String),
    /// What a construct offers: `logs.arn`.
    Export {
        /// The construct's name.
        construct: String,
        /// The offered value's name.
        attribute: String,
    },
    /// A value of a block in Terraform's own words, as it is written: `aws_vpc.main.id`, `local.names["a"]`.
    Block(String),
}

enum Piece {
    Literal(String),
    Referred(Referred),
}

/// What a text of a stack file refers to, in its order; nothing where the text cannot be read.
pub fn referred(text: &str) -> Vec<Referred> {
    let referred = pieces(text).unwrap_or_default().into_iter().filter_map(|piece| match piece {
        Piece::Referred(referred) => Some(referred),
        Piece::Literal(_) => None,
    });
    referred.collect()
}

/// Reads text with references.
pub(super) fn parse(text: &str, accepts: Accepts) -> Result<Term, String> {
    let terms = pieces(text)?.into_iter().map(|piece| match piece {
        Piece::Literal(literal) => Term::text(literal),
        Piece::Referred(referred) => referred.expression(accepts).into(),
    });
    Ok(match <[Term; 1]>::try_from(terms.collect::<Vec<_>>()) {
        Ok([term]) => term,
        Err(terms) => Expression::Template(terms).into(),
    })
}

/// At least one.
fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
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
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        pieces.push(Piece::Referred(reference(name.trim())?));
        rest = after;
    }
    literal.push_str(rest);
    if pieces.is_empty() || !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

impl Referred {
    fn expression(self, accepts: Accepts) -> Expression {
        let (of, attribute) = match self {
            Referred::Variable(name) => (Anchor::Variable { name: name.into(), accepts }, String::new()),
            Referred::Export { construct, attribute } => {
                (Anchor::Named { name: construct.into(), kind: None }, attribute)
            }
            Referred::Block(text) => return Expression::Symbol(text.into()),
        };
        Expression::Export { of: Box::new(of), attribute: attribute.into() }
    }
}

fn reference(text: &str) -> Result<Referred, String> {
    let block = || Ok(Referred::Block(text.to_owned()));
    match address(text) {
        Some((names, steps)) => match (names.as_slice(), steps) {
            (["var", name], "") => Ok(Referred::Variable((*name).to_owned())),
            (["local" | "var", _, ..] | [_, _, _, ..], _) => block(),
            ([construct, attribute], "") => Ok(Referred::Export {
                construct: (*construct).to_owned(),
                attribute: (*attribute).to_owned(),
            }),
            // A value of one of several: `aws_subnet.private[0].id`.
            ([_, _], steps) if steps.contains("].") => block(),
            _ => Err(unreadable(text)),
        },
        None => Err(unreadable(text)),
    }
}

fn unreadable(text: &str) -> String {
    format!(
        "`${{{text}}}` is no reference; write `${{var.NAME}}`, `${{CONSTRUCT.ATTRIBUTE}}`, `${{TYPE.NAME.ATTRIBUTE}}` of a block, \
         `${{local.NAME}}` of whatever a local below `terraform` computes, or `$${{` for the text `${{`"
    )
}

/// The names that a reference begins with, and what follows from its first index on.
fn address(text: &str) -> Option<(Vec<&str>, &str)> {
    let (names, steps) = text.find('[').map_or((text, ""), |at| text.split_at(at));
    let names: Vec<&str> = names.split('.').collect();
    (names.iter().all(|name| is_name(name)) && are_steps(steps)).then_some((names, steps))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// Whether text is indexes and attributes: `[0].id`, `["a"]`.
fn are_steps(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let (is_step, after) = if let Some(index) = rest.strip_prefix('[') {
            let (key, after) = index.split_once(']').unwrap_or_default();
            (is_key(key), after)
        } else {
            let attribute = rest.strip_prefix('.').unwrap_or_default();
            let (name, after) = attribute.split_at(attribute.find(['[', '.']).unwrap_or(attribute.len()));
            (is_name(name), after)
        };
        if !is_step {
            return false;
        }
        rest = after;
    }
    true
}

/// A number, or a text in quotation marks that means nothing but itself.
fn is_key(key: &str) -> bool {
    match key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) {
        Some(text) => !text.contains(['"', '\\', '$', '%']),
        None => !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()),
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

    fn block(text: &str) -> Referred {
        Referred::Block(text.to_owned())
    }

    #[test]
    fn a_reference_is_of_a_variable_a_construct_or_a_block() {
        let export = |construct: &str, attribute: &str| Referred::Export {
            construct: construct.to_owned(),
            attribute: attribute.to_owned(),
        };
        let text = "${var.a}${data.arn}${aws_vpc.main.id}${local.a}${var.a.b}$${aws_vpc.main.id}";
        let variable = Referred::Variable("a".to_owned());
        let expected =
            [variable, export("data", "arn"), block("aws_vpc.main.id"), block("local.a"), block("var.a.b")];
        assert_eq!(referred(text), expected);
        assert_eq!(referred("no reference"), []);
    }

    #[test]
    fn a_block_of_several_is_referred_to_by_an_index() {
        for text in [
            "aws_subnet.a[0].id",
            "aws_subnet.a[\"x.y z\"].id",
            "module.vpc.ids[0]",
            "local.a[\"x\"]",
            "data.aws_x.y[1].z[2].w",
        ] {
            assert_eq!(referred(&format!("${{{text}}}")), [block(text)]);
        }
    }

    #[test]
    fn what_is_no_key_and_no_attribute_is_no_reference() {
        for text in [
            "aws_subnet.a[].id",
            "aws_subnet.a[-1].id",
            "aws_subnet.a[*].id",
            "aws_subnet.a[\"].id",
            "aws_subnet.a[\"${x}\"].id",
            "aws_subnet.a[each.key].id",
            "aws_subnet.a[0]id",
            "aws_subnet.a[0].",
            "aws_subnet.a[0",
            "aws_subnet[0]",
            "logs.arn[0]",
            "a..b.c",
        ] {
            assert_eq!(parse(&format!("${{{text}}}"), Accepts::Plain).ok(), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[${}a.%var \\[\\]\"0]{0,16}") {
            let _ = parse(&text, Accepts::Plain);
        }

        #[test]
        fn escaped_text_comes_back(text in "[^$]{0,8}\\$\\{[^$]{0,8}") {
            prop_assert_eq!(parse(&text.replace("${", "$${"), Accepts::Plain), Ok(Term::text(text)));
        }
    }
}
