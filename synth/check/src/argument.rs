//! Terraform's own arguments: expressions, literals, and references as plain text.

use crate::check::Checker;
use crate::constraint;
use crate::context::Context;
use crate::expression::{self, Expression, Step, Traversal, is_template};
use crate::finding::Rule;
use crate::grammar::{Argument, Takes};
use crate::json::{Node, Value};
use crate::types::Type;
use crate::version;

impl<'a> Checker<'a> {
    pub(crate) fn argument(&mut self, argument: &Argument, node: &'a Node<'a>, context: &mut Context<'a>) {
        match argument.takes {
            Takes::Value => drop(self.value(node, context)),
            Takes::Text => self.fits(node, Type::Text, true, context),
            Takes::Number => self.fits(node, Type::Number, true, context),
            Takes::Bool => self.fits(node, Type::Bool, true, context),
            Takes::Texts => self.fits(node, Type::List(Type::Text.into()), true, context),
            Takes::Literal => {}
            Takes::LiteralText => {
                if matches!(node.value, Value::List(_) | Value::Object(_)) {
                    self.wrong(node, "text is needed here", None);
                }
            }
            Takes::Version | Takes::OwnVersion => {
                let Some(text) = node.text() else {
                    return self.wrong(node, "a version constraint is needed here", None);
                };
                match version::allows(text, version::TERRAFORM) {
                    Err(why) => self.wrong(node, &why, None),
                    Ok(false) if argument.takes == Takes::OwnVersion => {
                        let known = version::TERRAFORM;
                        let why =
                            format!("`{text}` excludes Terraform {known}, by whose language this is judged");
                        self.findings.doubt(node.start, why);
                    }
                    Ok(_) => {}
                }
            }
            Takes::LiteralBool => {
                if !matches!(node.value, Value::Bool(_)) && !matches!(node.text(), Some("true" | "false")) {
                    let help = "expressions are not evaluated here";
                    self.wrong(node, "true or false is needed here", Some(help));
                }
            }
            Takes::Count | Takes::ForEach | Takes::DependsOn => {
                let owner = std::mem::replace(&mut context.owner, context.index);
                match argument.takes {
                    Takes::Count => self.number_of(node, context),
                    Takes::ForEach => self.for_each(node, context),
                    _ => self.depends_on(node, context),
                }
                context.owner = owner;
            }
            Takes::Provider => self.provider(node, context),
            Takes::Providers => {
                if let Value::Object(members) = &node.value {
                    members.iter().for_each(|member| self.provider(&member.value, context));
                } else {
                    self.wrong(node, "an object of provider configurations is needed here", None);
                }
            }
            Takes::IgnoreChanges => self.ignore_changes(node, context),
            Takes::ReplaceTriggers => self.replace_triggers(node, context),
            Takes::Condition => self.condition(node, context),
            Takes::Constraint => drop(self.constraint(node)),
            Takes::Address | Takes::ImportTo => drop(self.plain(node, "an address", context)),
            Takes::Word(words) => {
                if !node.text().is_some_and(|text| words.contains(&text)) {
                    let message = format!("one of these words is needed here: {}", words.join(", "));
                    self.wrong(node, &message, Some("it is plain text, without `${}`"));
                }
            }
        }
    }

    fn wrong(&mut self, node: &Node<'a>, message: &str, help: Option<&str>) {
        let help = help.map(str::to_owned);
        self.report(node.start, Rule::WrongValue, message.to_owned(), help);
    }

    fn number_of(&mut self, node: &'a Node<'a>, context: &mut Context<'a>) {
        self.fits(node, Type::Number, false, context);
        let number = match &node.value {
            Value::Number(digits) => digits.parse::<f64>().ok(),
            _ => None,
        };
        // Terraform counts with 64 bits, and refuses null.
        let whole = |number: f64| number >= 0.0 && number.fract() == 0.0 && number < 9.3e18;
        if number.is_some_and(|number| !whole(number)) || matches!(node.value, Value::Null) {
            self.wrong(node, "`count` is a whole number from 0", None);
        }
    }

    fn for_each(&mut self, node: &'a Node<'a>, context: &mut Context<'a>) {
        let inferred = self.value(node, context);
        let of = inferred.of.open();
        let unsuitable = match &of {
            Type::Any | Type::Schema(_) | Type::Map(_) | Type::Object(_) | Type::Body(_) => None,
            Type::Set(of) if matches!(of.as_ref().clone().open(), Type::Any | Type::Text) => None,
            Type::List(_) | Type::Tuple(_) => Some("write `\"${toset([…])}\"`"),
            _ => Some("write an object, or `\"${toset([…])}\"`"),
        };
        if let Some(help) = unsuitable {
            let message = format!("`for_each` needs a map or a set of strings, and this is {}", of.name());
            self.report(node.start, Rule::WrongType, message, Some(help.to_owned()));
        }
        // Values of an object may be sensitive; of which one was, nothing is known here.
        if inferred.sensitive && !matches!(of, Type::Object(_)) {
            let message = "`for_each` cannot be sensitive: its keys are parts of addresses".to_owned();
            self.report(node.start, Rule::WrongValue, message, None);
        }
        if inferred.ephemeral {
            self.refuse_ephemeral(node.start, "`for_each`");
        }
    }

    /// A reference as plain text.
    fn plain(&mut self, node: &'a Node<'a>, what: &str, context: &mut Context<'a>) -> Option<Traversal<'a>> {
        let refuse = |checker: &mut Self| {
            let help = Some("write it as plain text, without `${}`");
            checker.wrong(node, &format!("{what} is needed here"), help);
        };
        let text = match &node.value {
            Value::Text(text) if !is_template(text) => text,
            _ => {
                refuse(self);
                return None;
            }
        };
        context.string = node.start;
        match expression::reference(text) {
            Ok(Expression::Traversal(traversal)) => Some(traversal),
            // An index that is computed, as in `aws_s3_bucket.all[each.key]`.
            Ok(Expression::Index(_)) => None,
            Ok(_) | Err(_) => {
                refuse(self);
                None
            }
        }
    }

    fn each_plain(
        &mut self,
        node: &'a Node<'a>,
        what: &str,
        context: &mut Context<'a>,
        then: &mut dyn FnMut(&mut Self, &'a Node<'a>, Traversal<'a>, &mut Context<'a>),
    ) {
        let Value::List(nodes) = &node.value else {
            let message = format!("an array is needed here, each of its items {what}");
            return self.wrong(node, &message, None);
        };
        for node in nodes {
            if let Some(traversal) = self.plain(node, what, context) {
                then(self, node, traversal, context);
            }
        }
    }

    fn depends_on(&mut self, node: &'a Node<'a>, context: &mut Context<'a>) {
        self.each_plain(
            node,
            "a reference to a whole object",
            context,
            &mut |checker, node, mut traversal, context| {
                let section = matches!(traversal.root, "data" | "ephemeral" | "resource");
                let whole = if section { 2 } else { 1 };
                let rest = traversal.steps.split_off(whole.min(traversal.steps.len()));
                checker.traversal(&traversal, context);
                if !matches!(rest.as_slice(), [] | [Step::Number(..) | Step::Key(..)]) {
                    let help = Some("leave the attribute out");
                    checker.wrong(node, "`depends_on` takes whole objects, not attributes", help);
                }
            },
        );
    }

    fn provider(&mut self, node: &'a Node<'a>, context: &mut Context<'a>) {
        let Some(traversal) = self.plain(node, "the name of a provider, or its name and an alias,", context)
        else {
            return;
        };
        let alias = match traversal.steps.as_slice() {
            [] => return,
            [Step::Attribute(_, alias)] => *alias,
            _ => return self.wrong(node, "a provider is a name, or a name and an alias", None),
        };
        let key = crate::module::Key::Provider(traversal.root, alias);
        let given =
            node.text().is_some_and(|text| self.module.providers.given.iter().any(|given| given == text));
        if self.module.find(key).is_none() && !given {
            let message = format!("there is no provider `{}` with the alias `{alias}`", traversal.root);
            self.report(node.start, Rule::UndeclaredReference, message, self.similar(key));
        }
    }

    fn ignore_changes(&mut self, node: &'a Node<'a>, context: &mut Context<'a>) {
        if node.text() == Some("all") {
            return;
        }
        let what = "the name of an argument, or steps into it,";
        self.each_plain(node, what, context, &mut |checker, node, traversal, context| {
            if traversal.root == "all" && traversal.steps.is_empty() {
                let help = Some("write `\"ignore_changes\": \"all\"`");
                return checker.wrong(node, "`all` stands alone, not in an array", help);
            }
            let root = [Step::Attribute(traversal.at, traversal.root)];
            let of = checker.steps(context.this.clone(), &root, context);
            checker.steps(of, &traversal.steps, context);
        });
    }

    fn replace_triggers(&mut self, node: &'a Node<'a>, context: &mut Context<'a>) {
        self.each_plain(
            node,
            "a reference to a resource",
            context,
            &mut |checker, node, traversal, context| {
                if matches!(
                    traversal.root,
                    "var"
                        | "local"
                        | "data"
                        | "module"
                        | "ephemeral"
                        | "each"
                        | "count"
                        | "path"
                        | "terraform"
                        | "self"
                ) {
                    return checker.wrong(
                        node,
                        "only resources and their attributes trigger a replacement",
                        None,
                    );
                }
                // A resource of many is referred to whole, too.
                checker.traversal(&traversal, context);
            },
        );
    }

    fn condition(&mut self, node: &'a Node<'a>, context: &mut Context<'a>) {
        self.fits(node, Type::Bool, true, context);
        let refers = node.text().filter(|text| is_template(text)).map(expression::template);
        let refers = match refers {
            // A malformed expression has been reported.
            Some(Err(_)) => true,
            Some(Ok(condition)) => Self::refers(&condition),
            None => false,
        };
        if !refers {
            let help = "a condition refers to what it judges: `\"${var.n > 0}\"`";
            self.wrong(node, "this condition refers to nothing: it is always the same", Some(help));
        }
    }

    /// The type that a variable's `type` says.
    pub(crate) fn constraint(&mut self, node: &'a Node<'a>) -> Type<'a> {
        let read = node.text().ok_or_else(|| "a type as text is needed here".to_owned());
        match read.and_then(constraint::read) {
            Ok(of) => of,
            Err(why) => {
                let help = "types are string, number, bool, any, list(…), set(…), map(…), tuple([…]) and object({…})";
                self.wrong(node, &why, Some(help));
                Type::Any
            }
        }
    }
}
