//! Amazon Route 53: hosted zones and the records in them.

mod alias;
pub(crate) mod name;
mod record;
mod zone;

pub use alias::{Alias, AliasTarget};
pub use record::Record;
pub use zone::{ExistingZone, Zone, ZoneHandle};
