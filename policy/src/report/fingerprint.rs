//! Which finding it is: the same while what it is about is the same, wherever its lines move to.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::rules::Finding;
use crate::source::Sources;

/// It changes when a fingerprint is made of other things, so that none means two findings.
const VERSION: &str = "policy finding 1";

/// So many bytes of the digest are kept: few enough to hold nothing of a secret, many enough for
/// every finding of a repository to have its own.
const BYTES: usize = 10;

/// Gives every finding that has none its fingerprint. Of equal findings in a file each has its own, by order.
pub(super) fn assign(findings: &mut [Finding], sources: &Sources) {
    let mut equal: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings.iter_mut().filter(|finding| finding.fingerprint.is_empty()) {
        let parts = parts(finding, sources);
        let earlier = equal.entry(digest(&parts, 0)).or_default();
        finding.fingerprint = digest(&parts, *earlier);
        *earlier = earlier.saturating_add(1);
    }
}

/// Rule, file, address, and the value: as it is written, but for spaces and line breaks.
fn parts(finding: &Finding, sources: &Sources) -> [String; 5] {
    let value = match &finding.secret {
        Some(secret) => secret.fingerprint.clone(),
        None => sources.written(finding.span).split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let file = sources.path(finding.span.source);
    [VERSION.to_owned(), finding.rule.id.to_owned(), file, finding.address.clone(), value]
}

fn digest(parts: &[String], earlier: usize) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    digest.update(earlier.to_string().as_bytes());
    digest.finalize().iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}
