//! What a configuration says, whichever way it is written.

use proptest::prelude::*;
use serde_json::{Value, json};

/// A configuration: policies in the arguments of resources, and values in an environment.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) policies: Vec<Policy>,
    pub(crate) environment: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub(crate) carrier: (&'static str, &'static str),
    pub(crate) statements: Vec<Statement>,
    pub(crate) writing: Writing,
}

#[derive(Clone, Debug)]
pub(crate) struct Statement {
    effect: &'static str,
    actions: Vec<&'static str>,
    resources: Vec<&'static str>,
    principal: Option<&'static str>,
    condition: bool,
}

/// How a policy is written in a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    Text,
    Encoded,
    Document,
    Local,
    Default,
}

/// The queue whose ARN policies refer to, and an ARN that it may have.
pub(crate) const REFERENCE: &str = "${aws_sqs_queue.jobs.arn}";
pub(crate) const ARN: &str = "arn:aws:sqs:us-east-2:111122223333:jobs";

const CARRIERS: &[(&str, &str)] = &[
    ("aws_iam_policy", "policy"),
    ("aws_iam_role", "assume_role_policy"),
    ("aws_iam_role_policy", "policy"),
    ("aws_opensearch_domain_policy", "access_policies"),
    ("aws_s3_bucket_policy", "policy"),
    ("aws_sqs_queue_policy", "policy"),
];
const ACTIONS: &[&str] =
    &["*", "sqs:*", "s3:GetObject", "iam:PassRole", "sts:AssumeRole", "s3:Put*", "ecr:GetAuthorizationToken"];
const RESOURCES: &[&str] = &["*", REFERENCE, "arn:aws:s3:::media/*", "arn:aws:sqs:*:*:jobs"];

impl Statement {
    /// The statement in the words of IAM; `reference` is what stands for the ARN of the queue.
    pub(crate) fn element(&self, reference: &str) -> Value {
        let resources: Vec<String> =
            self.resources.iter().map(|text| text.replace(REFERENCE, reference)).collect();
        let mut element = json!({"Effect": self.effect, "Action": self.actions, "Resource": resources});
        if let Some(principal) = self.principal {
            element["Principal"] = json!({"AWS": principal});
        }
        if self.condition {
            element["Condition"] = json!({"StringEquals": {"aws:PrincipalOrgID": ["o-1"]}});
        }
        element
    }

    /// The same as a block of `aws_iam_policy_document`.
    pub(crate) fn block(&self) -> Value {
        let mut block = json!({"effect": self.effect, "actions": self.actions, "resources": self.resources});
        if let Some(principal) = self.principal {
            block["principals"] = json!([{"type": "AWS", "identifiers": [principal]}]);
        }
        if self.condition {
            block["condition"] =
                json!([{"test": "StringEquals", "variable": "aws:PrincipalOrgID", "values": ["o-1"]}]);
        }
        block
    }
}

impl Policy {
    /// The policy as a value.
    pub(crate) fn value(&self, reference: &str) -> Value {
        let statements: Vec<Value> = self.statements.iter().map(|one| one.element(reference)).collect();
        json!({"Version": "2012-10-17", "Statement": statements})
    }

    pub(crate) fn refers(&self) -> bool {
        self.statements.iter().any(|statement| statement.resources.contains(&REFERENCE))
    }
}

pub(crate) fn any_model() -> impl Strategy<Value = Model> {
    let environment = prop::collection::vec(("(DB_PASSWORD|API_TOKEN|MODE)", "[a-z]{4}[0-9]{4}"), 0..3);
    (prop::collection::vec(any_policy(), 0..4), environment)
        .prop_map(|(policies, environment)| Model { policies, environment })
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let writing = [Writing::Text, Writing::Encoded, Writing::Document, Writing::Local, Writing::Default];
    let carrier = prop::sample::select(CARRIERS);
    (carrier, prop::collection::vec(any_statement(), 1..3), prop::sample::select(writing.to_vec())).prop_map(
        |(carrier, mut statements, writing)| {
            let identity = matches!(carrier.0, "aws_iam_policy" | "aws_iam_role_policy");
            for statement in &mut statements {
                if identity {
                    statement.principal = None;
                }
                // A default is literal: nothing in it is a reference.
                if writing == Writing::Default {
                    statement.resources.retain(|resource| *resource != REFERENCE);
                    statement.resources.push("*");
                }
            }
            Policy { carrier, statements, writing }
        },
    )
}

fn any_statement() -> impl Strategy<Value = Statement> {
    let some = |from: &'static [&str]| prop::collection::vec(prop::sample::select(from), 1..3);
    let principal = prop::option::of(prop::sample::select(&["*", "arn:aws:iam::111122223333:root"][..]));
    (prop::sample::select(&["Allow", "Deny"][..]), some(ACTIONS), some(RESOURCES), principal, any::<bool>())
        .prop_map(|(effect, actions, resources, principal, condition)| Statement {
            effect,
            actions,
            resources,
            principal,
            condition,
        })
}
