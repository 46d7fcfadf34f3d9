//! What App Runner services have beside what every service has.

use serde_json::json;
use synth::app_runner::{CustomDomain, Image, Size, Source, VpcConnector};
use synth::ecr::Repository;
use synth::iam::User;
use synth::{Parameter, ParameterTree, Secret, Value};

use super::{Service, document, image, policy, problems, refusal, service};

fn of_repository(
    repository: Repository,
    setting: fn(Service) -> Service,
) -> impl FnOnce(&mut synth::Scope<'_>) {
    move |stack| {
        let repository = stack.add("images", repository).into();
        let source = Source::Repository(Image { repository, tag: "latest".into(), port: 8080 });
        stack.add("api", setting(Service::new("shop-api", source, Size::new(1, 2))));
    }
}

#[test]
fn an_image_of_the_apps_own_repository_is_pulled_from_there_and_nowhere_else() {
    let document = document(of_repository(Repository::new("shop"), |service| service));
    let source = &document["resource"]["aws_apprunner_service"]["api"]["source_configuration"];
    assert_eq!(
        source["image_repository"]["image_identifier"],
        "${aws_ecr_repository.images.repository_url}:latest"
    );
    assert!(policy(&document, "api__access").contains("[aws_ecr_repository.images.arn]"));
}

#[test]
fn what_follows_a_tag_needs_a_repository_whose_tags_move() {
    let message = refusal(of_repository(Repository::new("shop"), Service::auto_deploy));
    assert_eq!(message, "a new image is never deployed by itself: tags of its repository never move");
    document(of_repository(Repository::new("shop").mutable_tags(), Service::auto_deploy));
}

#[test]
fn an_image_that_others_deploy_is_left_as_it_is() {
    let document = document(of_repository(Repository::new("shop"), Service::deployed_elsewhere));
    let lifecycle = &document["resource"]["aws_apprunner_service"]["api"]["lifecycle"];
    let image = "source_configuration[0].image_repository[0].image_identifier";
    assert_eq!(lifecycle["ignore_changes"], json!([image]));
}

#[test]
fn a_service_reaches_a_network_through_its_connector() {
    let document = document(|stack| {
        let connector = stack.add("private", VpcConnector::new("private", ["subnet-1"], ["sg-1"]));
        stack.add("api", service("shop-api").vpc_connector(connector));
    });
    let service = &document["resource"]["aws_apprunner_service"]["api"];
    assert_eq!(
        service["network_configuration"],
        json!({ "egress_configuration": {
            "egress_type": "VPC", "vpc_connector_arn": "${aws_apprunner_vpc_connector.private.arn}"
        } })
    );
}

#[test]
fn a_traced_service_may_send_its_traces() {
    let document = document(|stack| {
        stack.add("api", service("shop-api").traced());
    });
    assert!(policy(&document, "api__instance").contains("xray:PutTraceSegments"));
    let traces = &document["resource"]["aws_apprunner_observability_configuration"]["api"];
    assert_eq!(traces["trace_configuration"], json!({ "vendor": "AWSXRAY" }));
}

#[test]
fn a_domain_of_ones_own_has_a_target_for_dns() {
    let document = document(|stack| {
        let api = stack.add("api", service("shop-api"));
        let domain = stack.add("domain", CustomDomain::new("api.example.com", api));
        stack.add("target", synth::Output::of::<String>(domain.dns_target()));
    });
    let domain = &document["resource"]["aws_apprunner_custom_domain_association"]["domain"];
    assert_eq!(domain["service_arn"], "${aws_apprunner_service.api.arn}");
    assert_eq!(
        document["output"]["target"]["value"],
        "${aws_apprunner_custom_domain_association.domain.dns_target}"
    );
}

#[test]
fn whoever_updates_a_service_may_pass_its_roles_to_app_runner_alone() {
    let document = document(|stack| {
        let api = stack.add("api", service("shop-api").access_role_name("Pull").instance_role_name("Run"));
        let user = stack.add("deploy", User::new("deploy"));
        stack.grant_all(api.grant_update(&user));
    });
    let policy = document["resource"]["aws_iam_user_policy"]["deploy"]["policy"].as_str().unwrap();
    for (role, service) in [("access", "build"), ("instance", "tasks")] {
        let pass = format!(
            "{{\"Action\" = [\"iam:PassRole\"], \"Condition\" = {{\"StringEquals\" = {{\"iam:PassedToService\" = \
             [\"{service}.apprunner.amazonaws.com\"]}}}}, \"Effect\" = \"Allow\", \
             \"Resource\" = [aws_iam_role.api__{role}.arn]}}"
        );
        assert!(policy.contains(&pass), "{policy}");
    }
    assert_eq!(document["resource"]["aws_iam_role"]["api__access"]["name"], "Pull");
    assert_eq!(document["resource"]["aws_iam_role"]["api__instance"]["name"], "Run");
}

#[test]
fn the_arn_of_a_secret_is_no_plain_value_however_it_is_written() {
    let found = problems(|stack| {
        let secret = stack.add("secret", Secret::new("secret"));
        let parameter = stack.add("parameter", Parameter::plain("parameter", "x"));
        let tree = stack.add("tree", ParameterTree::under("/shop").plain("url", "x"));
        stack.add(
            "api",
            Service::new("shop-api", image(), Size::new(1, 2))
                .environment("A", secret.arn())
                .environment("B", parameter.arn())
                .environment("C", tree.arn_of("URL"))
                .environment("D", "arn:aws:ssm:us-west-2:111111111111:parameter/shop/url")
                .environment("E", Value::from("the name is ") + secret.name()),
        );
    });
    let messages: Vec<&str> = found.iter().map(|problem| problem.message.as_str()).collect();
    let expected = ["A", "B", "C", "D"]
        .map(|name| format!("the environment variable `{name}` would hold an ARN, not the secret"));
    assert_eq!(messages, expected);
}

#[test]
fn a_variable_is_given_once_and_none_is_app_runners_own() {
    let found = problems(|stack| {
        let tree = stack.add("tree", ParameterTree::under("/shop").plain("url", "x").plain("port", "80"));
        stack.add("api", service("shop-api").environment("URL", "x").parameters(tree));
    });
    let messages: Vec<&str> = found.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the environment variable `PORT` is App Runner's own",
            "the environment variable `URL` is given twice"
        ]
    );
}
