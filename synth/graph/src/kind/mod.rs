//! What a type of resource is in an architecture: a box, a frame around others, or a detail of a box.

mod table;

use std::borrow::Cow;

/// What a box is for; it decides its colour and its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Runs code.
    Compute,
    /// Keeps data.
    Data,
    /// What requests come through first.
    Edge,
    /// A part of a network.
    Network,
    /// Who acts, and who is trusted.
    Identity,
    /// What must not be read by everybody: secrets, keys, certificates.
    Secret,
    /// Carries messages.
    Messaging,
    /// Watches the rest.
    Observability,
    /// What is outside of everything that is declared.
    Outside,
    /// Anything else.
    Other,
}

impl Category {
    /// Its name, in styles and for a reader.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Category::Compute => "compute",
            Category::Data => "data",
            Category::Edge => "edge",
            Category::Network => "network",
            Category::Identity => "identity",
            Category::Secret => "secret",
            Category::Messaging => "messaging",
            Category::Observability => "observability",
            Category::Outside => "outside",
            Category::Other => "other",
        }
    }
}

/// What becomes of a resource in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A box.
    Shown(Category),
    /// A frame of networks: a VPC.
    Network,
    /// A part of a frame of its kind: a subnet.
    Subnet,
    /// A frame of the services in it, if there are any; else a box.
    Cluster,
    /// Details of the boxes that are in it.
    SecurityGroup,
    /// A detail of the one workload that acts with it; else a box.
    Acted,
    /// A detail of what the first of these arguments names that names something.
    Into(&'static [&'static str]),
    /// A detail of what refers to it: of these types, or of any where none is said.
    Of(&'static [&'static str]),
    /// No type that is known here.
    Unknown,
}

/// The role of a type.
pub(crate) fn role(type_name: &str) -> Role {
    if let Some(row) = table::find(type_name) {
        return row.role;
    }
    if type_name.starts_with("aws_s3_bucket_") {
        return Role::Into(&["bucket"]); // `target_bucket` and policies name other buckets
    }
    // Providers whose resources are values for others: random_password, time_static, tls_private_key.
    let utility = ["random_", "time_", "tls_", "local_", "archive_", "null_", "terraform_", "external_"];
    if utility.iter().any(|prefix| type_name.starts_with(prefix)) { Role::Of(&[]) } else { Role::Unknown }
}

/// What a reader calls a type: `App Runner service`, or its own words.
pub(crate) fn label(type_name: &str) -> Cow<'static, str> {
    match table::find(type_name) {
        Some(row) => Cow::Borrowed(row.label),
        None => {
            let words = type_name.strip_prefix("aws_").unwrap_or(type_name);
            Cow::Owned(words.replace('_', " "))
        }
    }
}

/// Whether a type is one that policies are about, not one that acts with what it names.
pub(crate) fn only_mentions(type_name: &str) -> bool {
    type_name.starts_with("aws_iam_")
        || type_name.ends_with("_policy")
        || matches!(type_name, "aws_lambda_permission" | "aws_kms_grant")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_nobody_knows_is_called_by_its_own_words() {
        assert_eq!(label("aws_frobnicator_thing"), "frobnicator thing");
        assert_eq!(label("acme_database"), "acme database");
    }

    #[test]
    fn values_for_others_are_details_of_them() {
        assert_eq!(role("random_password"), Role::Of(&[]));
        assert_eq!(role("acme_database"), Role::Unknown);
    }
}
