//! Provisioners and their connections (Terraform language documentation 1.11, "Provisioners").

use super::{Grammar, Takes, block, may, must};

pub(super) static PROVISIONER: Grammar = Grammar {
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

pub(super) static CONNECTION: Grammar = Grammar {
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
