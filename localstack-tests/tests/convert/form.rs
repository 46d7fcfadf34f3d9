//! What configurations are converted to, and where that is known to plan otherwise.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use localstack_tests::Failure;
use synth::stack_file;
use synth_convert::{Bindings, Fate, Output, Target, convert};

use crate::fixture::Fixture;
use crate::program::{self, Documents};
use crate::tree::Tree;

/// Lines that differ, by the tree and how they begin, with the reason.
type Known = &'static [(&'static str, &'static str)];

/// Terraform shows no dynamic blocks in a configuration, and static ones became dynamic to stay in their order.
const INTERLEAVED: Known = &[
    ("jobs", "configuration.root_module.resources[data.aws_iam_policy_document.run].expressions: "),
    (
        "alarms",
        "configuration.root_module.resources[aws_cloudwatch_metric_alarm.rate].expressions.metric_query: ",
    ),
    (
        "lambda-function",
        "configuration.root_module.resources[data.aws_iam_policy_document.this].expressions: ",
    ),
    ("s3-bucket", "configuration.root_module.resources[data.aws_iam_policy_document.this].expressions: "),
    ("state-machine", "configuration.root_module.resources[data.aws_iam_policy_document.this].expressions: "),
];

/// Terraform shows blocks for an argument nowhere in a configuration, and the list that dynamic ones became.
const LISTS: Known = &[
    ("fargate-service", "configuration.root_module.resources[aws_security_group.lb].expressions.ingress: "),
    ("vpc", "configuration.root_module.resources[aws_route_table.private].expressions.route: "),
];

/// A `lookup` without a default is an index, of which Terraform shows the key too.
const LOOKUP: Known =
    &[("instances", "configuration.root_module.resources[aws_instance.web].expressions.ami.references: ")];

/// Terraform shows an ephemeral variable nowhere; for synth it is a secret as well.
const EPHEMERAL: Known = &[("parameters", "configuration.root_module.variables.database_password: ")];

/// The programs of all trees and of all fixtures, which are built together.
struct Programs {
    documents: Documents,
    left: Vec<String>,
}

static PROGRAMS: LazyLock<Result<Programs, String>> =
    LazyLock::new(|| programs().map_err(|failure| format!("{failure:?}")));

fn programs() -> Result<Programs, Failure> {
    let mut outputs = converted(&Tree::all()?, Target::Program)?;
    let bindings = Bindings::aws()?;
    for fixture in Fixture::all()? {
        let name = fixture.program();
        let output = convert(&name, &fixture.files(), Target::Program, &bindings)
            .map_err(|problems| format!("{name}:\n{problems}"))?;
        outputs.insert(name, output);
    }
    Ok(Programs { documents: program::documents(&outputs)?, left: left(&outputs) })
}

/// The trees in one of the forms.
pub(crate) struct Form {
    pub(crate) name: &'static str,
    documents: Documents,
    /// What is not in it, a line each.
    pub(crate) left: Vec<String>,
    different: Vec<Known>,
}

impl Form {
    /// As programs, built and run.
    pub(crate) fn programs() -> Result<Form, Failure> {
        let Programs { left, documents } = PROGRAMS.as_ref().map_err(Clone::clone)?;
        let (left, documents) = (left.clone(), documents.clone());
        Ok(Form { name: "program", documents, left, different: vec![INTERLEAVED, LOOKUP, EPHEMERAL] })
    }

    /// As stack files.
    pub(crate) fn stack_files(trees: &[Tree]) -> Result<Form, Failure> {
        let outputs = converted(trees, Target::StackFile)?;
        let documents = outputs.iter().map(|(name, output)| (name.clone(), synthesized(output))).collect();
        Ok(Form { name: "stack-file", documents, left: left(&outputs), different: vec![INTERLEAVED, LISTS] })
    }

    /// The document of a module.
    pub(crate) fn document(&self, tree: &Tree, module: &str) -> Result<String, Failure> {
        Ok(self.documents[&tree.program(module)].clone()?)
    }

    /// The document of a fixture.
    pub(crate) fn of_fixture(&self, fixture: &Fixture) -> Result<String, Failure> {
        Ok(self.documents[&fixture.program()].clone()?)
    }

    /// Whether it is known that a line differs.
    pub(crate) fn differs(&self, tree: &Tree, line: &str) -> bool {
        let mut known = self.different.iter().copied().flatten();
        known.any(|(name, beginning)| *name == tree.name && line.starts_with(beginning))
    }
}

/// What `convert` makes of every module of every tree.
fn converted(trees: &[Tree], target: Target) -> Result<BTreeMap<String, Output>, Failure> {
    let bindings = Bindings::aws()?;
    let mut outputs = BTreeMap::new();
    for tree in trees {
        for (module, files) in &tree.modules {
            let name = tree.program(module);
            let output = convert(&name, files, target, &bindings)
                .map_err(|problems| format!("{name}:\n{problems}"))?;
            outputs.insert(name, output);
        }
    }
    Ok(outputs)
}

fn left(outputs: &BTreeMap<String, Output>) -> Vec<String> {
    let left = outputs.iter().flat_map(|(name, output)| {
        let left = output.notes.iter().filter(|note| note.fate == Fate::Left);
        left.map(move |note| format!("{name}: {note}"))
    });
    left.collect()
}

/// The document of a stack file.
fn synthesized(output: &Output) -> Result<String, String> {
    let file = Target::StackFile.file();
    let documents = stack_file::resolve(file, &output.files[file]).map_err(|wrong| wrong.to_string())?;
    documents.into_iter().next().map(|document| document.json).ok_or_else(|| "no document".to_owned())
}
