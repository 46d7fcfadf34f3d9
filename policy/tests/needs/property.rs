//! For any use of an execution role: the smallest policy is neither too small nor too large, one action less is missing, one
//! more is too much.

use policy::iam::catalogue;
use policy::need::{Certainty, sufficient};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::configuration::{blocks, judged, needs_of, role};

/// What a container may have; each is one thing that the role needs.
#[derive(Clone, Debug)]
struct Container {
    secrets: Vec<u8>,
    parameters: Vec<u8>,
    is_logged: bool,
    is_private: bool,
}

fn containers() -> impl Strategy<Value = Vec<Container>> {
    let names = || prop::collection::vec(0_u8..4, 0..3);
    let one = (names(), names(), any::<bool>(), any::<bool>());
    let one = one.prop_map(|(secrets, parameters, is_logged, is_private)| Container {
        secrets,
        parameters,
        is_logged,
        is_private,
    });
    prop::collection::vec(one, 1..4)
        .prop_filter("something is needed", |all| all.iter().any(|one| one.is_logged || one.is_private))
}

fn definitions(containers: &[Container]) -> Value {
    let definition = |(index, container): (usize, &Container)| {
        let secrets = container.secrets.iter().map(|n| {
            json!({"name": format!("S{n}"), "valueFrom": format!("${{aws_secretsmanager_secret.s{n}.arn}}")})
        });
        let parameters = container.parameters.iter().map(
            |n| json!({"name": format!("P{n}"), "valueFrom": format!("${{aws_ssm_parameter.p{n}.arn}}")}),
        );
        let mut definition = json!({
            "name": format!("c{index}"),
            "image": if container.is_private { "${aws_ecr_repository.images.repository_url}:v1" } else { "nginx:1" },
            "secrets": secrets.chain(parameters).collect::<Vec<_>>(),
        });
        if container.is_logged {
            definition["logConfiguration"] = json!({"logDriver": "awslogs",
                "options": {"awslogs-group": "${aws_cloudwatch_log_group.logs.name}"}});
        }
        definition
    };
    containers.iter().enumerate().map(definition).collect()
}

fn document(containers: &[Container], policy: &Value) -> String {
    let numbered = |prefix: &str| {
        let one = |n: u8| (format!("{prefix}{n}"), json!({"name": format!("{prefix}/{n}")}));
        (0..4).map(one).collect::<serde_json::Map<_, _>>()
    };
    json!({"resource": {
        "aws_secretsmanager_secret": numbered("s"),
        "aws_ssm_parameter": numbered("p"),
        "aws_ecr_repository": {"images": {"name": "images"}},
        "aws_cloudwatch_log_group": {"logs": {"name": "/ecs/api"}},
        "aws_iam_role": {"execution": role("execution", "ecs-tasks.amazonaws.com")},
        "aws_iam_role_policy": {"execution": {"role": "execution", "policy": policy.to_string()}},
        "aws_ecs_task_definition": {"api": {"execution_role_arn": "${aws_iam_role.execution.arn}",
            "container_definitions": definitions(containers).to_string()}},
    }})
    .to_string()
}

fn found(rule: &str, containers: &[Container], policy: &Value) -> Vec<String> {
    let (findings, undecided) = judged(rule, &[("main.tf.json", document(containers, policy))]);
    assert_eq!(undecided, [""; 0]);
    findings
}

/// An action of AWS, by a number.
fn action(number: usize) -> String {
    let all =
        || catalogue::services().flat_map(|service| service.actions.iter().map(move |one| (service, one)));
    let (service, action) = all().nth(number % all().count()).unwrap();
    format!("{}:{}", service.prefix, action.name)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn one_less_is_missing_and_one_more_is_too_much(
        containers in containers(), at in any::<prop::sample::Index>(), number in any::<usize>(),
    ) {
        let empty = json!({"Version": "2012-10-17", "Statement": []});
        let needs = needs_of(&blocks(&[("main.tf.json", document(&containers, &empty))]));
        let needed: Vec<_> = needs.principals["aws_iam_role.execution"]
            .needs
            .iter()
            .filter(|need| need.certainty == Certainty::Needed)
            .flat_map(|need| {
                need.actions.iter().map(|action| {
                    let mut one = need.clone();
                    one.actions = vec![action.clone()];
                    one
                })
            })
            .collect();
        let exact = json!(sufficient(&needed));
        prop_assert_eq!(found("IAM080", &containers, &exact), [""; 0]);
        prop_assert_eq!(found("IAM081", &containers, &exact), [""; 0]);

        let left_out = at.get(&needed);
        let is_left_out = |need: &&policy::need::Need| {
            need.actions == left_out.actions && need.resource == left_out.resource
        };
        let less = json!(sufficient(needed.iter().filter(|need| !is_left_out(need))));
        if less["Statement"].as_array().is_some_and(|statements| !statements.is_empty()) {
            let missing = found("IAM080", &containers, &less);
            prop_assert!(!missing.is_empty() && missing.iter().all(|one| one.contains(&left_out.actions[0])));
        }

        let spare = action(number);
        prop_assume!(!needed.iter().any(|need| need.has(&spare)));
        let mut more = exact;
        let statement = at.index(more["Statement"].as_array().unwrap().len());
        more["Statement"][statement]["Action"].as_array_mut().unwrap().push(json!(spare));
        let excess = found("IAM081", &containers, &more);
        prop_assert!(excess.iter().any(|one| one.contains(&spare)), "{} in {:?}", spare, excess);
    }
}
