//! What the secret rules know: where literal strings are, which names and shapes say "secret",
//! which places show their content, and how a secret may be spoken of.

mod assignments;
mod detect;
mod environment;
mod flow;
mod layers;
mod literals;
mod names;
mod quiet;
mod secret;
mod sensitive;
mod shown;
mod uuid;
mod walk;

pub use assignments::{Assignment, assignments};
pub use detect::{Check, Kind, Match, find, is_random};
pub use environment::{is_plain_environment, unknown_environments};
pub use flow::{Carried, Flow};
pub use layers::{Layer, is_encoded};
pub use literals::{Literal, Literals, literals};
pub use names::{hints_at_secret, is_about, is_secret, is_word_for_secret};
pub use quiet::{is_quiet, is_quiet_token, is_quiet_under};
pub use secret::Secret;
pub use sensitive::{
    has_sensitive, is_credential, is_sensitive, is_sensitive_provider_argument, is_write_only_elsewhere,
};
pub use shown::is_shown;
pub use walk::places;
