//! Terraform's own blocks and arguments (Terraform language documentation 1.11, one page a block).

use super::provisioners::{CONNECTION, PROVISIONER};
use super::{Argument, Grammar, Nested, Takes, block, may, must, named};

/// A document's own level.
pub(crate) static ROOT: Grammar = Grammar {
    arguments: &[],
    blocks: &[
        named("resource", &["resource type", "resource name"], &RESOURCE),
        named("data", &["data source type", "data source name"], &DATA),
        named("ephemeral", &["ephemeral resource type", "ephemeral resource name"], &EPHEMERAL),
        named("variable", &["variable name"], &VARIABLE),
        block("locals", None, &EMPTY),
        named("output", &["output name"], &OUTPUT),
        named("module", &["module name"], &MODULE),
        named("provider", &["provider name"], &PROVIDER),
        block("terraform", None, &TERRAFORM),
        block("moved", None, &MOVED),
        block("removed", None, &REMOVED),
        block("import", None, &IMPORT),
        named("check", &["check name"], &CHECK),
    ],
};

/// Nothing of Terraform's own.
pub(crate) static EMPTY: Grammar = Grammar { arguments: &[], blocks: &[] };

pub(crate) static RESOURCE: Grammar = Grammar {
    arguments: META,
    blocks: &[
        block("lifecycle", Some(1), &LIFECYCLE),
        block("connection", Some(1), &CONNECTION),
        named("provisioner", &["provisioner type"], &PROVISIONER),
    ],
};

pub(crate) static DATA: Grammar =
    Grammar { arguments: META, blocks: &[block("lifecycle", Some(1), &CONDITIONS)] };

pub(crate) static EPHEMERAL: Grammar =
    Grammar { arguments: META, blocks: &[block("lifecycle", Some(1), &CONDITIONS)] };

const META: &[Argument] = &[
    may("count", Takes::Count),
    may("for_each", Takes::ForEach),
    may("provider", Takes::Provider),
    may("depends_on", Takes::DependsOn),
];

static LIFECYCLE: Grammar = Grammar {
    arguments: &[
        may("create_before_destroy", Takes::LiteralBool),
        may("prevent_destroy", Takes::LiteralBool),
        may("ignore_changes", Takes::IgnoreChanges),
        may("replace_triggered_by", Takes::ReplaceTriggers),
    ],
    blocks: CONDITIONS.blocks,
};

static CONDITIONS: Grammar = Grammar {
    arguments: &[],
    blocks: &[block("precondition", None, &CONDITION), block("postcondition", None, &CONDITION)],
};

static CONDITION: Grammar = Grammar {
    arguments: &[must("condition", Takes::Condition), must("error_message", Takes::Text)],
    blocks: &[],
};

pub(crate) static VARIABLE: Grammar = Grammar {
    arguments: &[
        may("type", Takes::Constraint),
        may("default", Takes::Literal),
        may("description", Takes::LiteralText),
        may("sensitive", Takes::LiteralBool),
        may("nullable", Takes::LiteralBool),
        may("ephemeral", Takes::LiteralBool),
    ],
    blocks: &[block("validation", None, &CONDITION)],
};

pub(crate) static OUTPUT: Grammar = Grammar {
    arguments: &[
        must("value", Takes::Value),
        may("description", Takes::LiteralText),
        may("sensitive", Takes::LiteralBool),
        may("ephemeral", Takes::LiteralBool),
        may("depends_on", Takes::DependsOn),
    ],
    blocks: &[block("precondition", None, &CONDITION)],
};

pub(crate) static MODULE: Grammar = Grammar {
    arguments: &[
        must("source", Takes::LiteralText),
        may("version", Takes::Version),
        may("count", Takes::Count),
        may("for_each", Takes::ForEach),
        may("depends_on", Takes::DependsOn),
        may("providers", Takes::Providers),
    ],
    blocks: &[],
};

pub(crate) static PROVIDER: Grammar =
    Grammar { arguments: &[may("alias", Takes::LiteralText), may("version", Takes::Version)], blocks: &[] };

static TERRAFORM: Grammar = Grammar {
    arguments: &[may("required_version", Takes::OwnVersion), may("experiments", Takes::Literal)],
    blocks: &[
        block("required_providers", Some(1), &EMPTY),
        named("backend", &["backend type"], &EMPTY),
        block("cloud", Some(1), &EMPTY),
        named("provider_meta", &["provider name"], &EMPTY),
    ],
};

static MOVED: Grammar =
    Grammar { arguments: &[must("from", Takes::Address), must("to", Takes::Address)], blocks: &[] };

static REMOVED: Grammar = Grammar {
    arguments: &[must("from", Takes::Address)],
    blocks: &[
        block("lifecycle", Some(1), &DESTROY),
        block("connection", Some(1), &CONNECTION),
        named("provisioner", &["provisioner type"], &PROVISIONER),
    ],
};

static DESTROY: Grammar = Grammar { arguments: &[may("destroy", Takes::LiteralBool)], blocks: &[] };

static IMPORT: Grammar = Grammar {
    arguments: &[
        must("to", Takes::ImportTo),
        must("id", Takes::Text),
        may("provider", Takes::Provider),
        may("for_each", Takes::ForEach),
    ],
    blocks: &[],
};

pub(crate) static CHECK: Grammar = Grammar {
    arguments: &[],
    blocks: &[
        Nested { name: "assert", labels: &[], most: None, least: 1, grammar: &CONDITION },
        Nested {
            name: "data",
            labels: &["data source type", "data source name"],
            most: Some(1),
            least: 0,
            grammar: &DATA,
        },
    ],
};
