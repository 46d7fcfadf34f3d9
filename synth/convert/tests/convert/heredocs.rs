//! Heredocs have the value that terraform 1.11.4 gives them.

use crate::{expression, left, stack_file};

#[test]
fn lines_of_a_heredoc_stay_lines() {
    assert_eq!(expression("<<-EOT\n    one\n      two\n  EOT\n"), "Output::of::<String>(r\"one two \")");
}

#[test]
fn a_marker_strips_no_more_than_its_line_of_a_heredoc() {
    assert_eq!(
        expression("<<EOT\n%{ for zone in var.zones ~}\n  ${zone}\n%{ endfor ~}\nend\nEOT\n"),
        r#"text!(r"{}end ", functions::join("", zones.clone().map_each(|zone| text!(r"  {} ", &zone))))"#
    );
}

#[test]
fn an_indentation_is_taken_off_the_lines_of_directives_too() {
    assert_eq!(
        expression("<<-EOT\n    a\n    %{ if var.large ~}\n      b\n    %{ endif ~}\n  EOT\n"),
        r#"text!(r"a {}", conditional::<String>(&large, r"      b ", ""))"#,
        "a line behind a marker that stripped the end of the line before keeps its own"
    );
}

/// What a stack file has of a heredoc.
fn kept(hcl: &str) -> String {
    let output = stack_file(&format!("locals {{\n  large = true\n  it = {hcl}\n}}\n"));
    assert_eq!(left(&output), Vec::<String>::new());
    let file = &output.files["stack.yaml"];
    file.split_once("it: ").map(|(_, it)| it.to_owned()).expect("the local is in the file")
}

#[test]
fn blank_lines_say_nothing_of_an_indentation() {
    assert_eq!(
        kept("<<-EOT\n    ${local.large}\n  \n    b\n  EOT\n"),
        "|-\n      ${<<EOT\n      ${local.large}\n        \n      b\n        EOT\n      }\n"
    );
}

#[test]
fn a_value_at_the_beginning_of_a_line_is_no_indentation() {
    assert_eq!(
        kept("<<-EOT\n${local.large}\n    b\n  EOT\n"),
        "|-\n      ${<<EOT\n      ${local.large}\n          b\n        EOT\n      }\n"
    );
}

#[test]
fn a_marker_that_strips_the_beginning_of_a_line_leaves_no_indentation() {
    assert_eq!(
        kept("<<-EOT\n    a\n    ${~ local.large }\n  EOT\n"),
        "|-\n      ${<<EOT\n          a\n          ${~ local.large }\n        EOT\n      }\n"
    );
}

#[test]
fn a_heredoc_without_lines_is_empty_and_ends() {
    assert_eq!(expression("<<EOT\nEOT\n"), r#"Output::of::<String>("")"#);
    assert_eq!(
        expression("[<<-EOT\n  EOT\n, <<EOT\nb\nEOT\n]"),
        r#"Output::of::<List<String>>(["", r"b "])"#
    );
}
