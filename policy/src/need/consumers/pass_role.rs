//! Running a task of ECS hands on its roles.

use super::super::derivation::{Needing, Use};
use super::super::kind::Kind;
use super::super::principal::Certainty;
use super::super::thing::Part;
use crate::node::Node;

impl Use<'_, '_> {
    /// Runs the tasks of the task definitions at an argument (Amazon ECS developer guide, "Amazon ECS EventBridge IAM Role").
    pub(super) fn runs_tasks(&mut self, path: &[&str]) {
        for node in self.values(path) {
            self.runs_task(node);
        }
    }

    /// Runs the tasks of one task definition.
    pub(super) fn runs_task(&mut self, node: &Node) {
        let definition = match self.thing(node, &[Kind::TaskDefinition]) {
            Ok(Some(definition)) => definition,
            Ok(None) => return,
            Err(later) => return self.open(&later),
        };
        self.needs(&["ecs:RunTask"], &definition, Part::Whole, "runs", node.span);
        let Some(block) = definition.block else {
            let why = format!("which roles `{}` has is not known here", definition.called);
            return self.open(&crate::known::Later { span: node.span, why });
        };
        for argument in ["execution_role_arn", "task_role_arn"] {
            let Some(role) = block.body.member(argument) else { continue };
            match self.derivation.index.thing(&role.value, &block.module, &[Kind::Role]) {
                Ok(Some(role)) => self.put(Needing {
                    actions: &["iam:PassRole"],
                    resource: role.part(Part::Whole),
                    certainty: Certainty::Needed,
                    context: &[("iam:PassedToService", "ecs-tasks.amazonaws.com")],
                    doing: format!("runs `{}`, whose role is `{}`", definition.called, role.called),
                    span: node.span,
                }),
                Ok(None) => {}
                Err(later) => self.open(&later),
            }
        }
    }
}
