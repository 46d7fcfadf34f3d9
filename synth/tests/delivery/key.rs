//! Keys of KMS, their policies, and who may use them.

use serde_json::json;
use synth::kms::{Key, Service};
use synth::{Role, Variable};

use crate::{document, refused, text};

#[test]
fn a_key_changes_itself_every_year_and_belongs_to_its_account() {
    let document = document(|stack| {
        stack.add("data", Key::new("shop/data").description("Invoices"));
    });
    assert_eq!(
        document.pointer("/resource/aws_kms_key/data").unwrap(),
        &json!({ "deletion_window_in_days": 30, "description": "Invoices", "enable_key_rotation": true })
    );
    assert_eq!(document.pointer("/resource/aws_kms_alias/data/name").unwrap(), "alias/shop/data");
    assert_eq!(
        text(&document, "/resource/aws_kms_key_policy/data/policy"),
        "${jsonencode({\"Statement\" = [{\"Action\" = [\"kms:*\"], \"Effect\" = \"Allow\", \
         \"Principal\" = {\"AWS\" = \"arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root\"}, \"Resource\" = [\"*\"]}], \
         \"Version\" = \"2012-10-17\"})}"
    );
}

#[test]
fn a_service_uses_it_for_its_own_account_alone() {
    let document = document(|stack| {
        stack.add("data", Key::new("shop/data").through(Service::Rds).through(Service::S3));
    });
    let policy = text(&document, "/resource/aws_kms_key_policy/data/policy");
    assert!(
        policy.contains(
            "\"Condition\" = {\"StringEquals\" = {\"kms:CallerAccount\" = [data.aws_caller_identity.current.account_id], \
             \"kms:ViaService\" = [\"rds.${data.aws_region.current.name}.amazonaws.com\", \
             \"s3.${data.aws_region.current.name}.amazonaws.com\"]}}"
        ),
        "{policy}"
    );
}

#[test]
fn grants_name_the_one_key() {
    let document = document(|stack| {
        let key = stack.add("data", Key::new("shop/data"));
        let role = stack.add("worker", Role::of_service("worker", "tasks.apprunner.amazonaws.com"));
        stack.grant(key.grant_encrypt(&role));
        stack.grant(key.grant_decrypt(&role));
    });
    let policy = text(&document, "/resource/aws_iam_role_policy/worker/policy");
    assert!(
        policy.contains(
            "[\"kms:Decrypt\", \"kms:Encrypt\", \"kms:GenerateDataKey\"], \"Effect\" = \"Allow\", \
             \"Resource\" = [aws_kms_key.data.arn]"
        ),
        "{policy}"
    );
}

#[test]
fn aliases_and_waits_that_kms_has_not_are_refused() {
    let found = refused(|stack| {
        for (number, alias) in ["", "aws/s3", "alias/x", "a b", "${var.x}"].into_iter().enumerate() {
            stack.add(number.to_string(), Key::new(alias));
        }
        stack.add("days", Key::new("shop").recovery_days(6));
    });
    assert_eq!(
        found,
        [
            "`${var.x}` cannot be a key's alias",
            "`` cannot be a key's alias",
            "`a b` cannot be a key's alias",
            "`alias/x` cannot be a key's alias",
            "`aws/s3` cannot be a key's alias",
            "a key cannot be recoverable for 6 days"
        ]
    );
}

#[test]
fn an_alias_from_a_variable_is_checked_when_it_is_planned() {
    let document = document(|stack| {
        let name = stack.add("name", Variable::<String>::new());
        stack.add("data", Key::new(name));
    });
    assert_eq!(
        text(&document, "/resource/aws_kms_alias/data/lifecycle/precondition/0/condition"),
        "${can(regex(\"^[a-zA-Z0-9/_-]{1,250}$\", var.name)) && (!can(regex(\"^(aws|alias)/\", var.name)))}"
    );
}
