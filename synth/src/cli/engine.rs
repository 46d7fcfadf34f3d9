//! Which terraform or tofu does the work, as the command line and the user's environment say.

use std::env;
use std::path::Path;

use synth_engine::{Engine, EngineError, Named, Search, engine};

/// The one that `--terraform` names, else the variable, else the first on the path that does.
pub(super) fn find(option: Option<&Path>) -> Result<Engine, EngineError> {
    let variable = env::var_os(engine::VARIABLE).filter(|value| !value.is_empty());
    let variable = variable.map(|program| Named { program: program.into(), by: engine::VARIABLE });
    let named = option.map(|program| Named { program: program.to_owned(), by: "--terraform" }).or(variable);
    let path = env::var_os("PATH").map(|list| env::split_paths(&list).collect()).unwrap_or_default();
    engine::find(&Search { named, path, environment: env::vars_os().collect() })
}
