//! Terraform's blocks, as stack files have them.

use crate::{left, stack_file};

fn file(hcl: &str) -> String {
    let output = stack_file(hcl);
    assert_eq!(left(&output), Vec::<String>::new());
    output.files["stack.yaml"].clone()
}

#[test]
fn dynamic_blocks_for_an_argument_are_a_list() {
    let file = file(
        r#"
resource "aws_route_table" "this" {
  vpc_id = "vpc-1"
  dynamic "route" {
    for_each = ["10.0.0.0/8"] // one
    iterator = range
    content {
      cidr_block = range.value # of many
    }
  }
}
"#,
    );
    let list = "${[for range in [for key, value in [\"10.0.0.0/8\"] : { key = key, value = value }] : {";
    let compact: Vec<&str> = file.lines().map(str::trim).collect();
    assert!(compact.contains(&list), "{file}");
    assert!(compact.contains(&"cidr_block = range.value"), "{file}");
    assert!(compact.contains(&"gateway_id = null"), "an object has every attribute: {file}");
    assert!(!file.contains("dynamic"), "{file}");
}

#[test]
fn static_blocks_beside_dynamic_ones_for_an_argument_keep_their_place() {
    let file = file(
        r#"
resource "aws_security_group" "this" {
  ingress {
    from_port = 1
    to_port   = 1
    protocol  = "tcp"
  }
  dynamic "ingress" {
    for_each = toset(["a"])
    content {
      from_port = 2
      to_port   = 2
      protocol  = "tcp"
    }
  }
  ingress {
    from_port = 3
    to_port   = 3
    protocol  = "tcp"
  }
}
"#,
    );
    let ports: Vec<&str> = file.lines().map(str::trim).filter(|line| line.starts_with("from_port")).collect();
    assert_eq!(ports, ["from_port = 1", "from_port = 2", "from_port = 3"]);
    assert!(file.contains("${concat([{"), "{file}");
}

#[test]
fn text_that_looks_like_a_template_is_escaped() {
    assert!(file("locals {\n  it = \"$${x} 5%\"\n}\n").contains("it: \"$${x} 5%\""));
}

#[test]
fn an_expression_with_slashes_is_no_comment() {
    assert!(file("locals {\n  it = lower(\"https://A\")\n}\n").contains(r#""${lower(\"https://A\")}""#));
}

#[test]
fn a_template_loses_its_quotes_and_what_they_escape() {
    let file = file(r#"locals { said = "\"a\\b\" ${upper("x")}" }"#);
    assert!(file.contains(r#"said: "\"a\\b\" ${upper(\"x\")}""#), "{file}");
}
