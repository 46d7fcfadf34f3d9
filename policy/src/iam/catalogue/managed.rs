//! AWS's managed policies, with their documents.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::packed::Packed;

static POLICIES: LazyLock<Packed<BTreeMap<&'static str, ManagedPolicy>>> =
    LazyLock::new(|| Packed::of(include_bytes!("../../../data/managed.packed"), read));

/// One policy that AWS maintains.
#[derive(Clone, Copy, Debug)]
pub struct ManagedPolicy {
    /// Its name, such as `AmazonS3ReadOnlyAccess`; no two have the same.
    pub name: &'static str,
    /// Its path, such as `/service-role/`.
    pub path: &'static str,
    /// Its default version, such as `v3`.
    pub version: &'static str,
    /// Its document, as JSON.
    pub document: &'static str,
}

impl ManagedPolicy {
    /// Its ARN in the partition `aws`.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy{}{}", self.path, self.name)
    }
}

/// A line is a name, a path, a version and a document.
fn read(text: &'static str) -> BTreeMap<&'static str, ManagedPolicy> {
    let policies = text.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        let (name, path) = (fields.next()?, fields.next()?);
        Some((name, ManagedPolicy { name, path, version: fields.next()?, document: fields.next()? }))
    });
    policies.collect()
}

/// The policy of a name or of an ARN in any partition; nothing if AWS had none such when the data
/// was written.
#[must_use]
pub fn managed_policy(name_or_arn: &str) -> Option<&'static ManagedPolicy> {
    let named = |name: &str| POLICIES.chunk(name)?.get(name);
    let Some(arn) = name_or_arn.strip_prefix("arn:") else {
        return named(name_or_arn);
    };
    let (_, path) = arn.split_once(":iam::aws:policy")?;
    let start = path.rfind('/')?.checked_add(1)?;
    let (path, name) = path.split_at_checked(start)?;
    named(name).filter(|policy| policy.path == path)
}

/// Every policy, by name.
pub fn managed_policies() -> impl Iterator<Item = &'static ManagedPolicy> {
    POLICIES.all().flat_map(BTreeMap::values)
}
