//! A provider as the user names it.

use serde_json::{Value, json};

use super::TerraformError;

/// A provider's source address and the versions that will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provider<'p> {
    source: &'p str,
    pub(crate) version: Option<&'p str>,
}

impl<'p> Provider<'p> {
    /// Reads `[HOST/]NAMESPACE/NAME` ("Provider Requirements": source addresses).
    ///
    /// # Errors
    /// If it is no source address.
    pub fn parse(source: &'p str, version: Option<&'p str>) -> Result<Self, TerraformError> {
        let parts: Vec<&str> = source.split('/').collect();
        let is_word = |part: &&str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ':'))
        };
        if !(2..=3).contains(&parts.len()) || !parts.iter().all(is_word) {
            return Err(TerraformError::Source(source.to_owned()));
        }
        Ok(Provider { source, version })
    }

    /// A configuration that needs the provider and nothing else.
    pub(crate) fn document(&self) -> Value {
        let mut requirement = json!({ "source": self.source });
        if let (Some(version), Some(requirement)) = (self.version, requirement.as_object_mut()) {
            requirement.insert("version".to_owned(), json!(version));
        }
        json!({ "terraform": { "required_providers": { "this": requirement } } })
    }

    /// Whether a whole address is the provider's.
    pub(crate) fn is_at(&self, address: &str) -> bool {
        address.strip_suffix(self.source).is_some_and(|host| host.is_empty() || host.ends_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_address_has_two_or_three_parts() {
        for source in ["hashicorp/random", "registry.example.com:8443/acme/thing"] {
            assert!(Provider::parse(source, None).is_ok(), "{source}");
        }
        for source in
            ["", "random", "a/b/c/d", "hashicorp/", "/random", "hashicorp/ran dom", "hashicorp/${x}"]
        {
            assert!(Provider::parse(source, None).is_err(), "{source}");
        }
    }

    #[test]
    fn a_version_is_asked_for_only_where_there_is_one() {
        let latest = Provider { source: "a/b", version: None }.document();
        assert_eq!(latest["terraform"]["required_providers"]["this"], json!({ "source": "a/b" }));
        let one = Provider { source: "a/b", version: Some("1.0") }.document();
        assert_eq!(one["terraform"]["required_providers"]["this"]["version"], "1.0");
    }

    #[test]
    fn an_address_ends_in_the_source() {
        let provider = Provider { source: "hashicorp/random", version: None };
        assert!(provider.is_at("registry.terraform.io/hashicorp/random"));
        assert!(!provider.is_at("registry.terraform.io/nothashicorp/random"));
    }
}
