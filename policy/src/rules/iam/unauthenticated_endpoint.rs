//! Functions and APIs that ask nobody who they are.

use crate::iam::references;
use crate::known::Known;
use crate::node::{Node, Value};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};
use crate::terraform::Block;

pub(crate) static RULE: Rule = Rule {
    id: "IAM062",
    name: "unauthenticated-endpoint",
    summary: "a function URL or a method of an API is open to callers without credentials",
    rationale: "With `NONE` IAM is not asked at all: whoever knows the address calls the function, and what the \
                function's role may do is done for everybody.",
    remedy: "set `AWS_IAM`, or for an API an authorizer; where it is meant to be public, put what must be kept in the \
             function itself",
    sources: &[
        "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_lambda_function_url": {"u": {"function_name": "f", "authorization_type": "AWS_IAM"}}}}"#,
        r#"{"resource": {"aws_api_gateway_method": {"m": {"http_method": "OPTIONS", "authorization": "NONE"}}}}"#,
        r#"{"resource": {"aws_api_gateway_method": {"m": {"http_method": "GET", "authorization": "NONE", "api_key_required": true}}}}"#,
        r#"{"resource": {"aws_apigatewayv2_route": {"r": {"route_key": "GET /x", "authorization_type": "JWT"}, "end": {"route_key": "$disconnect"}}}}"#,
    ],
    bad: &[
        Bad {
            document: r#"{"resource": {"aws_lambda_function_url": {"u": {"function_name": "f", "authorization_type": "NONE"}}}}"#,
            at: &[r#""NONE""#],
        },
        Bad {
            document: r#"{"resource": {"aws_api_gateway_method": {"m": {"http_method": "GET", "authorization": "NONE"}}}}"#,
            at: &[r#""NONE""#],
        },
        Bad {
            document: r#"{"resource": {"aws_apigatewayv2_api": {"a": {"protocol_type": "HTTP"}}, "aws_apigatewayv2_route": {"r": {"api_id": "${aws_apigatewayv2_api.a.id}", "route_key": "$default"}}}}"#,
            at: &[r#""r""#],
        },
    ],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for block in &subject.blocks {
        let argument = if block.is_resource("aws_lambda_function_url") {
            "authorization_type"
        } else if block.is_resource("aws_api_gateway_method") && !is_kept_otherwise(block) {
            "authorization"
        } else if block.is_resource("aws_apigatewayv2_route")
            && takes_anything(block, &subject.blocks, judgement)
        {
            "authorization_type"
        } else {
            continue; // another resource, or a method that needs no authorization
        };
        let span = match block.argument(argument) {
            Known::Is(node) if node.literal() == Some("NONE") => node.span,
            // A route without one has `NONE`; the other two require it.
            Known::Absent if block.is_resource("aws_apigatewayv2_route") => block.span,
            Known::Later(later) => {
                judgement.undecided(later.span, "whether callers need credentials is known only later");
                continue;
            }
            Known::Is(_) | Known::Absent => continue,
        };
        judgement.report(Finding::new(&RULE, span, block.address(), "callers need no credentials here"));
    }
}

/// A browser asks with `OPTIONS` before it sends credentials; an API key is asked for by API Gateway itself.
fn is_kept_otherwise(block: &Block) -> bool {
    let says = |argument: &str, holds: fn(&Node) -> bool| {
        block.argument(argument).known().is_some_and(|node| holds(node))
    };
    says("http_method", |node| node.literal() == Some("OPTIONS"))
        || says("api_key_required", |node| matches!(node.value, Value::Bool(true)))
}

/// Whether a route takes requests of strangers: one of HTTP, or the first of a WebSocket, where the others follow on
/// (API Gateway developer guide, "Control and manage access to WebSocket APIs").
fn takes_anything(route: &Block, blocks: &[Block], judgement: &mut Judgement) -> bool {
    let key = match route.argument("route_key") {
        Known::Is(node) => node.literal().unwrap_or_default(),
        Known::Absent => "",
        Known::Later(later) => {
            judgement.undecided(later.span, "which requests this route takes is known only later");
            return false;
        }
    };
    match key {
        "$connect" => true,
        "$default" => {
            let api = route.body.member("api_id").map(|member| references(&member.value)).unwrap_or_default();
            let is_http = |block: &&Block| {
                let protocol = block.body.member("protocol_type").and_then(|member| member.value.literal());
                block.is_resource("aws_apigatewayv2_api") && protocol == Some("HTTP")
            };
            blocks
                .iter()
                .filter(is_http)
                .any(|block| api.iter().any(|name| block.address().ends_with(name.as_str())))
        }
        _ => key.contains(' ') && !key.starts_with("OPTIONS "),
    }
}
