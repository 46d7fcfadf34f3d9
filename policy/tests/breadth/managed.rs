//! Managed policies are judged by what they say.

use serde_json::{Value, json};

use crate::{attached, judge, said};

#[test]
fn managed_policies_are_judged_by_what_they_say() {
    for (name, rule) in [
        ("AdministratorAccess", "IAM009"),
        ("PowerUserAccess", "IAM009"),
        ("AmazonVPCFullAccess", "IAM009"),
        ("job-function/Billing", "IAM046"),
        ("ReadOnlyAccess", "IAM046"),
        ("AmazonSSMManagedInstanceCore", "IAM046"),
        ("service-role/AWSLambdaSQSQueueExecutionRole", "IAM046"),
        // All of a service, but prescribed by AWS.
        ("service-role/AWSGlueServiceRole", "IAM046"),
    ] {
        let (rules, undecided) = attached(&format!("arn:aws:iam::aws:policy/{name}"));
        assert!(rules.contains(&rule), "{name}: {rules:?}");
        assert_eq!(undecided, [""; 0], "{name}");
    }
}

#[test]
fn managed_policies_that_say_little_are_silent() {
    for name in [
        "service-role/AWSLambdaBasicExecutionRole",
        "service-role/AWSLambdaVPCAccessExecutionRole",
        "service-role/AmazonECSTaskExecutionRolePolicy",
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "CloudWatchAgentServerPolicy",
        "AmazonEC2ContainerRegistryPullOnly",
        "SecurityAudit",
        "job-function/ViewOnlyAccess",
        "AWSXRayDaemonWriteAccess",
    ] {
        assert_eq!(attached(&format!("arn:aws:iam::aws:policy/{name}")), (vec![], vec![]), "{name}");
    }
}

#[test]
fn a_managed_policy_is_found_in_every_partition_and_by_its_data_source() {
    for arn in [
        "arn:aws-us-gov:iam::aws:policy/AmazonSQSFullAccess",
        "arn:${data.aws_partition.p.partition}:iam::aws:policy/AmazonSQSFullAccess",
    ] {
        assert_eq!(attached(arn), (vec!["IAM009"], vec![]), "{arn}");
    }
    for data in [
        json!({"name": "AmazonSQSFullAccess"}),
        json!({"arn": "arn:aws:iam::aws:policy/AmazonSQSFullAccess"}),
    ] {
        let document = json!({
            "data": {"aws_iam_policy": {"d": data}},
            "resource": {"aws_iam_role": {"r": {"managed_policy_arns": ["${data.aws_iam_policy.d.arn}"]}}}});
        assert_eq!(said(&document), (vec!["IAM009"], vec![]), "{data}");
    }
}

#[test]
fn each_instance_of_an_attachment_is_judged() {
    let each = |policies: Value| {
        said(&json!({"resource": {"aws_iam_role_policy_attachment": {"a": {
            "for_each": policies, "role": "r", "policy_arn": "${each.value}"}}}}))
    };
    let wide = "arn:aws:iam::aws:policy/AmazonSQSFullAccess";
    let narrow = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
    assert_eq!(each(json!({"a": wide, "b": narrow})), (vec!["IAM009"], vec![]));
    assert_eq!(each(json!(format!("${{toset([\"{narrow}\"])}}"))), (vec![], vec![]));
    assert_eq!(each(json!("${var.policies}")).1.len(), 1);
}

#[test]
fn a_managed_policy_that_aws_does_not_have_is_reported_with_the_one_that_is_meant() {
    let arn = "arn:aws:iam::aws:policy/AmazonSQSFullAcess";
    let report = judge(
        &json!({"resource": {"aws_iam_user_policy_attachment": {"a": {"user": "u", "policy_arn": arn}}}}),
    );
    let finding = report.findings.iter().find(|finding| finding.rule.id == "IAM047").unwrap();
    assert_eq!(
        finding.instead.as_deref(),
        Some("`arn:aws:iam::aws:policy/AmazonSQSFullAccess`, if that is meant")
    );
    assert!(attached("arn:aws:iam::aws:policy/").0.contains(&"IAM047"));
}
