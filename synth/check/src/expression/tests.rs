//! The parser against HCL's own grammar as another parser reads it.

use proptest::prelude::*;

use super::{reference, template};

/// Texts that are expressions, and texts that nearly are.
fn expressions() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        "[0-9]{1,3}(\\.[0-9]{1,2})?",
        "[a-c]{1,3}",
        "(var|local)\\.[a-c]{1,2}(\\[0\\]|\\[\"k\"\\]|\\.[a-c])?",
        "\"[a-c $%]{0,3}\"",
        Just("\"a-${var.b}\"".to_owned()),
        Just("aws_x.y[*].id".to_owned()),
        Just("each.value".to_owned()),
        "\\(<<-?EOT\n([a \"%]{0,3}\n){1,2}(b\\$\\{var\\.c\\}\n)? {0,2}EOT\n\\)",
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let operator =
            prop::sample::select(vec!["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"]);
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, sign, b)| format!("{a} {sign} {b}")),
            inner.clone().prop_map(|a| format!("({a})")),
            inner.clone().prop_map(|a| format!("!{a}")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("{a} ? {b} : {c}")),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("f({})", items.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{ k = {a}, \"l\" : {b} }}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("[for k, v in {a} : v if {b}]")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("{{for k, v in {a} : k => {b}}}")),
        ]
    })
}

proptest! {
    #[test]
    fn every_expression_is_read_where_hcl_edit_reads_it(text in expressions()) {
        let theirs = text.parse::<hcl_edit::expr::Expression>();
        prop_assert_eq!(reference(&text).is_ok(), theirs.is_ok(), "{}", text);
    }

    #[test]
    fn a_cut_expression_is_refused_where_hcl_edit_refuses_it(text in expressions(), at in any::<prop::sample::Index>()) {
        let text = text.get(..at.index(text.len() + 1)).unwrap_or_default().trim();
        let theirs = text.parse::<hcl_edit::expr::Expression>();
        prop_assert_eq!(reference(text).is_ok(), theirs.is_ok(), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}", special in r#"[$%{}"\\\[\]().a-c0-9 ~=:?*-]{0,40}"#) {
        let _ = (template(&text), template(&special), reference(&special));
    }
}

#[test]
fn literal_templates_have_no_parts_to_judge() {
    for text in ["", "$", "$${x}", "%%{x}", "a $ b % c {} ~"] {
        assert!(template(text).is_ok(), "{text}");
    }
}

#[test]
fn a_heredoc_ends_at_its_marker_alone_on_a_line() {
    for text in [
        "<<E\nE\n",
        "<<-E\n  a \"b\" \\z\n  E\n",
        "<<E\nE a\n$${b} %%{c}\nE\r\n",
        "<<E\r\na ${var.b}\n%{ if var.c }d\n%{ endif }\nE\n",
        "[<<E\na\nE\n, <<F\nE\nF\n]",
        "{ a = <<E\nb\nE\nc = 1 }",
    ] {
        assert!(reference(text).is_ok(), "{text}");
    }
    for text in ["<<E", "<<E\n", "<<E\na\nE", "<<E a\nE\n", "<<\n\n", "<<E\na E\n", "<<E\n${\nE\n"] {
        assert!(reference(text).is_err(), "{text}");
    }
}

#[test]
fn nesting_without_end_is_refused() {
    assert!(reference(&"(".repeat(100_000)).is_err());
    assert!(reference(&"!".repeat(100_000)).is_err());
    assert!(template(&"${\"".repeat(100_000)).is_err());
    assert!(template(&"%{ if true }".repeat(100_000)).is_err());
    assert!(template(&"%{ for a in b }".repeat(100_000)).is_err());
    assert!(template(&"${<<E\n".repeat(100_000)).is_err());
}
