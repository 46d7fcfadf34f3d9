//! Compares a part of a document with what is expected of it.

use serde_json::Value as Json;

/// What keeps `found` from having everything that is `expected`, each with its place: members that are not
/// expected may be anything, lists are compared item by item, `null` stands for an absent member, and a block that
/// is written once is equal to a list of one.
pub fn differences(found: &Json, expected: &Json) -> Vec<String> {
    let mut differences = Vec::new();
    compare(&mut differences, "", found, expected);
    differences
}

fn compare(differences: &mut Vec<String>, place: &str, found: &Json, expected: &Json) {
    match (found, expected) {
        (Json::Object(members), Json::Object(wanted)) => {
            for (name, wanted) in wanted {
                let place = format!("{place}/{name}");
                match (members.get(name), wanted) {
                    (None | Some(Json::Null), Json::Null) => {}
                    (None, wanted) => differences.push(format!("{place} is not set, and should be {wanted}")),
                    (Some(found), wanted) => compare(differences, &place, found, wanted),
                }
            }
        }
        (Json::Array(items), Json::Array(wanted)) if items.len() == wanted.len() => {
            for (position, (item, wanted)) in items.iter().zip(wanted).enumerate() {
                compare(differences, &format!("{place}/{position}"), item, wanted);
            }
        }
        (Json::Array(items), Json::Array(wanted)) => {
            differences.push(format!("{place} has {} items, not {}", items.len(), wanted.len()));
        }
        (Json::Object(_), Json::Array(wanted)) => match wanted.as_slice() {
            [wanted] => compare(differences, place, found, wanted),
            _ => differences.push(format!("{place} is one, not {}", wanted.len())),
        },
        (Json::Array(items), Json::Object(_)) => match items.as_slice() {
            [item] => compare(differences, place, item, expected),
            _ => differences.push(format!("{place} has {} items, not one", items.len())),
        },
        (found, expected) if found == expected => {}
        (found, expected) => differences.push(format!("{place} is {found}, not {expected}")),
    }
}
