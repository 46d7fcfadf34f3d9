//! Reads the files of a module.

mod heredoc;
mod json;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use hcl_edit::expr::Expression;
use hcl_edit::parser::{parse_body, parse_expr};
use hcl_edit::structure::{Block, Body, Structure};
use hcl_edit::{Decorate as _, Span as _};

use synth_bindings::Api;

use crate::Problem;

/// A place in a file.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) file: Rc<str>,
    /// Where the lines begin.
    starts: Rc<[usize]>,
    pub(crate) line: usize,
}

impl Place {
    /// The line on which a part of the same file begins.
    pub(crate) fn at(&self, span: Option<Range<usize>>) -> Place {
        let line = span.map_or(self.line, |span| self.starts.partition_point(|start| *start <= span.start));
        Place { line, ..self.clone() }
    }

    pub(crate) fn within(&self, expression: &Expression) -> Place {
        self.at(expression.span())
    }

    pub(crate) fn of_block(&self, block: &Block) -> Place {
        self.at(block.ident.span())
    }
}

/// An expression as it is written, without the comments around it.
pub(crate) fn text_of(expression: &Expression) -> String {
    let mut alone = expression.clone();
    alone.decor_mut().clear();
    alone.to_string().trim().to_owned()
}

/// The same, with a line break behind a comment or the end of a heredoc: what follows must not become part of it.
pub(crate) fn closed_text_of(expression: &Expression) -> String {
    let mut text = text_of(expression);
    let may_comment = text.lines().last().is_some_and(|line| line.contains('#') || line.contains("//"));
    if text.contains("<<") || may_comment && parse_expr(&format!("({text})")).is_err() {
        text.push('\n');
    }
    text
}

/// A block of a file.
#[derive(Debug)]
pub(crate) struct Declaration {
    pub(crate) kind: String,
    pub(crate) labels: Vec<String>,
    pub(crate) body: Body,
    pub(crate) place: Place,
    /// The comments before it, a line each.
    pub(crate) comments: Vec<String>,
}

impl Declaration {
    pub(crate) fn label(&self, position: usize) -> &str {
        self.labels.get(position).map_or("", String::as_str)
    }

    pub(crate) fn argument(&self, name: &str) -> Option<&Expression> {
        self.body.get_attribute(name).map(|attribute| &attribute.value)
    }

    /// How others refer to it; empty where nobody can.
    pub(crate) fn address(&self) -> String {
        match self.kind.as_str() {
            "resource" => self.labels.join("."),
            "variable" => format!("var.{}", self.label(0)),
            "local" | "module" | "data" | "ephemeral" => format!("{}.{}", self.kind, self.labels.join(".")),
            "provider" => match self.argument("alias") {
                Some(Expression::String(alias)) => format!("provider.{}.{}", self.label(0), alias.as_str()),
                _ => format!("provider.{}", self.label(0)),
            },
            _ => String::new(),
        }
    }
}

/// Reads files, given by name; `locals` become a declaration each.
pub(crate) fn read(files: &BTreeMap<String, String>, api: &Api) -> Result<Vec<Declaration>, Vec<Problem>> {
    let (mut declarations, mut problems) = (Vec::new(), Vec::new());
    for (name, text) in files {
        // Terraform ignores a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let is_json = name.ends_with(".json");
        let text = if is_json { Cow::Borrowed(text) } else { heredoc::plain_body(text) };
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let file = Place { file: name.as_str().into(), starts: starts.into(), line: 1 };
        if is_json {
            match json::read(&text, &file, api) {
                Ok(read) => declarations.extend(read),
                Err((Place { line, .. }, message)) => {
                    problems.push(Problem { file: name.clone(), line, column: 1, message });
                }
            }
            continue;
        }
        match parse_body(&text) {
            Ok(body) => {
                body.into_iter().for_each(|one| declare(one, &file, &mut declarations, &mut problems))
            }
            Err(error) => problems.push(Problem {
                file: name.clone(),
                line: error.location().line(),
                column: error.location().column(),
                message: format!("this is not Terraform's language: {}", error.message()),
            }),
        }
    }
    twice(&declarations, &mut problems);
    if problems.is_empty() { Ok(declarations) } else { Err(problems) }
}

fn declare(one: Structure, file: &Place, all: &mut Vec<Declaration>, problems: &mut Vec<Problem>) {
    match one {
        Structure::Block(block) if block.ident.as_str() == "locals" => {
            let mut first = comments(block.decor().prefix().map_or("", |prefix| prefix.as_ref()));
            for attribute in block.body.into_attributes() {
                let place = file.at(attribute.span());
                let own = comments(attribute.decor().prefix().map_or("", |prefix| prefix.as_ref()));
                let labels = vec![attribute.key.as_str().to_owned()];
                let comments = first.drain(..).chain(own).collect();
                let body = Body::from_iter([hcl_edit::structure::Attribute::new(
                    hcl_edit::Ident::new("value"),
                    attribute.value,
                )]);
                all.push(Declaration { kind: "local".to_owned(), labels, body, place, comments });
            }
        }
        Structure::Block(block) => {
            let place = file.of_block(&block);
            let comments = comments(block.decor().prefix().map_or("", |prefix| prefix.as_ref()));
            let labels = block.labels.iter().map(|label| label.as_str().to_owned()).collect();
            all.push(Declaration {
                kind: block.ident.to_string(),
                labels,
                body: block.body,
                place,
                comments,
            });
        }
        Structure::Attribute(attribute) => {
            let place = file.at(attribute.span());
            problems.push(Problem {
                file: place.file.to_string(),
                line: place.line,
                column: 1,
                message: format!("`{}` stands outside of every block", attribute.key.as_str()),
            });
        }
    }
}

/// Reports what is declared twice.
fn twice(declarations: &[Declaration], problems: &mut Vec<Problem>) {
    let mut known: BTreeMap<String, &Place> = BTreeMap::new();
    for declaration in declarations {
        let address = match declaration.kind.as_str() {
            "output" | "check" => format!("{}.{}", declaration.kind, declaration.label(0)),
            _ => declaration.address(),
        };
        if address.is_empty() {
            continue;
        }
        let place = &declaration.place;
        if let Some(first) = known.insert(address.clone(), place) {
            problems.push(Problem {
                file: place.file.to_string(),
                line: place.line,
                column: 1,
                message: format!("`{address}` is declared already, in {}:{}", first.file, first.line),
            });
        }
    }
}

/// The comments in what stands before a block, each line without its marks.
fn comments(before: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut is_open = false;
    for line in before.lines().map(str::trim) {
        let text = match line {
            line if is_open => line,
            line => match ["#", "//", "/*"].iter().find_map(|mark| line.strip_prefix(mark)) {
                Some(text) => text,
                None => continue,
            },
        };
        is_open = (is_open || line.starts_with("/*")) && !line.contains("*/");
        lines.push(text.trim_end_matches("*/").trim().to_owned());
    }
    lines
}
