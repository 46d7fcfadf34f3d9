//! Whom roles and resources trust: accounts, services, identity providers, and what limits that.

use policy::rules::Theme;
use policy::{Report, Sources, check};
use serde_json::{Value, json};

fn judge(resources: &Value) -> Report {
    let mut sources = Sources::default();
    let file = sources.add("t.tf.json", json!({"resource": resources}).to_string());
    check(&sources, &[file])
}

/// The rules that a trust policy breaks, and every reason of doubt.
fn trust(principal: &Value, action: &str, condition: &Value) -> (Vec<&'static str>, Vec<String>) {
    let statement =
        json!({"Effect": "Allow", "Principal": principal, "Action": action, "Condition": condition});
    let policy = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    said(&judge(&json!({"aws_iam_role": {"r": {"assume_role_policy": policy}}})))
}

fn said(report: &Report) -> (Vec<&'static str>, Vec<String>) {
    let of_trust = report.findings.iter().filter(|finding| finding.rule.theme() == Theme::Escalation);
    let mut rules: Vec<&str> = of_trust.map(|finding| finding.rule.id).collect();
    rules.dedup();
    (rules, report.undecided.iter().map(|later| later.why.clone()).collect())
}

fn nothing() -> (Vec<&'static str>, Vec<String>) {
    (Vec::new(), Vec::new())
}

/// The rules that trust in a provider of OpenID Connect breaks.
fn web(address: &str, condition: &Value) -> Vec<&'static str> {
    let provider = json!({"Federated": format!("arn:aws:iam::111122223333:oidc-provider/{address}")});
    trust(&provider, "sts:AssumeRoleWithWebIdentity", condition).0
}

#[test]
fn anyone_is_kept_out_by_what_strangers_cannot_have() {
    for (condition, is_public) in [
        (json!({}), true),
        (json!({"StringEquals": {"aws:PrincipalOrgID": "o-abcdefghij"}}), false),
        (json!({"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}), false),
        (json!({"StringLike": {"aws:PrincipalArn": "*"}}), true),
        (json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-a/*"}}), true),
        (json!({"StringEqualsIfExists": {"aws:SourceVpce": "vpce-1"}}), true),
        (json!({"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}), true),
        (json!({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), false),
        (json!({"StringEquals": {"sts:ExternalId": "not-a-secret"}}), true),
        (json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}}), true),
        (json!({"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}}), true),
    ] {
        let rules = trust(&json!({"AWS": "*"}), "sts:AssumeRole", &condition).0;
        assert_eq!(rules.contains(&"IAM005"), is_public, "{condition}");
    }
}

#[test]
fn a_denial_of_strangers_takes_back_what_anyone_is_allowed() {
    let policy = |deny: &Value| {
        let allow =
            json!({"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"});
        let policy = json!({"Version": "2012-10-17", "Statement": [allow, deny]}).to_string();
        said(&judge(&json!({"aws_sqs_queue_policy": {"p": {"policy": policy}}}))).0
    };
    let deny = |condition: &Value| {
        policy(
            &json!({"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*", "Condition": condition}),
        )
    };
    assert_eq!(deny(&json!({"StringNotEquals": {"aws:PrincipalOrgID": "o-abcdefghij"}})), [""; 0]);
    assert_eq!(deny(&json!({"Bool": {"aws:SecureTransport": "false"}})), ["IAM005"]);
}

#[test]
fn file_systems_that_are_mounted_by_anyone_in_the_network_are_not_public() {
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "elasticfilesystem:ClientMount",
        "Resource": "*", "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}}});
    let resources = json!({"aws_efs_file_system_policy": {"p": {"policy": policy.to_string()}}});
    assert_eq!(said(&judge(&resources)), nothing());
}

#[test]
fn the_default_policy_of_a_key_is_silent() {
    let policy = json!({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}});
    assert_eq!(said(&judge(&json!({"aws_kms_key": {"k": {"policy": policy.to_string()}}}))), nothing());
}

#[test]
fn an_account_is_narrowed_by_who_and_for_whom() {
    let root = json!({"AWS": "arn:aws-us-gov:iam::111122223333:root"});
    let of = |condition: &Value| trust(&root, "sts:AssumeRole", condition).0;
    assert_eq!(of(&json!({})), ["IAM067"]);
    assert_eq!(of(&json!({"Bool": {"aws:SecureTransport": "true"}})), ["IAM067"]);
    assert_eq!(of(&json!({"StringEqualsIfExists": {"sts:ExternalId": "a"}})), ["IAM067"]);
    for condition in [
        json!({"StringEquals": {"STS:externalid": "a"}}),
        json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
        json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci-*"}}),
        json!({"StringEquals": {"aws:PrincipalTag/team": "red"}}),
    ] {
        assert_eq!(of(&condition), [""; 0], "{condition}");
    }
    let later = trust(&root, "sts:AssumeRole", &json!({"StringEquals": {"sts:ExternalId": "${var.id}"}}));
    assert_eq!(later, nothing());
    let later = trust(&root, "sts:AssumeRole", &json!({"StringLike": {"sts:ExternalId": "${var.id}"}}));
    assert_eq!(later, (vec![], vec!["`var.id` is known only later".to_owned()]));
}

#[test]
fn one_role_and_ones_own_account_are_no_whole_accounts() {
    for principal in [
        json!({"AWS": "arn:aws:iam::111122223333:role/ci"}),
        json!({"AWS": "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root"}),
        json!({"AWS": "${aws_iam_role.ci.arn}"}),
    ] {
        assert_eq!(trust(&principal, "sts:AssumeRole", &json!({})), nothing(), "{principal}");
    }
    let tags = trust(&json!({"AWS": "111122223333"}), "sts:TagSession", &json!({}));
    assert_eq!(tags, nothing());
}

#[test]
fn services_need_a_source_where_their_guides_ask_for_it() {
    let of =
        |service: &str, condition: &Value| trust(&json!({"Service": service}), "sts:AssumeRole", condition).0;
    assert_eq!(of("states.amazonaws.com", &json!({})), ["IAM066"]);
    for service in ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] {
        assert_eq!(of(service, &json!({})), [""; 0], "{service}");
    }
    assert_eq!(of("states.amazonaws.com", &json!({"StringLike": {"aws:SourceAccount": "*"}})), ["IAM066"]);
    let named = json!({"ArnLike": {"aws:SourceArn": "arn:aws:states:us-east-1:111122223333:stateMachine:*"}});
    assert_eq!(of("states.amazonaws.com", &named), [""; 0]);
}

#[test]
fn a_service_that_uses_a_resource_is_told_on_whose_behalf() {
    let of = |action: &str, condition: &Value| {
        let statement = json!({"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"},
            "Action": action, "Resource": "*", "Condition": condition});
        let policy = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        said(&judge(&json!({"aws_sqs_queue_policy": {"p": {"policy": policy}}})))
    };
    assert_eq!(of("sqs:SendMessage", &json!({})).0, ["IAM065"]);
    assert_eq!(
        of("sqs:SendMessage", &json!({"StringEquals": {"aws:SourceAccount": "111122223333"}})),
        nothing()
    );
    let rule = json!({"ArnEquals": {"aws:SourceArn": "${aws_cloudwatch_event_rule.r.arn}"}});
    assert_eq!(of("sqs:SendMessage", &rule), nothing());
    let not = json!({"StringNotEquals": {"aws:SourceAccount": "111122223333"}});
    assert_eq!(of("sqs:SendMessage", &not).0, ["IAM065"]);
}

#[test]
fn a_function_is_called_on_behalf_of_what_its_permission_names() {
    let of = |body: &Value| said(&judge(&json!({"aws_lambda_permission": {"p": body}})));
    let service = "sns.amazonaws.com";
    assert_eq!(of(&json!({"principal": service})).0, ["IAM065"]);
    assert_eq!(of(&json!({"principal": service, "source_arn": ""})).0, ["IAM065"]);
    assert_eq!(of(&json!({"principal": service, "source_arn": "${var.topic}"})), nothing());
    assert_eq!(of(&json!({"principal": "111122223333"})), nothing());
}

#[test]
fn each_identity_provider_has_subjects_of_its_own_form() {
    for (address, narrow, wide) in [
        ("gitlab.com", "project_path:g/p:ref_type:branch:ref:*", "project_path:g/*"),
        ("app.terraform.io", "organization:o:project:p:workspace:w:run_phase:*", "organization:*"),
        ("oidc.circleci.com/org/o", "org/o/project/p/user/*", "org/o/project/*/user/*"),
        ("agent.buildkite.com", "organization:o:pipeline:p:*", "organization:o:pipeline:*"),
        ("api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc", "{a-b}:*", "*"),
        (
            "oidc.eks.us-east-1.amazonaws.com/id/A",
            "system:serviceaccount:ns:*",
            "system:serviceaccount:*:api",
        ),
        ("tenant.auth0.com/", "auth0|1", "auth0|*"),
        ("accounts.google.com", "1122", "*"),
    ] {
        let like = |subject: &str| web(address, &json!({"StringLike": {format!("{address}:sub"): subject}}));
        assert_eq!(like(narrow), [""; 0], "{address}");
        assert_eq!(like(wide), ["IAM068"], "{address}");
        assert_eq!(web(address, &json!({})), ["IAM068"], "{address}");
        let audience = json!({"StringEquals": {format!("{address}:aud"): "sts.amazonaws.com"}});
        assert_eq!(web(address, &audience), ["IAM068"], "{address}");
    }
}

#[test]
fn tests_that_hold_without_a_subject_do_not_count() {
    for operator in ["StringLikeIfExists", "ForAllValues:StringLike", "StringNotLike"] {
        let condition = json!({operator: {"gitlab.com:sub": "project_path:g/p:*"}});
        assert!(web("gitlab.com", &condition).contains(&"IAM068"), "{operator}");
    }
}

#[test]
fn one_narrow_test_is_enough() {
    let both = json!({"StringLike": {"gitlab.com:sub": "project_path:*"}, "StringEquals": {"gitlab.com:project_path": "g/p"}});
    assert!(!web("gitlab.com", &both).contains(&"IAM068"));
}

#[test]
fn a_provider_whose_address_is_known_only_later_needs_some_test() {
    let resources = |condition: &Value| {
        let statement = json!({"Effect": "Allow", "Principal": {"Federated": "${aws_iam_openid_connect_provider.c.arn}"},
            "Action": "sts:AssumeRoleWithWebIdentity", "Condition": condition});
        json!({
            "aws_iam_openid_connect_provider": {"c": {"url": "${aws_eks_cluster.c.identity[0].oidc[0].issuer}"}},
            "aws_iam_role": {"r": {"assume_role_policy":
                json!({"Version": "2012-10-17", "Statement": statement}).to_string()}},
        })
    };
    assert_eq!(said(&judge(&resources(&json!({})))).0, ["IAM068"]);
    for provider in ["oidc.example.com/id/A", "${var.provider}", "${lower(var.url)}"] {
        let subject = format!("{provider}:sub");
        let tested = resources(&json!({"StringEquals": {subject: "system:serviceaccount:ns:api"}}));
        assert_eq!(said(&judge(&tested)), nothing(), "{provider}");
    }
    let unknown = resources(&json!({"StringEquals": {"${var.key}": "system:serviceaccount:ns:api"}}));
    assert!(!said(&judge(&unknown)).1.is_empty());
}

#[test]
fn pull_requests_of_github_are_every_pull_request() {
    let address = "token.actions.githubusercontent.com";
    for (subject, rules) in [
        ("repo:o/r:pull_request", vec!["IAM007"]),
        ("repo:o/r:ref:refs/heads/main", vec![]),
        ("repo:o/r:environment:production", vec![]),
    ] {
        let condition = json!({"StringEquals": {format!("{address}:sub"): subject}});
        assert_eq!(web(address, &condition), rules, "{subject}");
    }
}

#[test]
fn saml_is_trusted_for_an_audience() {
    let provider = json!({"Federated": "${aws_iam_saml_provider.idp.arn}"});
    let of = |condition: &Value| trust(&provider, "sts:AssumeRoleWithSAML", condition).0;
    assert_eq!(of(&json!({})), ["IAM069"]);
    assert_eq!(of(&json!({"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}})), [""; 0]);
}

#[test]
fn a_bucket_policy_denies_plain_http() {
    let of = |statement: &Value| {
        let policy = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
        said(&judge(&json!({"aws_s3_bucket_policy": {"p": {"bucket": "b", "policy": policy}}})))
    };
    let allow = json!({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::b/*"});
    let deny = json!({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}}});
    assert_eq!(of(&allow).0, ["IAM070"]);
    assert_eq!(of(&json!([allow, deny])), nothing());
}
