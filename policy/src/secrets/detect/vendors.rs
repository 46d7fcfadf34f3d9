//! The kinds of secrets of several hundred vendors: `data/vendors.txt`, which `data/refresh.py`
//! makes of the configuration of Betterleaks.

use std::sync::LazyLock;

use super::Kind;
use super::forms::{Evidence, Form};

/// One form a line.
pub(super) static VENDORS: LazyLock<Vec<Form>> =
    LazyLock::new(|| include_str!("../../../data/vendors.txt").lines().skip(1).filter_map(form).collect());

/// Name, evidence, least entropy, group, keywords and pattern between tabs.
fn form(line: &'static str) -> Option<Form> {
    let mut columns = line.split('\t');
    let mut column = || columns.next();
    Some(Form {
        kind: Kind::VendorToken,
        what: column()?,
        evidence: if column()? == "name" { Evidence::Name } else { Evidence::Form },
        least_entropy: column()?.parse().ok()?,
        group: column()?.parse().ok()?,
        keywords: column()?,
        pattern: column()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lines = include_str!("../../../data/vendors.txt").lines().count();
        assert_eq!(VENDORS.len(), lines - 1);
    }
}
