//! Since when Terraform has a function.

use crate::tree::TerraformVersion;

/// Providers offer functions since Terraform 1.8 (its changelog).
pub(crate) const OF_PROVIDERS_SINCE: TerraformVersion = (1, 8);

/// The least version that has a function, of those that came with Terraform 1.x (its changelogs).
pub(crate) fn since(function: &str) -> TerraformVersion {
    match function {
        "endswith" | "startswith" | "timecmp" => (1, 3),
        "plantimestamp" | "strcontains" => (1, 5),
        "issensitive" => (1, 8),
        "templatestring" => (1, 9),
        "ephemeralasnull" => (1, 10),
        _ => (0, 0),
    }
}
