//! What the user's environment says: read here, and handed down as values.

use std::env;
use std::io;
use std::path::PathBuf;

use anstream::{AutoStream, ColorChoice};
use synth_engine::cache::{self, Wishes};
use synth_engine::{Colors, Engine, Surroundings};

/// What decides what terraform keeps in working directories.
pub(super) fn surroundings(engine: &Engine) -> Surroundings {
    let home = env::home_dir();
    let caches = path_of("XDG_CACHE_HOME").or(home.as_ref().map(|home| home.join(".cache")));
    let wishes = Wishes {
        folder: env::var_os(cache::VARIABLE),
        configuration: path_of("TF_CLI_CONFIG_FILE"),
        home,
        caches: caches.unwrap_or_else(env::temp_dir),
    };
    let init = ["TF_CLI_ARGS", "TF_CLI_ARGS_init"].into_iter().filter_map(env::var_os).collect();
    Surroundings { data: path_of("TF_DATA_DIR"), cache: wishes.folder_to_set(engine.product), init }
}

/// Which colours people see who look at standard output.
pub(super) fn colors() -> Colors {
    if AutoStream::choice(&io::stdout()) == ColorChoice::Never { Colors::None } else { Colors::Ansi }
}

/// Whether the user works in a workspace of their choice.
pub(super) fn names_a_workspace() -> bool {
    env::var_os("TF_WORKSPACE").is_some()
}

fn path_of(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}
