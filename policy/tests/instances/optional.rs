//! What is left out of a value: attributes that its type makes optional, and those that `try` finds missing.

use super::said;

/// What is said of a statement whose action is a part of a variable of this type and value.
fn of_variable(kind: &str, value: &str, action: &str) -> (Vec<(&'static str, String)>, Vec<String>) {
    said(&format!(
        r#"variable "a" {{
  type    = {kind}
  default = {value}
}}
resource "aws_iam_policy" "p" {{
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = {action}, Resource = "arn:aws:sqs:eu-west-1:111122223333:q" }}]
  }})
}}"#
    ))
}

#[test]
fn attributes_that_are_left_out_are_what_the_type_says() {
    for (kind, value, action) in [
        (r#"object({ all = optional(bool, true) })"#, "{}", r#"var.a.all ? "sqs:*" : "sqs:SendMessage""#),
        (
            r#"object({ all = optional(bool, true) })"#,
            "{ all = false }",
            r#"var.a.all ? "sqs:SendMessage" : "sqs:*""#,
        ),
        (r#"map(object({ b = optional(string, "sqs:*") }))"#, "{ x = {} }", "var.a.x.b"),
        (
            r#"list(object({ b = optional(object({ c = optional(string, "sqs:*") }), {}) }))"#,
            "[{}]",
            "var.a[0].b.c",
        ),
        (r#"object({ b = optional(string) })"#, "{}", r#"coalesce(var.a.b, "sqs:*")"#),
    ] {
        let (found, undecided) = of_variable(kind, value, action);
        assert_eq!(found, [("IAM001", "\"sqs:*\"".to_owned())], "{kind} {undecided:?}");
    }
}

#[test]
fn what_is_tried_is_the_first_that_is_there() {
    for (value, action) in [
        (r#"{ b = "sqs:*" }"#, r#"try(var.a.b, "sqs:SendMessage")"#),
        (r#"{ c = "x" }"#, r#"try(var.a.b, "sqs:*")"#),
        (r#"{ c = "x" }"#, r#"try(var.a.b.c, var.a["d"], "sqs:*")"#),
        (r#"[{ b = "sqs:*" }, {}]"#, r#"[for b in var.a : try(b.b, "sqs:*")][1]"#),
    ] {
        let (found, undecided) = of_variable("any", value, action);
        assert_eq!(found, [("IAM001", "\"sqs:*\"".to_owned())], "{action} {undecided:?}");
    }
    let (found, undecided) = of_variable("any", "{}", r#"try(var.b.c, "sqs:*")"#);
    assert_eq!((found.len(), undecided.len()), (0, 1));
}
