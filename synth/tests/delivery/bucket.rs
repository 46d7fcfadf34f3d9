//! Buckets, their policies, and grants on their objects.

use proptest::prelude::*;
use serde_json::json;
use synth::aws::Provider;
use synth::kms::Key;
use synth::s3::{Bucket, Expiry};
use synth::{App, Role, Term, Variable, resolve};

use crate::{document, refused, text};

#[test]
fn a_bucket_is_private_encrypted_and_versioned_where_nothing_is_said() {
    let document = document(|stack| {
        stack.add("files", Bucket::new("shop-files"));
    });
    let of = |kind: &str| document.pointer(&format!("/resource/aws_s3_bucket_{kind}/files")).unwrap();
    let bucket = "${aws_s3_bucket.files.id}";
    assert_eq!(
        document.pointer("/resource/aws_s3_bucket/files").unwrap(),
        &json!({ "bucket": "shop-files" })
    );
    assert_eq!(
        of("public_access_block"),
        &json!({ "bucket": bucket, "block_public_acls": true, "block_public_policy": true,
                 "ignore_public_acls": true, "restrict_public_buckets": true })
    );
    assert_eq!(of("ownership_controls")["rule"]["object_ownership"], "BucketOwnerEnforced");
    assert_eq!(of("versioning")["versioning_configuration"]["status"], "Enabled");
    let encryption = &of("server_side_encryption_configuration")["rule"][0];
    assert_eq!(encryption["apply_server_side_encryption_by_default"], json!({ "sse_algorithm": "AES256" }));
    assert_eq!(
        of("lifecycle_configuration")["rule"],
        json!([{ "id": "incomplete-uploads", "status": "Enabled", "filter": [{ "prefix": "" }],
                 "abort_incomplete_multipart_upload": [{ "days_after_initiation": 7 }] }])
    );
}

#[test]
fn nobody_reaches_a_bucket_without_tls() {
    let document = document(|stack| {
        stack.add("files", Bucket::new("shop-files"));
    });
    assert_eq!(
        text(&document, "/resource/aws_s3_bucket_policy/files/policy"),
        "${jsonencode({\"Statement\" = [{\"Action\" = [\"s3:*\"], \
         \"Condition\" = {\"Bool\" = {\"aws:SecureTransport\" = [\"false\"]}}, \"Effect\" = \"Deny\", \
         \"Principal\" = \"*\", \"Resource\" = [aws_s3_bucket.files.arn, \"${aws_s3_bucket.files.arn}/*\"]}], \
         \"Version\" = \"2012-10-17\"})}"
    );
}

#[test]
fn access_logs_are_let_into_the_other_bucket_by_its_one_policy() {
    let document = document(|stack| {
        let logs = stack.add("logs", Bucket::new("shop-logs").expire(Expiry::after_days(90)));
        stack.add("files", Bucket::new("shop-files").logs_to(logs));
        stack.add("exports", Bucket::new("shop-exports").logs_to(logs));
    });
    let logging = document.pointer("/resource/aws_s3_bucket_logging/files").unwrap();
    assert_eq!(
        (&logging["target_bucket"], &logging["target_prefix"]),
        (&json!("${aws_s3_bucket.logs.bucket}"), &json!("shop-files/"))
    );
    let policies = document.pointer("/resource/aws_s3_bucket_policy").unwrap().as_object().unwrap();
    assert_eq!(policies.keys().collect::<Vec<_>>(), ["exports", "files", "logs"]);
    let policy = text(&document, "/resource/aws_s3_bucket_policy/logs/policy");
    for said in [
        "\"aws:SecureTransport\"",
        "\"${aws_s3_bucket.logs.arn}/shop-files/*\"",
        "\"ArnLike\" = {\"aws:SourceArn\" = [aws_s3_bucket.files.arn]}",
        "\"${aws_s3_bucket.logs.arn}/shop-exports/*\"",
        "\"ArnLike\" = {\"aws:SourceArn\" = [aws_s3_bucket.exports.arn]}",
    ] {
        assert!(policy.contains(said), "{said} is not in {policy}");
    }
}

#[test]
fn grants_are_on_objects_alone_and_on_the_key_through_s3() {
    let document = document(|stack| {
        let key = stack.add("key", Key::new("shop/files"));
        let files = stack.add("files", Bucket::new("shop-files").encrypted_with(key));
        let plain = stack.add("plain", Bucket::new("shop-plain"));
        let role = stack.add("worker", Role::of_service("worker", "tasks.apprunner.amazonaws.com"));
        stack.grant_all(files.under("uploads/").grant_read(&role));
        stack.grant_all(plain.objects().grant_write(&role));
        stack.grant_all(plain.objects().grant_delete(&role));
        stack.grant(plain.under("a/").grant_list(&role));
    });
    let encryption = "/resource/aws_s3_bucket_server_side_encryption_configuration/files/rule/0";
    assert_eq!(
        document.pointer(encryption).unwrap(),
        &json!({ "bucket_key_enabled": true,
                 "apply_server_side_encryption_by_default":
                     { "sse_algorithm": "aws:kms", "kms_master_key_id": "${aws_kms_key.key.arn}" } })
    );
    let policy = text(&document, "/resource/aws_iam_role_policy/worker/policy");
    for said in [
        "{\"Action\" = [\"s3:GetObject\"], \"Effect\" = \"Allow\", \"Resource\" = [\"${aws_s3_bucket.files.arn}/uploads/*\"]}",
        "\"Resource\" = [aws_kms_key.key.arn]",
        "{\"kms:ViaService\" = [\"s3.${aws_s3_bucket.files.region}.amazonaws.com\"]}",
        "[\"s3:AbortMultipartUpload\", \"s3:DeleteObject\", \"s3:PutObject\"], \"Effect\" = \"Allow\", \"Resource\" = [\"${aws_s3_bucket.plain.arn}/*\"]",
        "{\"StringLike\" = {\"s3:prefix\" = [\"a/*\"]}}",
    ] {
        assert!(policy.contains(said), "{said} is not in {policy}");
    }
}

#[test]
fn characters_of_a_prefix_are_no_wildcards() {
    let document = document(|stack| {
        let files = stack.add("files", Bucket::new("shop-files"));
        let role = stack.add("worker", Role::of_service("worker", "tasks.apprunner.amazonaws.com"));
        stack.grant_all(files.under("*/${x}?").grant_read(&role));
    });
    let policy = text(&document, "/resource/aws_iam_role_policy/worker/policy");
    // In an expression, `$${` is the text `${`.
    assert!(policy.contains("${aws_s3_bucket.files.arn}/$${*}/$${$}{x}$${?}*"), "{policy}");
}

#[test]
fn everything_below_a_bucket_can_be_set_otherwise_its_merged_policy_too() {
    let document = document(|stack| {
        let files = stack.add("files", Bucket::new("shop-files"));
        let versions = "/versioning_configuration/status";
        stack.override_inside(files, "aws_s3_bucket_versioning", versions, Term::text("Suspended"));
        stack.override_inside(files, "aws_s3_bucket_policy", "/policy", Term::text("{}"));
    });
    assert_eq!(text(&document, "/resource/aws_s3_bucket_policy/files/policy"), "{}");
    let versions = "/resource/aws_s3_bucket_versioning/files/versioning_configuration/status";
    assert_eq!(text(&document, versions), "Suspended");
}

#[test]
fn a_bucket_without_a_legal_name_is_refused() {
    let long = "a".repeat(64);
    let names = [
        "",
        "ab",
        long.as_str(),
        "Shop",
        "shop_files",
        "-shop",
        "shop.",
        "a..b",
        "192.0.2.1",
        "xn--shop",
        "shop-s3alias",
        "${var.x}",
    ];
    let found = refused(|stack| {
        for (number, name) in names.into_iter().enumerate() {
            stack.add(number.to_string(), Bucket::new(name));
        }
    });
    // All stand on one line: what is said of it is sorted.
    let mut expected = names.map(|name| format!("`{name}` cannot be a bucket's name"));
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_name_from_a_variable_is_checked_when_it_is_planned() {
    let document = document(|stack| {
        let name = stack.add("name", Variable::<String>::new());
        stack.add("files", Bucket::new(name).keep_old_versions(30).emptied_on_destroy());
    });
    assert_eq!(
        text(&document, "/resource/aws_s3_bucket/files/lifecycle/precondition/0/condition"),
        "${can(regex(\"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$\", var.name))}"
    );
    assert_eq!(document.pointer("/resource/aws_s3_bucket/files/force_destroy").unwrap(), true);
    let rules = document.pointer("/resource/aws_s3_bucket_lifecycle_configuration/files/rule").unwrap();
    assert_eq!(rules[1]["noncurrent_version_expiration"], json!([{ "noncurrent_days": 30 }]));
}

#[test]
fn logs_that_s3_would_not_write_are_refused() {
    let found = refused(|stack| {
        Provider::new().region("us-east-1").configure(stack);
        let key = stack.add("key", Key::new("shop/logs"));
        let sealed = stack.add("sealed", Bucket::new("shop-sealed").encrypted_with(key));
        stack.add("files", Bucket::new("shop-files").logs_to(sealed));
        stack.add("brief", Bucket::new("shop-brief").expire(Expiry::after_days(0).under("x/")));
    });
    assert_eq!(
        found,
        [
            "access logs cannot be written to a bucket that is encrypted with a key of KMS",
            "objects cannot be deleted after 0 days"
        ]
    );
}

#[test]
fn logs_stay_in_the_buckets_region() {
    let mut app = App::new();
    let mut east = app.stack("east");
    Provider::new().region("us-east-1").configure(&mut east);
    let logs = east.add("logs", Bucket::new("shop-logs"));
    let mut west = app.stack("west");
    Provider::new().region("us-west-2").configure(&mut west);
    west.add("files", Bucket::new("shop-files").logs_to(logs));
    let problems = resolve(app).unwrap_err();
    assert_eq!(
        problems.0[0].message,
        "access logs of a bucket in us-west-2 cannot be written to a bucket in us-east-1"
    );
}

#[test]
fn a_policy_with_a_part_of_another_stack_is_written_there() {
    let mut app = App::new();
    let logs = app.stack("storage").add("logs", Bucket::new("shop-logs"));
    app.stack("site").add("files", Bucket::new("shop-files").logs_to(logs));
    let documents = resolve(app).unwrap();
    let policies = |stack: &str| {
        let document = documents.iter().find(|document| document.stack == stack).unwrap();
        let json: serde_json::Value = serde_json::from_str(&document.json).unwrap();
        let policies =
            json.pointer("/resource/aws_s3_bucket_policy").and_then(|policies| policies.as_object());
        policies.map(|policies| policies.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
    };
    assert_eq!(policies("storage"), Vec::<String>::new());
    assert_eq!(policies("site"), ["files", "files__logs"]);
}

#[test]
fn a_policy_cannot_be_in_two_stacks() {
    let mut app = App::new();
    let logs = app.stack("storage").add("logs", Bucket::new("shop-logs"));
    app.stack("one").add("files", Bucket::new("shop-one").logs_to(logs));
    app.stack("two").add("files", Bucket::new("shop-two").logs_to(logs));
    let problems = resolve(app).unwrap_err();
    assert_eq!(
        problems.0[0].message,
        "the one policy of `storage/logs` would have to be in several stacks: one/files, two/files have a part in it"
    );
}

proptest! {
    #[test]
    fn no_name_makes_it_panic_or_gets_into_the_document_unchecked(name in "\\PC{0,70}") {
        let mut app = App::new();
        app.stack("s").add("files", Bucket::new(name.as_str()));
        if let Ok(documents) = resolve(app) {
            prop_assert!(documents[0].json.contains(&format!("\"bucket\": \"{name}\"")), "{}", name);
        }
    }
}
