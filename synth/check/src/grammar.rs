//! Terraform's own blocks and arguments (Terraform language documentation 1.11, one page a block).

/// What may stand in a block.
#[derive(Debug)]
pub(crate) struct Grammar {
    pub(crate) arguments: &'static [Argument],
    pub(crate) blocks: &'static [Nested],
}

/// An argument.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) takes: Takes,
}

/// A block in a block.
#[derive(Debug)]
pub(crate) struct Nested {
    pub(crate) name: &'static str,
    pub(crate) labels: &'static [&'static str],
    pub(crate) most: Option<usize>,
    pub(crate) least: usize,
    pub(crate) grammar: &'static Grammar,
}

/// How an argument's value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// An expression of any type.
    Value,
    /// An expression that becomes text.
    Text,
    /// An expression that becomes a number.
    Number,
    /// An expression that becomes a bool.
    Bool,
    /// A list of texts.
    Texts,
    /// Text that is not evaluated.
    LiteralText,
    /// A bool that is not evaluated.
    LiteralBool,
    /// JSON that is not evaluated.
    Literal,
    /// `count`.
    Count,
    /// `for_each`.
    ForEach,
    /// `depends_on`.
    DependsOn,
    /// The provider of a resource.
    Provider,
    /// The providers of a module.
    Providers,
    /// `ignore_changes`.
    IgnoreChanges,
    /// `replace_triggered_by`.
    ReplaceTriggers,
    /// A condition, which must refer to something.
    Condition,
    /// The type of a variable.
    Constraint,
    /// An address, as `moved` has it.
    Address,
    /// The resource that an `import` fills.
    ImportTo,
    /// One of these words.
    Word(&'static [&'static str]),
}

const fn may(name: &'static str, takes: Takes) -> Argument {
    Argument { name, required: false, takes }
}

const fn must(name: &'static str, takes: Takes) -> Argument {
    Argument { name, required: true, takes }
}

const fn block(name: &'static str, most: Option<usize>, grammar: &'static Grammar) -> Nested {
    Nested { name, labels: &[], most, least: 0, grammar }
}

const fn named(name: &'static str, labels: &'static [&'static str], grammar: &'static Grammar) -> Nested {
    Nested { name, labels, most: None, least: 0, grammar }
}

impl Grammar {
    pub(crate) fn argument(&self, name: &str) -> Option<(usize, &'static Argument)> {
        self.arguments.iter().enumerate().find(|(_, argument)| argument.name == name)
    }

    pub(crate) fn block(&self, name: &str) -> Option<(usize, &'static Nested)> {
        self.blocks.iter().enumerate().find(|(_, block)| block.name == name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let arguments = self.arguments.iter().map(|argument| argument.name);
        arguments.chain(self.blocks.iter().map(|block| block.name))
    }
}

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

static PROVISIONER: Grammar = Grammar {
    arguments: &[
        may("when", Takes::Word(&["create", "destroy"])),
        may("on_failure", Takes::Word(&["continue", "fail"])),
    ],
    blocks: &[block("connection", Some(1), &CONNECTION)],
};

/// The arguments of a provisioner, if Terraform has it.
pub(crate) fn provisioner(kind: &str) -> Option<&'static Grammar> {
    static FILE: Grammar = Grammar {
        arguments: &[
            may("source", Takes::Text),
            may("content", Takes::Text),
            must("destination", Takes::Text),
        ],
        blocks: &[],
    };
    static LOCAL_EXEC: Grammar = Grammar {
        arguments: &[
            must("command", Takes::Text),
            may("interpreter", Takes::Texts),
            may("working_dir", Takes::Text),
            may("environment", Takes::Value),
            may("quiet", Takes::Bool),
        ],
        blocks: &[],
    };
    static REMOTE_EXEC: Grammar = Grammar {
        arguments: &[may("inline", Takes::Texts), may("script", Takes::Text), may("scripts", Takes::Texts)],
        blocks: &[],
    };
    match kind {
        "file" => Some(&FILE),
        "local-exec" => Some(&LOCAL_EXEC),
        "remote-exec" => Some(&REMOTE_EXEC),
        _ => None,
    }
}

static CONNECTION: Grammar = Grammar {
    arguments: &[
        must("host", Takes::Text),
        may("type", Takes::Text),
        may("user", Takes::Text),
        may("password", Takes::Text),
        may("port", Takes::Number),
        may("timeout", Takes::Text),
        may("script_path", Takes::Text),
        may("target_platform", Takes::Text),
        may("private_key", Takes::Text),
        may("certificate", Takes::Text),
        may("host_key", Takes::Text),
        may("agent", Takes::Bool),
        may("agent_identity", Takes::Text),
        may("proxy_scheme", Takes::Text),
        may("proxy_host", Takes::Text),
        may("proxy_port", Takes::Number),
        may("proxy_user_name", Takes::Text),
        may("proxy_user_password", Takes::Text),
        may("bastion_host", Takes::Text),
        may("bastion_host_key", Takes::Text),
        may("bastion_port", Takes::Number),
        may("bastion_user", Takes::Text),
        may("bastion_password", Takes::Text),
        may("bastion_private_key", Takes::Text),
        may("bastion_certificate", Takes::Text),
        may("https", Takes::Bool),
        may("insecure", Takes::Bool),
        may("cacert", Takes::Text),
        may("use_ntlm", Takes::Bool),
    ],
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
        may("version", Takes::LiteralText),
        may("count", Takes::Count),
        may("for_each", Takes::ForEach),
        may("depends_on", Takes::DependsOn),
        may("providers", Takes::Providers),
    ],
    blocks: &[],
};

pub(crate) static PROVIDER: Grammar = Grammar {
    arguments: &[may("alias", Takes::LiteralText), may("version", Takes::LiteralText)],
    blocks: &[],
};

static TERRAFORM: Grammar = Grammar {
    arguments: &[may("required_version", Takes::LiteralText), may("experiments", Takes::Literal)],
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
