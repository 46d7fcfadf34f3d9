//! Grants, and the roles and users that have them.

use synth::iam::{Role, User};
use synth::{Grant, LogGroup, Principal, Resources, Secret, Variable};

use super::{document, policy, problems, refusal};

#[test]
fn grants_merge_into_the_smallest_statements() {
    let document = document(|stack| {
        let role = stack.add("worker", Role::of_service("worker", "tasks.apprunner.amazonaws.com"));
        let one = stack.add("one", Secret::new("one"));
        let two = stack.add("two", Secret::new("two"));
        let logs = stack.add("logs", LogGroup::new("/logs", 7));
        stack.grant(two.grant_read(&role));
        stack.grant(logs.grant_write(&role));
        stack.grant(one.grant_read(&role));
        stack.grant(two.grant_read(&role));
    });
    assert_eq!(
        policy(&document, "worker"),
        "${jsonencode({\"Statement\" = [\
         {\"Action\" = [\"logs:CreateLogStream\", \"logs:PutLogEvents\"], \"Effect\" = \"Allow\", \
         \"Resource\" = [\"${aws_cloudwatch_log_group.logs.arn}:*\"]}, \
         {\"Action\" = [\"secretsmanager:GetSecretValue\"], \"Effect\" = \"Allow\", \
         \"Resource\" = [aws_secretsmanager_secret.two.arn, aws_secretsmanager_secret.one.arn]}\
         ], \"Version\" = \"2012-10-17\"})}"
    );
}

#[test]
fn a_role_without_grants_has_no_policy() {
    let document = document(|stack| {
        stack.add("worker", Role::of_service("worker", "tasks.apprunner.amazonaws.com"));
    });
    assert_eq!(document.pointer("/resource/aws_iam_role_policy"), None);
}

#[test]
fn a_user_has_its_own_policy() {
    let document = document(|stack| {
        let user = stack.add("deploy", User::new("deploy"));
        let secret = stack.add("token", Secret::new("token"));
        stack.grant(secret.grant_read(&user));
    });
    let policy = &document["resource"]["aws_iam_user_policy"]["deploy"];
    assert_eq!(policy["user"], "${aws_iam_user.deploy.name}");
    assert!(policy["policy"].as_str().unwrap().contains("aws_secretsmanager_secret.token.arn"));
    assert_eq!(document["resource"]["aws_iam_role_policy"], serde_json::Value::Null);
}

#[test]
fn conditions_keep_statements_apart_and_stand_in_any_order() {
    let document = document(|stack| {
        let role = stack.add("worker", Role::of_service("worker", "ec2.amazonaws.com"));
        let put = |key: &'static str| Grant::new(role.principal(), [key], ["arn:aws:sns:us-east-1:1:a"]);
        stack.grant(put("sns:Publish").when("StringEquals", "a:b", ["1"]).when("ArnLike", "c:d", ["2"]));
        stack.grant(put("sns:Subscribe").when("ArnLike", "c:d", ["2"]).when("StringEquals", "a:b", ["1"]));
        stack.grant(put("sns:Unsubscribe"));
    });
    assert_eq!(
        policy(&document, "worker"),
        "${jsonencode({\"Statement\" = [\
         {\"Action\" = [\"sns:Publish\", \"sns:Subscribe\"], \
         \"Condition\" = {\"ArnLike\" = {\"c:d\" = [\"2\"]}, \"StringEquals\" = {\"a:b\" = [\"1\"]}}, \
         \"Effect\" = \"Allow\", \"Resource\" = [\"arn:aws:sns:us-east-1:1:a\"]}, \
         {\"Action\" = [\"sns:Unsubscribe\"], \"Effect\" = \"Allow\", \
         \"Resource\" = [\"arn:aws:sns:us-east-1:1:a\"]}], \"Version\" = \"2012-10-17\"})}"
    );
}

#[test]
fn permissions_that_are_wider_than_they_read_are_refused() {
    let granted = |grant: fn(Grant) -> Grant, actions: [&'static str; 1], resources: Resources| {
        refusal(|stack| {
            let role = stack.add("worker", Role::of_service("worker", "ec2.amazonaws.com"));
            stack.grant(grant(Grant::new(role.principal(), actions, resources)));
        })
    };
    let arn = || Resources::from(["arn:aws:s3:::shop/*"]);
    assert_eq!(granted(|grant| grant, ["s3:Get*"], arn()), "`s3:Get*` is no single action");
    assert_eq!(granted(|grant| grant, ["*"], arn()), "`*` is no single action");
    assert_eq!(granted(|grant| grant, ["s3:GetObject"], ["*"].into()), "a permission on `*` needs a reason");
    assert_eq!(
        granted(|grant| grant, ["s3:GetObject"], Resources::Named(Vec::new())),
        "a permission without actions or resources allows nothing"
    );
    assert_eq!(
        granted(|grant| grant.when("Bool", "a:b", ["x"]).when("Bool", "a:b", ["y"]), ["s3:GetObject"], arn()),
        "the condition `Bool` on `a:b` is given twice"
    );
}

#[test]
fn a_refused_permission_is_reported_at_the_line_that_gives_it() {
    let mut line = 0;
    let found = problems(|stack| {
        let role = stack.add("worker", Role::of_service("worker", "ec2.amazonaws.com"));
        line = line!() + 1;
        stack.grant(Grant::new(role.principal(), ["s3:*"], ["arn:aws:s3:::shop"]));
    });
    assert!(found[0].origin.to_string().contains(&format!("iam.rs:{line}:")), "{}", found[0]);
}

#[test]
fn a_policy_longer_than_iam_keeps_is_refused() {
    let message = refusal(|stack| {
        let user = stack.add("deploy", User::new("deploy"));
        let arns =
            (0..40).map(|at| format!("arn:aws:sqs:us-east-1:111111111111:a-queue-of-some-name-{at}").into());
        stack.grant(Grant::new(user.principal(), ["sqs:SendMessage"], Resources::Named(arns.collect())));
    });
    assert!(message.ends_with("characters, and IAM keeps 2048"), "{message}");
}

#[test]
fn a_service_that_names_its_account_must_name_this_one() {
    let document = document(|stack| {
        stack.add("task", Role::of_service("task", "ecs-tasks.amazonaws.com"));
        stack.add("execution", Role::of_service("execution", "ecs-tasks.amazonaws.com"));
        stack.add("instance", Role::of_service("instance", "tasks.apprunner.amazonaws.com"));
    });
    let trust = |name: &str| document["resource"]["aws_iam_role"][name]["assume_role_policy"].to_string();
    assert!(trust("task").contains("data.aws_caller_identity.current.account_id"), "{}", trust("task"));
    assert_eq!(trust("task"), trust("execution"));
    // App Runner names no account: with the test nobody could assume the role.
    assert!(!trust("instance").contains("Condition"), "{}", trust("instance"));
    assert_eq!(document["data"]["aws_caller_identity"].as_object().unwrap().len(), 1);
}

#[test]
fn what_is_known_later_stays_an_expression_in_a_policy() {
    let document = document(|stack| {
        let topic = stack.add("topic_arn", Variable::<String>::new());
        let role = stack.add("worker", Role::of_service("worker", "ec2.amazonaws.com"));
        stack.grant(Grant::new(role.principal(), ["sns:Publish"], [&topic]));
    });
    assert!(policy(&document, "worker").contains("\"Resource\" = [var.topic_arn]"));
}

#[test]
fn names_that_iam_has_not_are_refused() {
    let long = "a".repeat(65);
    for name in ["", "no spaces", "a/b", "ä", &long] {
        let role = refusal(|stack| {
            stack.add("worker", Role::of_service(name, "ec2.amazonaws.com"));
        });
        assert_eq!(role, format!("`{name}` cannot be a role's name"));
        let user = refusal(|stack| {
            stack.add("ci", User::new(name));
        });
        assert_eq!(user, format!("`{name}` cannot be a user's name"));
    }
    document(|stack| {
        stack.add("worker", Role::of_service("a_b+c=d,e.f@g-1", "ec2.amazonaws.com"));
        let name = stack.add("name", Variable::<String>::new());
        stack.add("later", User::new(&name));
    });
}
