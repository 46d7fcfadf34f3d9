//! Variables, locals, outputs, resources, providers, modules and what is about the past.

use crate::program;

#[test]
fn a_variable_says_its_type_and_what_it_accepts() {
    let program = program(
        r#"variable "size" {
  type        = number
  description = "How many"
  default     = 2
  nullable    = false
  validation {
    condition     = var.size > 0
    error_message = "More than none."
  }
}"#,
    );
    assert!(program.contains(
        r#"stack.add("size", Variable::<Number>::new().description("How many").default(2).validate(|size| Value::from(&size).above(0), "More than none."));"#
    ), "{program}");
}

#[test]
fn what_rust_does_not_say_of_a_type_is_written() {
    let program = program(
        "variable \"sites\" {\n  type = map(object({\n    host = string # the name\n    port = optional(number, 80)\n  }))\n}",
    );
    assert!(program.contains(
        r#"Variable::<Map<Any>>::new().constraint("map(object({ host = string, port = optional(number, 80) }))").nullable()"#
    ), "{program}");
}

#[test]
fn a_secret_default_stands_there_with_a_reason() {
    let program = program("variable \"token\" {\n  type = string\n  sensitive = true\n  default = \"\"\n}");
    assert!(program.contains(r#".sensitive().plaintext_default("", "as it was written"#), "{program}");
}

#[test]
fn what_is_referred_to_comes_first_and_has_a_name() {
    let program = program("output \"b\" { value = local.b }\nlocals {\n  b = local.a\n  a = upper(\"x\")\n}");
    let places = ["let a = ", "let b = ", "Output::of(&b)"].map(|part| program.find(part));
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{program}");
}

#[test]
fn names_are_those_that_a_person_would_choose() {
    let program = program(
        r#"variable "logs" { type = string }
resource "aws_s3_bucket" "logs" { bucket = var.logs }
resource "aws_ecr_repository" "this" { name = "images" }
output "arns" { value = [aws_s3_bucket.logs.arn, aws_ecr_repository.this.arn] }"#,
    );
    for part in
        ["let logs = ", "let logs_bucket = ", "let repository = ", "[logs_bucket.arn(), repository.arn()]"]
    {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn comments_stay_with_what_they_are_about() {
    let program = program("# The name.\n// Of all.\nvariable \"name\" {}\n");
    assert!(program.contains("// The name. // Of all. stack.add(\"name\""), "{program}");
}

#[test]
fn objects_of_count_and_for_each_are_read_through_closures() {
    let program = program(
        r#"variable "names" { type = set(string) }
resource "aws_sqs_queue" "one" {
  count = 2
  name  = "queue-${count.index}"
}
resource "aws_sqs_queue" "each" {
  for_each = var.names
  name     = each.key
}
output "it" { value = [aws_sqs_queue.one[0].arn, aws_sqs_queue.each["a"].arn] }
output "all" { value = aws_sqs_queue.one[*].arn }"#,
    );
    for part in [
        r#"stack.add_count("one", 2, |index| sqs::Queue::new().name(text!("queue-{}", &index)))"#,
        r#"stack.add_for_each("each", names.clone(), |each_| { sqs::Queue::new().name(each_.key()) })"#,
        "[one.at(0, |one| one.arn()), each.at(\"a\", |each| each.arn())]",
        "Output::of(one.all(|one| one.arn()))",
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn configurations_of_providers_are_named_where_they_are_used() {
    let program = program(
        r#"provider "aws" {
  region = "eu-central-1"
  default_tags { tags = { Team = "shop" } }
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
resource "aws_sns_topic" "alarms" { provider = aws.us }"#,
    );
    for part in [
        r#".default_tags(aws::ProviderDefaultTags::new().tags([("Team", "shop")])).configure(stack);"#,
        r#"let us = aws::Provider::new().region("us-east-1").configure_as("us", stack);"#,
        "sns::Topic::new().provider(us)",
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn a_module_gets_typed_inputs_and_gives_typed_outputs() {
    let program = program(
        r#"module "network" {
  source = "./network"
  name   = "shop"
}
resource "aws_security_group" "web" { vpc_id = module.network.vpc_id }"#,
    );
    for part in [
        r#"Module::new("./network").input::<String>("name", "shop")"#,
        r#".vpc_id(network.output::<String>("vpc_id"))"#,
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn what_moved_is_still_said_to_have_moved() {
    let program = program(
        r#"resource "aws_sns_topic" "new" {}
moved {
  from = aws_sns_topic.old
  to   = aws_sns_topic.new
}
removed {
  from = aws_sqs_queue.gone
  lifecycle { destroy = false }
}
import {
  to = aws_sns_topic.new
  id = "arn"
}"#,
    );
    for part in [
        r#"stack.moved("aws_sns_topic.old", new_);"#,
        r#"stack.removed("aws_sqs_queue.gone", Removal::Forget);"#,
        r#"stack.import(new_, "arn");"#,
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn one_of_several_objects_is_imported_by_its_address_and_all_by_their_keys() {
    let program = program(
        r#"variable "arns" { type = map(string) }
resource "aws_sns_topic" "several" { for_each = var.arns }
import {
  to = aws_sns_topic.several["a"]
  id = "arn"
}
import {
  to = module.alarms.aws_sns_topic.this[0]
  id = "arn"
}
import {
  for_each = var.arns
  to       = aws_sns_topic.several[each.key]
  id       = each.value
}"#,
    );
    for part in [
        r##"stack.import_to_address(r#"aws_sns_topic.several["a"]"#, "arn");"##,
        r#"stack.import_to_address("module.alarms.aws_sns_topic.this[0]", "arn");"#,
        "stack.import_each(several, arns",
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn an_object_is_replaced_with_another_as_a_whole_by_an_attribute_or_by_an_index() {
    let program = program(
        r#"resource "terraform_data" "one" {}
resource "terraform_data" "several" { count = 2 }
resource "terraform_data" "it" {
  count = 2
  lifecycle {
    replace_triggered_by = [
      terraform_data.one, terraform_data.one.id, terraform_data.several[0], terraform_data.several[count.index].id
    ]
  }
}"#,
    );
    for part in [
        ".replace_when_changed(one)",
        ".replace_when(one.attribute::<Any>(\"id\"))",
        ".replace_when(several.objects().at(0))",
        r#".replace_when_changed_at("terraform_data.several[count.index].id")"#,
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn a_provider_without_bindings_is_used_without_types() {
    let program = program(
        r#"terraform {
  required_providers {
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }
}
resource "random_id" "suffix" { byte_length = 4 }
output "hex" { value = random_id.suffix.hex }"#,
    );
    for part in [
        r#"Provider { name: "random", source: "hashicorp/random", version: "~> 3.6" };"#,
        r#"Untyped::resource("random_id", &RANDOM).argument("byte_length", Value::from(4))"#,
        r#"suffix.attribute::<Any>("hex")"#,
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn checks_and_conditions_are_rules() {
    let program = program(
        r#"variable "name" { type = string }
resource "aws_sns_topic" "t" {
  name = var.name
  lifecycle {
    prevent_destroy = true
    ignore_changes  = [tags]
    postcondition {
      condition     = self.arn != ""
      error_message = "No ARN."
    }
  }
}
check "named" {
  assert {
    condition     = var.name != ""
    error_message = "No name."
  }
}"#,
    );
    for part in [
        r#".lifecycle(Lifecycle::new().prevent_destroy().ignore_changes("tags"))"#,
        r#".postcondition(Value::from(own::<String>("arn")).differs(""), "No ARN.")"#,
        r#"Check::that(Value::from(&name).differs(""), "No name.")"#,
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn what_terraform_has_by_itself_has_no_provider() {
    let program = program(
        "resource \"terraform_data\" \"it\" { input = 1 }\ndata \"terraform_remote_state\" \"other\" { backend = \"local\" }\n\
         output \"id\" { value = data.terraform_remote_state.other.outputs.id }",
    );
    for part in [
        r#"Untyped::builtin_resource("terraform_data").argument("input", Value::from(1))"#,
        r#"other.attribute::<Any>("outputs").field::<Any>("id")"#,
    ] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn types_as_before_0_12_are_those_of_today() {
    let program = program(
        "variable \"a\" { type = map }\nvariable \"b\" { type = \"list\" }\nvariable \"c\" { type = \"string\" }",
    );
    for part in
        [r#".constraint("map(any)")"#, r#".constraint("list(any)")"#, "Variable::<String>::new().nullable()"]
    {
        assert!(program.contains(part), "{part} in {program}");
    }
}
