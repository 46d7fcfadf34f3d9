//! Documents that are compared as a whole with a committed file.

use std::fs;
use std::path::Path;

use similar::TextDiff;

use crate::Synthesized;

/// The variable of the environment that makes every snapshot the current one.
const BLESS: &str = "BLESS";

impl Synthesized {
    /// The document is that of a committed file. With `BLESS=1` in the environment the file is written instead:
    /// read its diff as code.
    ///
    /// # Panics
    /// With the differences by line.
    #[track_caller]
    pub fn snapshot(&self, path: impl AsRef<Path>) {
        let path = path.as_ref();
        if std::env::var_os(BLESS).is_some() {
            self.bless(path);
        }
        // A file that is not there yet is an empty one.
        let committed = fs::read_to_string(path).unwrap_or_default();
        if committed != self.text() {
            let diff = TextDiff::from_lines(committed.as_str(), self.text());
            let diff = diff.unified_diff().context_radius(3).header("committed", "synthesized").to_string();
            panic!("{} is not what is synthesized; {BLESS}=1 writes it anew\n{diff}", path.display());
        }
    }

    #[track_caller]
    fn bless(&self, path: &Path) {
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        if let Err(error) = folder.and_then(|()| fs::write(path, self.text())) {
            panic!("{} cannot be written: {error}", path.display());
        }
    }
}
