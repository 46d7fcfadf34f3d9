//! The crates of synth that a manifest names are in no registry yet (docs/releasing.md).

use command_line::say;

/// Warns of a manifest that names a crate of crates.io which is somebody else's, with what to give instead of a clone.
pub(super) fn warn(name: &str, instead: &str) {
    say::warning(&format!(
        "`{name}` of crates.io is somebody else's, and the manifest names it: give {instead} of a clone of synth's repository"
    ));
}
