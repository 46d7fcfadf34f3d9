//! What is read from files.

use super::*;
use crate::schema::Presence;

fn read(files: &[(&str, &str)]) -> Result<Interface, ModuleError> {
    Interface::read(files.iter().copied())
}

fn said(files: &[(&str, &str)]) -> String {
    read(files).map_or_else(|error| error.to_string(), |interface| format!("nothing is wrong: {interface:?}"))
}

const HCL: &str = r#"
variable "name" {
  type = string
  description = "Its name"
}
variable "rules" {
  type = list(object({ port = number, note = optional(string, "x") }))
  default = []
  nullable = false
}
variable "token" {
  sensitive = true
  ephemeral = true
}
output "greeting" { value = "hello ${var.name}" }
output "name" {
  value = var.name
  sensitive = true
}
output "far" { value = aws_vpc.this.id }
"#;

const JSON: &str = r#"{
  "//": "a comment",
  "variable": [
    { "name": { "type": "string", "description": "Its name" } },
    { "rules": [{ "type": "list(object({ port = number, note = optional(string, \"x\") }))", "default": [], "nullable": false }],
      "token": { "//": "quiet", "sensitive": "true", "ephemeral": true } }
  ],
  "output": {
    "greeting": { "value": "hello ${var.name}" },
    "name": { "value": "${var.name}", "sensitive": true },
    "far": { "value": "${aws_vpc.this.id}" }
  }
}"#;

#[test]
fn both_syntaxes_say_the_same() {
    let (hcl, json) = (read(&[("a.tf", HCL)]).unwrap(), read(&[("a.tf.json", JSON)]).unwrap());
    assert_eq!(format!("{hcl:?}"), format!("{json:?}"));
    let Type::List(rule) = &hcl.variables["rules"].kind else { panic!("{hcl:?}") };
    let Type::Structure(fields) = rule.as_ref() else { panic!("{rule:?}") };
    assert_eq!(fields["port"], (Type::Number, Presence::Required));
    assert_eq!(fields["note"], (Type::Text, Presence::Optional));
    let token = &hcl.variables["token"];
    assert!(token.required && token.sensitive && token.ephemeral && token.nullable);
    assert!(!hcl.variables["rules"].required && !hcl.variables["rules"].nullable);
}

#[test]
fn types_of_outputs_are_told_where_the_value_tells_them() {
    let text = r#"
        variable "n" { type = number }
        variable "any" {}
        output "text" { value = "a" }
        output "template" { value = "${var.n}${var.n}" }
        output "alone" { value = "${var.n}" }
        output "heredoc" { 
          value = <<-E
            x
          E
        }
        output "sum" { value = -(var.n + 1) }
        output "less" { value = var.n < 2 && !true }
        output "either" { value = var.n == 1 ? "a" : "b" }
        output "mixed" { value = var.n == 1 ? "a" : 1 }
        output "any" { value = var.any }
        output "call" { value = upper("a") }
        output "resource" { value = aws_vpc.this.id }
        output "missing" { value = var.missing }
        output "nothing" {}
    "#;
    let outputs = read(&[("main.tf", text)]).unwrap().outputs;
    let kind = |name: &str| outputs[name].kind.clone();
    for name in ["text", "template", "heredoc", "either"] {
        assert_eq!(kind(name), Typing::Known(Type::Text), "{name}");
    }
    for name in ["alone", "sum"] {
        assert_eq!(kind(name), Typing::Known(Type::Number), "{name}");
    }
    assert_eq!(kind("less"), Typing::Known(Type::Bool));
    for name in ["mixed", "any", "call", "resource", "missing", "nothing"] {
        assert_eq!(kind(name), Typing::Unknown, "{name}");
    }
}

#[test]
fn an_override_file_changes_arguments() {
    let files = [
        ("main_override.tf", "variable \"v\" { sensitive = true }"),
        ("main.tf", "variable \"v\" { type = bool }"),
        ("notes.txt", "{{{"),
    ];
    let interface = read(&files).unwrap();
    assert!(interface.variables["v"].sensitive);
    assert_eq!(interface.variables["v"].kind, Type::Bool);
}

#[test]
fn a_module_without_variables_is_one() {
    let interface = read(&[("main.tf", "")]).unwrap();
    assert!(interface.variables.is_empty() && interface.outputs.is_empty());
    assert_eq!(said(&[("README.md", "")]), "the folder holds no `.tf` or `.tf.json` file: it is no module");
}

#[test]
fn what_terraform_would_refuse_is_refused_with_its_place() {
    for (file, text, expected) in [
        ("a.tf", "variable \"v\" {\n  type = \n}", "`a.tf`:2:"),
        ("a.tf", "variable {}", "`a.tf`: the variable `` has no legal name"),
        ("a.tf", "variable \"a b\" {}", "`a.tf`: the variable `a b` has no legal name"),
        ("a.tf", "variable \"source\" {}", "`a.tf`: no variable can be named `source`"),
        (
            "a.tf",
            "variable \"v\" {}\nvariable \"v\" {}",
            "there are two of variable `v`; the first one is in `a.tf`",
        ),
        ("a.tf", "variable \"v\" { type = int }", "the type of the variable `v` is `int`, which is no type"),
        (
            "a.tf",
            "variable \"v\" { type = \"number\" }",
            "is the text `number`: write the type without quotes",
        ),
        (
            "a.tf",
            "variable \"v\" { type = optional(string) }",
            "has `optional` outside of an object's attributes",
        ),
        ("a.tf", "variable \"v\" { type = list(string, string) }", "another number of arguments than one"),
        ("a.tf", "variable \"v\" { type = tuple(string) }", "write `tuple([…])`"),
        ("a.tf", "variable \"v\" { type = object(string) }", "write `object({…})`"),
        ("a.tf", "variable \"v\" { type = 1 + 1 }", "is `1 + 1`, which is no type"),
        (
            "a.tf",
            "variable \"v\" { sensitive = var.x }",
            "`sensitive` of the variable `v` is not true or false",
        ),
        (
            "a.tf",
            "output \"o\" { description = upper(\"x\") }",
            "`description` of the output `o` is not text",
        ),
        ("a.tf.json", "{", "`a.tf.json` is not JSON: "),
        ("a.tf.json", "[1]", "`the document` is not an object"),
        ("a.tf.json", "{\"variable\": {\"v\": 1}}", "`variable.v` is not an object"),
        ("a.tf.json", "{\"variable\": {\"v\": {\"type\": \"${string}\"}}}", "is the text `${string}`"),
        ("a.tf.json", "{\"variable\": {\"v\": {\"type\": 1}}}", "is `null`, which is no type"),
    ] {
        let said = said(&[(file, text)]);
        assert!(said.contains(expected), "{text}\n{said}");
    }
}

#[test]
fn endless_nesting_is_refused() {
    let deep = format!("variable \"v\" {{ type = {}string }}", "list(".repeat(100_000));
    assert!(said(&[("a.tf", &deep)]).contains("this is not Terraform's language"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_a_module_or_an_error(text in "(variable|output|type|\"|\\{|\\}|=|object|\\(|\\)| |\n|\\PC){0,24}") {
        let _ = (said(&[("a.tf", &text)]), said(&[("a.tf.json", &text)]));
    }
}
