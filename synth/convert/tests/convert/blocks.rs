//! Nested blocks.

use crate::program;

#[test]
fn a_block_is_a_builder_and_several_are_a_list() {
    let program = program(
        r#"resource "aws_ecr_repository" "images" {
  name = "images"
  image_scanning_configuration { scan_on_push = true }
}
data "aws_iam_policy_document" "it" {
  statement { actions = ["s3:GetObject"] }
  statement { actions = ["s3:PutObject"] }
}"#,
    );
    for part in [
        ".image_scanning_configuration(ecr::RepositoryImageScanningConfiguration::new().scan_on_push(true))",
        r#".statement([iam::data::PolicyDocumentStatement::new().actions(["s3:GetObject"]), iam::data::PolicyDocumentStatement::new().actions(["s3:PutObject"])])"#,
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn a_dynamic_block_goes_through_what_it_is_given() {
    let program = program(
        r#"variable "rules" { type = list(object({ port = number })) }
resource "aws_security_group" "web" {
  name = "web"
}
resource "aws_wafv2_ip_set" "none" {
  name               = "none"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
}
data "aws_iam_policy_document" "it" {
  dynamic "statement" {
    for_each = var.rules
    iterator = rule
    content {
      sid     = "port${rule.value.port}"
      actions = ["*"]
    }
  }
}"#,
    );
    assert!(program.contains(
        r#".statement(Blocks::dynamic_each("rule", rules.clone(), |rule| { iam::data::PolicyDocumentStatement::new().sid(text!("port{}", rule.value().field::<Number>("port"))).actions(["*"]) }))"#
    ), "{program}");
}

#[test]
fn a_dynamic_block_where_one_may_stand_is_set_by_its_name() {
    let program = program(
        r#"variable "scan" { type = map(bool) }
resource "aws_ecr_repository" "images" {
  name = "images"
  dynamic "image_scanning_configuration" {
    for_each = var.scan
    content { scan_on_push = image_scanning_configuration.value }
  }
}"#,
    );
    assert!(program.contains(r#".argument("image_scanning_configuration", Blocks::dynamic("image_scanning_configuration", scan.clone(), |"#), "{program}");
}

#[test]
fn an_attribute_that_may_be_written_as_blocks_is_a_list_of_builders() {
    let program = program(
        r#"resource "aws_security_group" "web" {
  name = "web"
  ingress {
    from_port = 80
    to_port   = 80
    protocol  = "tcp"
  }
}"#,
    );
    assert!(program.contains(r#".ingress([ec2::SecurityGroupIngress::new().from_port(80)"#), "{program}");
}

#[test]
fn an_argument_of_null_is_left_out() {
    let program = program("resource \"aws_sns_topic\" \"t\" {\n  name = \"t\"\n  display_name = null\n}");
    assert!(program.contains(r#"sns::Topic::new().name("t"));"#), "{program}");
}

#[test]
fn provisioners_keep_their_order_and_their_arguments() {
    let program = program(
        r#"resource "terraform_data" "it" {
  input = "a"
  provisioner "local-exec" {
    command = "echo ${self.output}"
    when    = destroy
  }
}"#,
    );
    assert!(program.contains(
        r#".argument("provisioner", Term::List(vec![Body::new().with("local-exec", Body::new().with("command", text!("echo {}", own::<String>("output"))).with("when", Term::text("destroy"))).into()]))"#
    ), "{program}");
}
