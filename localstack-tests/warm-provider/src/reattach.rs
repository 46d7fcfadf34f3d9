//! How terraform is told of a provider that runs already.

use std::path::Path;

use serde_json::json;

use crate::handshake::Protocol;

/// The variable that Terraform and OpenTofu read ("Debugging Providers": `TF_REATTACH_PROVIDERS`).
pub(crate) const VARIABLE: &str = "TF_REATTACH_PROVIDERS";

/// The value that leads whoever needs `address`, `registry.terraform.io/hashicorp/aws`, to `socket`.
pub(crate) fn value(address: &str, protocol: Protocol, socket: &Path) -> String {
    json!({ address: {
        "Protocol": "grpc",
        "ProtocolVersion": protocol.number(),
        "Pid": std::process::id(),
        // Terraform does not end what it did not start.
        "Test": true,
        "Addr": { "Network": "unix", "String": socket },
    }})
    .to_string()
}
