//! What an account still holds: an exit code of 0 from destroy does not prove that nothing is left.

mod found;
mod kinds;

use std::fmt;

use serde_json::Value;

use crate::aws::{AwsError, Client};
pub use found::finds;
use kinds::{Ask, KINDS, Scope};

/// Something that exists in an account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holding {
    /// What it is, in the service's words.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Where it is; nowhere in particular if the service is global.
    pub region: Option<String>,
    /// Whether it is already on its way out.
    pub standing: Standing,
}

/// Whether a holding stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It stays until somebody deletes it.
    Live,
    /// The service deletes it when its recovery window is over.
    Leaving,
}

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = self.region.as_ref().map(|region| format!(" in {region}")).unwrap_or_default();
        let leaving = if self.standing == Standing::Leaving { " (scheduled for deletion)" } else { "" };
        write!(f, "{} `{}`{region}{leaving}", self.kind, self.name)
    }
}

fn text<'a>(item: &'a Value, member: &str) -> &'a str {
    item.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// Lists what the client's account holds in its region (and globally), sorted.
pub fn holdings(client: &Client) -> Result<Vec<Holding>, AwsError> {
    let mut found = Vec::new();
    for kind in KINDS {
        let items = match kind.ask {
            Ask::List { operation, input, token } => {
                client.list(kind.service, operation, input(), kind.list, token)?
            }
            Ask::Path(path) => client.items(kind.service, path, kind.list)?,
        };
        found.extend(items.iter().filter(|item| (kind.counts)(item)).map(|item| Holding {
            kind: kind.name,
            name: item.as_str().unwrap_or_else(|| text(item, kind.key)).to_owned(),
            region: (kind.scope == Scope::Regional).then(|| client.region().to_owned()),
            standing: if item.get("DeletedDate").is_some() { Standing::Leaving } else { Standing::Live },
        }));
    }
    found.sort();
    Ok(found)
}
