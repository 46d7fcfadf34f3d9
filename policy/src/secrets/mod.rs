//! What the secret rules know: where literal strings are, which names and shapes say "secret",
//! which places show their content, and how a secret may be spoken of.

mod assignments;
mod environment;
mod flow;
mod kinds;
mod literals;
mod names;
mod quiet;
mod secret;
mod sensitive;
mod shown;

pub use assignments::{Assignment, Form, assignments};
pub use environment::{is_plain_environment, unknown_environments};
pub use flow::{Carried, Flow};
pub use kinds::{Kind, Match, find};
pub use literals::{Literal, literals, places};
pub use names::is_secret;
pub use quiet::{is_quiet, is_quiet_token};
pub use secret::Secret;
pub use sensitive::{is_credential, is_sensitive, is_sensitive_provider_argument, is_write_only_elsewhere};
pub use shown::is_shown;
