//! What several consumers do alike: read what is injected, write logs, reach out of a network.

use super::derivation::{Needing, Use};
use super::kind::Kind;
use super::principal::Certainty;
use super::thing::{Part, Thing, render};
use crate::known::Later;
use crate::node::Node;
use crate::source::Span;

/// What writing to a log group needs (Amazon ECS developer guide, "Send Amazon ECS logs to CloudWatch").
pub(super) const WRITE_LOGS: &[&str] = &["logs:CreateLogStream", "logs:PutLogEvents"];

impl<'b> Use<'_, 'b> {
    /// What a value names.
    pub(super) fn thing(&self, node: &Node, kinds: &[Kind]) -> Result<Option<Thing<'b>>, Later> {
        self.derivation.index.thing(node, &self.block.module, kinds)
    }

    /// Reads a secret or a parameter that is injected: by ARN, or a parameter by its name (Amazon ECS developer guide,
    /// "Pass sensitive data to an Amazon ECS container"; AWS App Runner developer guide, "Managing environment
    /// variables").
    pub(super) fn injected(&mut self, node: &Node, doing: &str) {
        let is_name =
            node.as_text().is_some_and(|text| text.hole(0).is_none() && !text.as_str().starts_with("arn:"));
        let kinds: &[Kind] = if is_name { &[Kind::Parameter] } else { &[Kind::Secret, Kind::Parameter] };
        match self.thing(node, kinds) {
            Ok(Some(thing)) => match thing.kind {
                Some(Kind::Secret) => {
                    self.needs(&["secretsmanager:GetSecretValue"], &thing, Part::Whole, doing, node.span);
                }
                Some(Kind::Parameter) => {
                    self.needs(&["ssm:GetParameters"], &thing, Part::Whole, doing, node.span);
                }
                _ => self.open(&Later {
                    span: node.span,
                    why: format!("whether `{}` is a secret or a parameter is not known", thing.called),
                }),
            },
            Ok(None) => {}
            Err(later) => self.open(&later),
        }
    }

    /// Writes to a log group that is there.
    pub(super) fn logs_to(&mut self, group: &Node) {
        match self.thing(group, &[Kind::LogGroup]) {
            Ok(Some(thing)) => {
                self.needs(WRITE_LOGS, &thing, Part::Below(":*"), "writes logs to", group.span)
            }
            Ok(None) => {}
            Err(later) => self.open(&later),
        }
    }

    /// Makes a log group before it writes to it.
    pub(super) fn creates_log_group(&mut self, group: &Node) {
        if let Ok(Some(thing)) = self.thing(group, &[Kind::LogGroup]) {
            self.needs(&["logs:CreateLogGroup"], &thing, Part::Below(":*"), "creates", group.span);
        }
    }

    /// Reads one object, by its ARN.
    pub(super) fn reads_object(&mut self, object: &Node, doing: &str) {
        let text = object.as_text();
        let split = text.and_then(|text| Some((text, text.as_str().find('/')?)));
        let Some((text, slash)) = split else { return self.open(&Later::of(object)) };
        let key = text.slice(slash.saturating_add(1)..text.as_str().len());
        let bucket = Node::text(text.slice(0..slash));
        match self.thing(&bucket, &[Kind::Bucket]) {
            Ok(Some(bucket)) => {
                self.put(Needing {
                    actions: &["s3:GetObject"],
                    resource: bucket.object(&render(&key)),
                    certainty: Certainty::Needed,
                    context: &[],
                    doing: format!("{doing} `{}`", bucket.called),
                    span: object.span,
                });
                self.needs(&["s3:GetBucketLocation"], &bucket, Part::Whole, doing, object.span);
            }
            Ok(None) => {}
            Err(later) => self.open(&later),
        }
    }

    /// Makes network interfaces in a network of the author's (AWS Lambda developer guide, "Giving Lambda functions access
    /// to resources in an Amazon VPC": required IAM permissions).
    pub(super) fn enters_network(&mut self, span: Span) {
        let actions =
            ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces"];
        self.needs_everywhere(&actions, "runs inside of a network", span);
    }
}
