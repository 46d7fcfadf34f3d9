//! Whatever is written, a policy comes of it that IAM reads.

use policy::deployer::{MAX_CHARACTERS, Phase, policies};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::of;

/// Names as nobody should write them.
fn hostile() -> impl Strategy<Value = Value> {
    let text = select(
        &[
            "",
            "*",
            "arn:",
            "arn:aws",
            "arn:aws:s3",
            "https://",
            "https://sqs.",
            "${",
            "$${x}",
            "${a.b.c}",
            "/",
            "//",
            "\u{fffc}",
            "${aws_s3_bucket.a.id}",
            "${data.aws_s3_bucket.a.id}",
            "${aws_iam_role.a.arn}-x",
            "${var.x}${var.y}",
        ][..],
    );
    prop_oneof![
        text.prop_map(|text| json!(text)),
        ".{0,12}".prop_map(|text| json!(text)),
        Just(json!(null)),
        Just(json!(7)),
        Just(json!([])),
        Just(json!([{"a": "b"}, null])),
        Just(json!({"a": {"role": ["x"]}})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn whatever_is_written_every_need_is_of_a_resource_and_every_policy_fits(
        values in prop::collection::vec(hostile(), 8),
        place in hostile(),
    ) {
        let [name, bucket, role, key, zone, queue, cluster, secret] = values.as_slice() else { unreachable!() };
        let document = json!({
            "terraform": {"backend": {"s3": {"bucket": bucket, "key": key, "region": place}}},
            "provider": {"aws": {"region": place, "allowed_account_ids": name, "assume_role": role}},
            "resource": {
                "aws_s3_bucket": {"a": {"bucket": bucket}},
                "aws_s3_object": {"a": {"bucket": bucket, "key": key, "kms_key_id": key}},
                "aws_iam_role": {"a": {"name": name, "path": queue, "assume_role_policy": role}},
                "aws_lambda_function": {"a": {"function_name": name, "role": role, "kms_key_arn": key}},
                "aws_route53_record": {"a": {"zone_id": zone}},
                "aws_sqs_queue_policy": {"a": {"queue_url": queue}},
                "aws_ecs_service": {"a": {"cluster": cluster, "name": name, "tags": secret}},
                "aws_secretsmanager_secret_version": {"a": {"secret_id": secret, "provider": place}},
            },
            "data": {"terraform_remote_state": {"a": {"backend": place, "config": bucket}}},
        });
        let needs = of(&document);
        prop_assert!(needs.all.iter().all(|need| !need.resources.is_empty() && need.action.contains(':')));
        for policy in policies(&needs.all, &[Phase::Plan, Phase::Apply, Phase::Destroy]) {
            prop_assert!(policy.characters() <= MAX_CHARACTERS);
        }
    }
}
