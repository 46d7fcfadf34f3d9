//! Images of containers: from private repositories of ECR they are pulled with a principal.

use super::super::derivation::{Needing, Use};
use super::super::kind::Kind;
use super::super::principal::{Certainty, Resource};
use super::super::thing::{Part, Thing, render};
use crate::known::Later;
use crate::node::{Node, Value};
use crate::text::Text;

/// What pulling an image needs of its repository (Amazon ECS developer guide, "Amazon ECS task execution IAM role";
/// AWS managed policy `AmazonECSTaskExecutionRolePolicy`).
pub(super) const PULL: &[&str] =
    &["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/// What an image's name says of where it is.
enum Registry<'b> {
    /// A private repository of ECR.
    Private(Box<Thing<'b>>),
    /// A public one, or one of somebody else.
    Elsewhere,
    /// It is known only later.
    Unknown(Later),
}

impl<'b> Use<'_, 'b> {
    /// Needs to pull an image, with these actions on its repository.
    pub(super) fn pulls(&mut self, image: &Node, actions: &[&str]) {
        match self.registry(image) {
            Registry::Elsewhere => {}
            Registry::Private(repository) => {
                self.needs(actions, &repository, Part::Whole, "pulls from", image.span);
                self.needs_everywhere(
                    &["ecr:GetAuthorizationToken"],
                    &format!("pulls from `{}`", repository.called),
                    image.span,
                );
            }
            Registry::Unknown(later) => {
                let doing = format!("may pull from a repository of ECR: {}", later.why);
                self.may_need(actions, Kind::Repository, &doing, image.span);
                self.put(Needing {
                    actions: &["ecr:GetAuthorizationToken"],
                    resource: Resource::Every,
                    certainty: Certainty::Plausible,
                    context: &[],
                    doing,
                    span: image.span,
                });
            }
        }
    }

    fn registry(&self, image: &Node) -> Registry<'b> {
        let Some(text) = text_of(image) else { return Registry::Unknown(Later::of(image)) };
        if let Some(hole) = text.hole(0) {
            return match self.derivation.index.thing(hole, &self.block.module, &[]) {
                Ok(Some(thing)) if thing.kind == Some(Kind::Repository) => Registry::Private(Box::new(thing)),
                Ok(Some(thing)) if thing.kind.is_some() || thing.block.is_some() => Registry::Elsewhere,
                _ if text.as_str().contains(".dkr.ecr.") => self.by_name(&text),
                _ => Registry::Unknown(Later::of(hole)),
            };
        }
        // "aws_account_id.dkr.ecr.region.amazonaws.com" (Amazon ECR user guide, "Amazon ECR private registry").
        if text.as_str().contains(".dkr.ecr.") { self.by_name(&text) } else { Registry::Elsewhere }
    }

    fn by_name(&self, image: &Text) -> Registry<'b> {
        let written = image.as_str();
        let start = written.find('/').map_or(written.len(), |at| at.saturating_add(1));
        let end = written.get(start..).and_then(|name| name.find([':', '@']));
        let end = end.map_or(written.len(), |length| start.saturating_add(length));
        let name = Node::text(image.slice(start..end));
        let registry = render(&image.slice(0..start));
        let registry: Vec<&str> = registry.split('.').collect();
        match self.derivation.index.one(&name, &self.block.module, Kind::Repository) {
            Some(found) if found.block.is_some() => Registry::Private(Box::new(found)),
            Some(found) => match registry.as_slice() {
                [account, "dkr", "ecr", region, ..] if !account.contains('$') => {
                    let arn = format!("arn:aws:ecr:{region}:{account}:repository/{}", found.called);
                    Registry::Private(Box::new(Thing::written(&Text::new(arn, image.span()))))
                }
                _ => Registry::Private(Box::new(found)),
            },
            None => Registry::Unknown(Later::of(&name)),
        }
    }
}

fn text_of(node: &Node) -> Option<Text> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Reference(_) => Some(Text::unknown(node.clone())),
        _ => None,
    }
}
