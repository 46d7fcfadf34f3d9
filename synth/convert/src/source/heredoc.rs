//! Heredocs that the parser reads otherwise than Terraform, as ones of the same value and the same number of lines.
//!
//! Of indented ones, `<<-`, Terraform takes the indentation off when markers have stripped white space, over the lines of every
//! directive (hclsyntax, "flushHeredocTemplateParts"). The parser here does so before, over the text outside of directives;
//! and where there is no line in a heredoc it reads on to the next end of that name.

use std::borrow::Cow;
use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::parser::{Error, parse_body, parse_template};
use hcl_edit::template::{Directive, Element, HeredocTemplate, Strip, Template};
use hcl_edit::visit::{Visit, visit_heredoc_template};

/// A heredoc without lines.
const EMPTY: &str = "\"${\n\"\"}\"";

/// A file; what cannot be read is left to whoever reads it then.
pub(super) fn plain_body(text: &str) -> Cow<'_, str> {
    plain(text, |finder| parse_body(finder.text).map(|body| finder.visit_body(&body)))
}

/// A template.
pub(super) fn plain_template(text: &str) -> Cow<'_, str> {
    plain(text, |finder| parse_template(finder.text).map(|template| finder.visit_template(&template)))
}

fn plain(text: &str, find: impl Fn(&mut Finder<'_>) -> Result<(), Error>) -> Cow<'_, str> {
    let mut plain = Cow::Borrowed(text);
    while plain.contains("<<") {
        let mut finder = Finder { text: &plain, empty: None, superfluous: Vec::new() };
        if find(&mut finder).is_err() {
            break;
        }
        let Finder { empty, mut superfluous, .. } = finder;
        if let Some(empty) = empty {
            // What is behind it was taken for its lines.
            plain.to_mut().replace_range(empty, EMPTY);
            continue;
        }
        superfluous.sort_by_key(|range| range.start);
        for range in superfluous.into_iter().rev() {
            plain.to_mut().replace_range(range, "");
        }
        break;
    }
    plain
}

/// Finds what a text has to lose.
struct Finder<'t> {
    text: &'t str,
    /// The first heredoc without lines.
    empty: Option<Range<usize>>,
    superfluous: Vec<Range<usize>>,
}

impl Visit for Finder<'_> {
    fn visit_heredoc_template(&mut self, node: &HeredocTemplate) {
        let span = node.span().unwrap_or_default();
        let written = self.text.get(span.clone()).unwrap_or_default();
        let (opening, lines) = written.split_once('\n').unwrap_or((written, ""));
        let first = lines.lines().next().unwrap_or_default();
        if first.trim() == node.delimiter.as_str() && self.empty.is_none() {
            self.empty = Some(span.start..span.start + opening.len() + 1 + first.len());
        }
        if opening.starts_with("<<-") {
            let hyphen = span.start + 2;
            self.superfluous.push(hyphen..hyphen + 1);
            let mut tokens = Tokens { text: self.text, all: Vec::new(), strips_next: false };
            tokens.template(&node.template);
            self.superfluous.extend(tokens.indentation());
        }
        visit_heredoc_template(self, node);
    }
}

/// A part of a heredoc.
enum Token<'t> {
    /// Text up to the end of a line, without what markers strip from it, and where it begins.
    Literal(usize, &'t str),
    /// A value or a part of a directive.
    Marker,
}

/// The parts of a heredoc, those inside of directives among them.
struct Tokens<'t> {
    text: &'t str,
    all: Vec<Token<'t>>,
    /// Whether the last marker strips the white space behind it.
    strips_next: bool,
}

impl Tokens<'_> {
    fn template(&mut self, template: &Template) {
        for element in template {
            match element {
                Element::Literal(literal) => self.literal(literal.span().unwrap_or_default()),
                Element::Interpolation(value) => self.marker(value.strip),
                Element::Directive(directive) => self.directive(directive),
            }
        }
    }

    fn directive(&mut self, directive: &Directive) {
        match directive {
            Directive::If(choice) => {
                self.marker(choice.if_expr.strip);
                self.template(&choice.if_expr.template);
                if let Some(otherwise) = &choice.else_expr {
                    self.marker(otherwise.strip);
                    self.template(&otherwise.template);
                }
                self.marker(choice.endif_expr.strip);
            }
            Directive::For(each) => {
                self.marker(each.for_expr.strip);
                self.template(&each.for_expr.template);
                self.marker(each.endfor_expr.strip);
            }
        }
    }

    fn literal(&mut self, span: Range<usize>) {
        let mut at = span.start;
        for line in self.text.get(span).unwrap_or_default().split_inclusive('\n') {
            let kept = if std::mem::take(&mut self.strips_next) { line.trim_start() } else { line };
            self.all.push(Token::Literal(at + line.len() - kept.len(), kept));
            at += line.len();
        }
    }

    fn marker(&mut self, strip: Strip) {
        if let (Strip::Start | Strip::Both, Some(Token::Literal(_, text))) = (strip, self.all.last_mut()) {
            *text = text.trim_end();
        }
        self.all.push(Token::Marker);
        self.strips_next = matches!(strip, Strip::End | Strip::Both);
    }

    /// The white space that all lines begin with, but for blank ones.
    fn indentation(&self) -> Vec<Range<usize>> {
        let mut least = usize::MAX;
        let mut lines = Vec::new();
        let mut begins_line = true;
        for token in &self.all {
            let (at, text) = match token {
                Token::Literal(at, text) => (*at, *text),
                Token::Marker => (0, ""),
            };
            let begun = std::mem::replace(&mut begins_line, text.ends_with('\n'));
            let is_blank = text.ends_with('\n') && text.trim_start().is_empty();
            if begun && !is_blank {
                let spaces = text.chars().take_while(|c| c.is_whitespace());
                least = least.min(spaces.count());
                lines.push((at, text));
            }
        }
        let taken = |text: &str| text.chars().take(least).map(char::len_utf8).sum::<usize>();
        lines.into_iter().map(|(at, text)| at..at + taken(text)).collect()
    }
}
