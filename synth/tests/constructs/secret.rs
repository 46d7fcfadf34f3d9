//! Secrets of one value, and of several.

use synth::app_runner::Size;
use synth::{Secret, SecretKey, Variable};

use super::{document, image, policy, refusal};

#[test]
fn a_secret_without_a_value_is_only_a_name() {
    let document = document(|stack| {
        stack.add("token", Secret::new("shop/token"));
    });
    assert_eq!(document.pointer("/resource/aws_secretsmanager_secret_version"), None);
}

#[test]
fn a_json_secret_is_sent_as_one_write_only_object() {
    let document = document(|stack| {
        let password = stack.add("password", Variable::<String>::new().ephemeral());
        let host = stack.add("host", Variable::<String>::new());
        let secret = Secret::new("shop/database").value_version(3).json(|keys| {
            keys.add("password", password);
            keys.plain("host", &host);
        });
        stack.add("database", secret);
    });
    let version = &document["resource"]["aws_secretsmanager_secret_version"]["database"];
    assert_eq!(
        version["secret_string_wo"],
        "${jsonencode({\"host\" = var.host, \"password\" = var.password})}"
    );
    assert_eq!(version["secret_string_wo_version"], 3);
}

#[test]
fn containers_read_one_key_by_the_arn_with_the_key_behind_it() {
    let document = document(|stack| {
        let password = stack.add("password", Variable::<String>::new().ephemeral());
        let secret = Secret::new("shop/database").json(|keys| keys.add("password", password));
        let (_, password) = stack.add("database", secret);
        stack.add(
            "api",
            super::Service::new("shop-api", image(), Size::new(1, 2)).secret("PASSWORD", password),
        );
    });
    let service = document["resource"]["aws_apprunner_service"]["api"].to_string();
    assert!(service.contains("${aws_secretsmanager_secret.database.arn}:password::"), "{service}");
    // The ARN of a policy has no key: IAM allows the secret as a whole.
    assert!(policy(&document, "api__instance").contains("[aws_secretsmanager_secret.database.arn]"));
}

#[test]
fn keys_that_containers_cannot_read_are_refused() {
    let with = |keys: fn(&mut synth::Keys) -> SecretKey| {
        refusal(|stack| {
            stack.add("database", Secret::new("shop/database").json(keys));
        })
    };
    assert_eq!(with(|keys| keys.plain("a:b", "x")), "`a:b` cannot be a key that containers read");
    assert_eq!(with(|keys| keys.plain("", "x")), "`` cannot be a key that containers read");
    assert_eq!(
        with(|keys| {
            keys.plain("a", "x");
            keys.plain("a", "y")
        }),
        "the key `a` is given twice"
    );
}

#[test]
fn a_secret_is_one_value_or_an_object() {
    let message = refusal(|stack| {
        let token = stack.add("token", Variable::<String>::new().ephemeral());
        stack.add("token", Secret::new("token").value(token).json(|keys| keys.plain("a", "x")));
    });
    assert_eq!(message, "a secret holds one value, or a JSON object");
}
