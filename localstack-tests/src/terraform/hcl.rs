//! What a file in Terraform's native syntax says about the AWS provider and its modules.

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use serde_json::Value;

use super::configured::Configured;

/// Reads a `.tf` file.
pub(super) fn configured(text: &str) -> Result<Configured, String> {
    let body: Body = text.parse().map_err(|error: hcl_edit::parser::Error| error.to_string())?;
    let mut found = Configured::default();
    for block in body.blocks() {
        let label = block.labels.first().map(|label| label.as_str());
        match (block.ident.as_str(), label) {
            ("provider", Some("aws")) => match block.body.get_attribute("alias").map(|alias| &alias.value) {
                Some(Expression::String(alias)) => found.aliases.push(Value::String(alias.to_string())),
                // Terraform takes nothing but a name here, and says so better than we can.
                Some(_) => {}
                None => found.default = true,
            },
            ("data", Some("terraform_remote_state")) => {
                found.states.extend(block.labels.get(1).map(|label| label.as_str().to_owned()));
            }
            ("resource" | "data" | "ephemeral", Some(kind)) => found.needed |= kind.starts_with("aws_"),
            // A module takes the default configuration from whoever calls it.
            ("module", _) => {
                let source = block.body.get_attribute("source").map(|source| &source.value);
                if let Some(Expression::String(source)) = source {
                    found.modules.push(source.to_string());
                }
            }
            ("terraform", _) => found.needed |= requires_aws(block),
            _ => {}
        }
    }
    found.needed |= !found.aliases.is_empty();
    Ok(found)
}

fn requires_aws(terraform: &Block) -> bool {
    let mut required = terraform.body.get_blocks("required_providers");
    required.any(|providers| providers.body.has_attribute("aws"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn provider_blocks_are_found_with_their_aliases() {
        let found = configured(
            "provider \"aws\" {\n  region = var.region\n}\nprovider \"aws\" {\n  alias = \"west\" # far\n}\n",
        )
        .unwrap();
        assert_eq!((found.default, found.aliases), (true, vec![Value::from("west")]));
    }

    #[test]
    fn what_may_need_the_provider_is_seen() {
        for text in [
            "resource \"aws_sqs_queue\" \"jobs\" {}\n",
            "data \"aws_region\" \"here\" {}\n",
            "terraform {\n  required_providers {\n    aws = { source = \"hashicorp/aws\" }\n  }\n}\n",
        ] {
            assert!(configured(text).unwrap().needed, "{text}");
        }
        for text in ["", "resource \"terraform_data\" \"x\" {}\n", "provider \"google\" {}\n"] {
            assert!(!configured(text).unwrap().needed, "{text}");
        }
    }

    #[test]
    fn sources_of_modules_are_found() {
        let found = configured("module \"network\" {\n  source = \"../network\"\n}\n").unwrap();
        assert_eq!(found.modules, ["../network"]);
    }

    #[test]
    fn states_that_are_read_are_found() {
        let found =
            configured("data \"terraform_remote_state\" \"network\" {\n  backend = \"s3\"\n}\n").unwrap();
        assert_eq!(found.states, BTreeSet::from(["network".to_owned()]));
    }

    #[test]
    fn what_is_no_hcl_is_refused_with_its_line() {
        let why = configured("resource \"a\" {\n  = 7\n}\n").unwrap_err();
        assert!(why.contains("2 | "), "{why}");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-z\"{}=\\[\\]\n #<]{0,60}") {
            let _ = configured(&text);
        }
    }
}
