//! Ways to more permissions are found over all policies of a principal, and where something takes them back, not.

use policy::{Report, Sources, check};
use serde_json::{Value, json};

fn judge(resources: &Value) -> (Sources, Report) {
    let mut sources = Sources::default();
    let text = json!({"resource": resources}).to_string();
    let file = sources.add("t.tf.json", text);
    let report = check(&sources, &[file]);
    (sources, report)
}

/// Who may raise its permissions, and by which source text first.
fn found(resources: &Value) -> Vec<(String, String)> {
    let (sources, report) = judge(resources);
    let found = report.findings.iter().filter(|finding| finding.rule.id == "IAM060");
    found.map(|finding| (finding.address.clone(), sources.written(finding.span).replace('\\', ""))).collect()
}

fn statement(effect: &str, action: &Value, resource: &str) -> Value {
    json!({"Effect": effect, "Action": action, "Resource": resource})
}

fn policy(statements: &Value) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn allow(actions: &Value) -> String {
    policy(&statement("Allow", actions, "*"))
}

/// A role with one inline policy.
fn role(statements: &Value) -> Value {
    json!({"aws_iam_role_policy": {"p": {"role": "ci", "policy": policy(statements)}}})
}

fn pair(address: &str, text: &str) -> (String, String) {
    (address.to_owned(), format!("\"{text}\""))
}

#[test]
fn half_of_a_way_is_none() {
    assert_eq!(found(&role(&statement("Allow", &json!("iam:PassRole"), "*"))), []);
    assert_eq!(found(&role(&statement("Allow", &json!("lambda:CreateFunction"), "*"))), []);
}

#[test]
fn inline_attached_and_managed_policies_count_together() {
    let resources = json!({
        "aws_iam_role": {"ci": {"name": "ci", "assume_role_policy": ""}},
        "aws_iam_role_policy": {"pass": {"role": "${aws_iam_role.ci.name}", "policy": allow(&json!("iam:PassRole"))}},
        "aws_iam_policy": {"create": {"policy": allow(&json!("lambda:CreateFunction"))}},
        "aws_iam_role_policy_attachment": {
            "create": {"role": "ci", "policy_arn": "${aws_iam_policy.create.arn}"},
            "invoke": {"role": "ci", "policy_arn": "arn:aws:iam::aws:policy/service-role/AWSLambdaRole"},
        },
    });
    assert_eq!(found(&resources), [pair("aws_iam_role.ci", "iam:PassRole")]);
    let (sources, report) = judge(&resources);
    let finding = report.findings.iter().find(|finding| finding.rule.id == "IAM060").unwrap();
    let places: Vec<(String, &str)> = finding
        .related
        .iter()
        .map(|(span, part)| (sources.written(*span).replace('\\', ""), part.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            ("\"lambda:CreateFunction\"".to_owned(), "allows `lambda:CreateFunction`"),
            (
                "\"arn:aws:iam::aws:policy/service-role/AWSLambdaRole\"".to_owned(),
                "allows `lambda:InvokeFunction`"
            ),
        ]
    );
}

#[test]
fn two_principals_do_not_count_together() {
    let resources = json!({"aws_iam_role_policy": {
        "a": {"role": "a", "policy": allow(&json!("iam:PassRole"))},
        "b": {"role": "b", "policy": allow(&json!("ec2:RunInstances"))},
    }});
    assert_eq!(found(&resources), []);
}

#[test]
fn a_user_has_what_its_groups_have() {
    for membership in [
        json!({"aws_iam_user_group_membership": {"m": {"user": "${aws_iam_user.u.name}", "groups": ["devs"]}}}),
        json!({"aws_iam_group_membership": {"m": {"name": "m", "group": "${aws_iam_group.g.name}", "users": ["u"]}}}),
    ] {
        let mut resources = json!({
            "aws_iam_user": {"u": {"name": "u"}},
            "aws_iam_group": {"g": {"name": "devs"}},
            "aws_iam_group_policy": {"p": {"group": "devs", "policy": allow(&json!("iam:PassRole"))}},
            "aws_iam_user_policy": {"p": {"user": "u", "policy": allow(&json!("ec2:RunInstances"))}},
        });
        resources.as_object_mut().unwrap().extend(membership.as_object().unwrap().clone());
        assert_eq!(found(&resources), [pair("aws_iam_user.u", "iam:PassRole")]);
    }
}

#[test]
fn what_a_group_gives_is_reported_of_the_group_alone() {
    let resources = json!({
        "aws_iam_user": {"u": {"name": "u"}},
        "aws_iam_group": {"g": {"name": "devs"}},
        "aws_iam_group_policy": {"p": {"group": "devs", "policy": allow(&json!("iam:AttachUserPolicy"))}},
        "aws_iam_user_group_membership": {"m": {"user": "u", "groups": ["devs"]}},
    });
    assert_eq!(found(&resources), [pair("aws_iam_group.g", "iam:AttachUserPolicy")]);
}

#[test]
fn a_denial_takes_a_way_back() {
    let with =
        |deny: &Value| role(&json!([statement("Allow", &json!("iam:CreatePolicyVersion"), "*"), deny]));
    let deny = |resource: &str| with(&statement("Deny", &json!("iam:*Policy*"), resource));
    assert_eq!(found(&deny("*")), []);
    // One policy that is kept from it leaves all others.
    assert_eq!(found(&deny("arn:aws:iam::111122223333:policy/limit")).len(), 1);
    let other = with(&json!({"Effect": "Deny", "Action": "iam:*", "Resource": "*",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}));
    assert_eq!(found(&other).len(), 1);
}

#[test]
fn a_boundary_takes_a_way_back_unless_it_allows_it() {
    let with = |boundary: &str, limits: &str| {
        json!({
            "aws_iam_role": {"ci": {"name": "ci", "assume_role_policy": "", "permissions_boundary": boundary}},
            "aws_iam_policy": {"limit": {"policy": allow(&json!(limits))}},
            "aws_iam_role_policy": {"p": {"role": "ci", "policy": allow(&json!("iam:PutRolePolicy"))}},
        })
    };
    let declared = "${aws_iam_policy.limit.arn}";
    assert_eq!(found(&with(declared, "s3:*")), []);
    assert_eq!(found(&with(declared, "iam:*")).len(), 1);
    assert_eq!(found(&with("arn:aws:iam::aws:policy/PowerUserAccess", "s3:*")), []);
}

#[test]
fn an_unknown_boundary_leaves_it_undecided() {
    let resources = json!({
        "aws_iam_role": {"ci": {"name": "ci", "assume_role_policy": "",
            "permissions_boundary": "arn:aws:iam::111122223333:policy/limit"}},
        "aws_iam_role_policy": {"p": {"role": "ci", "policy": allow(&json!("iam:PutRolePolicy"))}},
    });
    let (_, report) = judge(&resources);
    assert_eq!(found(&resources), []);
    let why = "whether a boundary keeps this from giving more permissions: the content of \
               `arn:aws:iam::111122223333:policy/limit` is not known here";
    assert!(report.undecided.iter().any(|later| later.why == why), "{:?}", report.undecided);
}

#[test]
fn an_attached_policy_that_nobody_knows_is_undecided() {
    let resources = json!({"aws_iam_role_policy_attachment": {
        "a": {"role": "ci", "policy_arn": "arn:aws:iam::111122223333:policy/elsewhere"},
    }});
    let (_, report) = judge(&resources);
    let whys: Vec<&str> = report.undecided.iter().map(|later| later.why.as_str()).collect();
    assert_eq!(whys, ["the content of `arn:aws:iam::111122223333:policy/elsewhere` is not known here"]);
}

#[test]
fn a_service_that_a_role_may_be_passed_to_is_the_one_that_counts() {
    let pass = |service: &Value| {
        role(&json!([
            {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
             "Condition": {"StringEquals": {"iam:PassedToService": service}}},
            statement("Allow", &json!(["ec2:RunInstances", "lambda:*"]), "*"),
        ]))
    };
    let message = |service: &Value| {
        let (_, report) = judge(&pass(service));
        let all = report.findings.into_iter().filter(|finding| finding.rule.id == "IAM060");
        let passing = all.filter(|finding| finding.message.contains("iam:PassRole"));
        passing.map(|finding| finding.message).collect::<String>()
    };
    assert!(!message(&json!("lambda.amazonaws.com")).contains("ec2:RunInstances"));
    assert!(message(&json!("lambda.amazonaws.com")).contains("lambda:CreateFunction"));
    assert!(message(&json!(["s3.amazonaws.com", "ec2.amazonaws.com"])).contains("ec2:RunInstances"));
    assert_eq!(message(&json!("s3.amazonaws.com")), "");
}

#[test]
fn what_a_policy_names_is_no_way_and_what_it_leaves_open_is() {
    for (resource, open) in [
        ("*", true),
        ("arn:aws:iam::*:role/*", true),
        ("arn:aws:iam::${data.aws_caller_identity.me.account_id}:role/*", true),
        ("arn:${data.aws_partition.here.partition}:iam::111122223333:*", true),
        ("arn:aws:iam::111122223333:role/app", false),
        ("arn:aws:iam::111122223333:role/app-*", false),
        ("${aws_iam_role.other.arn}", false),
        ("arn:aws:iam::111122223333:role/${aws_iam_role.other.name}", false),
        ("arn:aws:iam::111122223333:role/$${aws:PrincipalTag/team}", false),
        ("arn:aws:s3:::bucket/*", false),
        ("", false),
    ] {
        let resources = role(&statement("Allow", &json!("iam:UpdateAssumeRolePolicy"), resource));
        assert_eq!(!found(&resources).is_empty(), open, "{resource}");
    }
}

#[test]
fn a_tag_names_things_too() {
    let resources = role(&json!({"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*",
        "Condition": {"StringEquals": {"aws:ResourceTag/team": "red"}}}));
    assert_eq!(found(&resources), []);
}

#[test]
fn everything_but_something_is_a_way() {
    let resources = role(&json!({"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:s3:::b"}));
    assert_eq!(found(&resources).first(), Some(&pair("role ci", "NotAction")));
    let without =
        role(&json!({"Effect": "Allow", "NotAction": ["iam:*", "sts:*"], "Resource": "arn:aws:s3:::b"}));
    assert_eq!(found(&without), []);
}

#[test]
fn whoever_may_do_everything_has_no_more_to_gain() {
    assert_eq!(found(&role(&statement("Allow", &json!("*"), "*"))), []);
    let attached = json!({"aws_iam_role_policy_attachment": {
        "a": {"role": "ci", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"},
    }});
    assert_eq!(found(&attached), []);
}

#[test]
fn what_aws_prescribes_for_a_service_is_not_reported_alone() {
    let attached = json!({"aws_iam_role_policy_attachment": {
        "a": {"role": "batch", "policy_arn": "arn:aws:iam::aws:policy/service-role/AWSBatchServiceRole"},
    }});
    assert_eq!(found(&attached), []);
    let job = json!({"aws_iam_role_policy_attachment": {
        "a": {"role": "ops", "policy_arn": "arn:aws:iam::aws:policy/AmazonEC2FullAccess"},
    }});
    assert_eq!(found(&job).len(), 1);
}

#[test]
fn names_of_actions_may_be_patterns_in_any_case() {
    let resources = role(&statement("Allow", &json!("IAM:createpolicy*"), "*"));
    assert_eq!(found(&resources), [pair("role ci", "IAM:createpolicy*")]);
}

#[test]
fn both_spellings_of_a_configuration_say_the_same() {
    let text = |resources: Value| {
        let mut sources = Sources::default();
        let file = sources.add("t.tf.json", json!({"resource": resources}).to_string());
        let report = check(&sources, &[file]);
        report.findings.into_iter().map(|finding| finding.message).collect::<Vec<String>>()
    };
    let body = json!({"role": "ci", "policy": allow(&json!(["iam:PassRole", "ec2:RunInstances"]))});
    let objects = text(json!({"aws_iam_role_policy": {"p": body}}));
    assert_eq!(objects, text(json!([{"aws_iam_role_policy": [{"p": [body]}]}])));
    assert!(objects.iter().any(|message| message.contains("any role that an instance may assume")));
}
