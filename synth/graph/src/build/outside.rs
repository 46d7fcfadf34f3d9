//! Boxes for who and what is outside of the stacks.

use std::collections::BTreeSet;

use crate::architecture::{Architecture, Node};
use crate::kind::Category;

fn node(drawn: &mut Architecture, id: String, name: &str, kind: &str, is_found: bool) -> String {
    drawn.nodes.entry(id.clone()).or_insert_with(|| Node {
        group: None,
        category: Category::Outside,
        kind: kind.to_owned(),
        name: name.to_owned(),
        notes: Vec::new(),
        is_found,
        parts: BTreeSet::new(),
        remarks: BTreeSet::new(),
    });
    id
}

/// Everybody.
pub(super) fn internet(drawn: &mut Architecture) -> String {
    node(drawn, "outside:internet".to_owned(), "Internet", "anybody", false)
}

/// What is called on the internet: apart from who calls, so that no arrow leads all the way back.
pub(super) fn outbound(drawn: &mut Architecture) -> String {
    node(drawn, "outside:outbound".to_owned(), "Internet", "outwards", false)
}

/// Who has addresses.
pub(super) fn range(drawn: &mut Architecture, range: &str) -> String {
    if matches!(range, "0.0.0.0/0" | "::/0") {
        return internet(drawn);
    }
    let kind = if range.starts_with("pl-") { "prefix list" } else { "address range" };
    node(drawn, format!("outside:{range}"), range, kind, false)
}

/// A thing whose name or ARN is given from outside of the stacks.
pub(super) fn given(drawn: &mut Architecture, value: &str, kind: &str) -> String {
    node(drawn, id_of_given(value), value, kind, true)
}

/// The id of such a thing.
pub(super) fn id_of_given(value: &str) -> String {
    format!("given:{value}")
}

/// An identity provider, a service of AWS, another account.
pub(super) fn actor(drawn: &mut Architecture, name: &str, kind: &str) -> String {
    node(drawn, format!("outside:{name}"), name, kind, false)
}

/// All that the account has.
pub(super) fn everything(drawn: &mut Architecture) -> String {
    node(drawn, "outside:*".to_owned(), "every resource", "Resource \"*\"", false)
}

/// GitHub, with its code and its workflows.
pub(super) fn github(drawn: &mut Architecture) -> String {
    actor(drawn, "GitHub", "code and workflows")
}
