//! Whether a command of terraform is served, and with what.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use super::Arguments;
use crate::connection::Extent;
use crate::installed::Installed;
use crate::usage::Folder;

/// How the program is to run.
pub(super) struct Decision {
    pub(super) way: Way,
    /// Where things are kept between runs.
    pub(super) cache: PathBuf,
}

/// With or without the proxy.
pub(super) enum Way {
    /// With it.
    Warm { provider: Installed, folder: Folder, extent: Extent },
    /// As if this command were not there, for a reason that the user may want to know.
    Alone { why: Option<String> },
}

/// The commands that start no provider, or install them, or print all of their schema.
const WITHOUT: [&str; 10] = [
    "init",
    "get",
    "providers",
    "fmt",
    "version",
    "login",
    "logout",
    "workspace",
    "force-unlock",
    "metadata",
];

/// Decides for `rest`, the arguments of the program.
pub(super) fn decide(arguments: &Arguments, rest: &[OsString]) -> Decision {
    let cache = arguments.cache.clone().unwrap_or_else(default_cache);
    let way = match provider(rest, &cache) {
        Ok(Some((provider, folder, extent))) => Way::Warm { provider, folder, extent },
        Ok(None) => Way::Alone { why: None },
        Err(why) => Way::Alone { why: Some(why) },
    };
    Decision { way, cache }
}

fn provider(rest: &[OsString], cache: &Path) -> Result<Option<(Installed, Folder, Extent)>, String> {
    let Some(command) = rest.iter().find(|argument| !starts_with_dash(argument)) else { return Ok(None) };
    if WITHOUT.iter().any(|name| command == name) {
        return Ok(None);
    }
    if set("TF_REATTACH_PROVIDERS").is_some() {
        return Err("`TF_REATTACH_PROVIDERS` is set already".to_owned());
    }
    if let Some(name) = ["TF_LOG", "TF_LOG_PROVIDER"].into_iter().find(|name| set(name).is_some()) {
        return Err(format!("`{name}` is set, and the provider's log goes to a terraform that starts it"));
    }
    if let Some(file) = configuration().find(|file| names_development(file)) {
        return Err(format!("`{}` has `dev_overrides`", file.display()));
    }
    let folder = folder(rest).map_err(|error| format!("the working folder is not to be found: {error}"))?;
    let Some(installed) = Installed::find(&folder).map_err(|error| error.to_string())? else {
        return Ok(None);
    };
    if !installed.is_as_locked(cache) {
        // Terraform's own message says what to do.
        return Err(format!("the package of `{}` is not the one in the lock file", installed.address));
    }
    let extent = if names_a_file(rest, &folder.path) { Extent::Whole } else { Extent::Used };
    Ok(Some((installed, folder, extent)))
}

fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

fn starts_with_dash(argument: &OsStr) -> bool {
    argument.as_encoded_bytes().starts_with(b"-")
}

/// Where terraform will work (`-chdir`; "Environment Variables": `TF_DATA_DIR`).
fn folder(rest: &[OsString]) -> std::io::Result<Folder> {
    let global = rest.iter().take_while(|argument| starts_with_dash(argument));
    let chosen = global.filter_map(|argument| argument.to_str()?.strip_prefix("-chdir=")).last();
    let path = env::current_dir()?.join(chosen.unwrap_or_default());
    let data = path.join(set("TF_DATA_DIR").unwrap_or_else(|| ".terraform".into()));
    Ok(Folder { path, data })
}

/// A saved plan, or a state elsewhere, may use types that the folder does not.
fn names_a_file(rest: &[OsString], folder: &Path) -> bool {
    // Arguments that are added to those on the command line ("Environment Variables": `TF_CLI_ARGS`).
    let added = env::vars_os().any(|(name, _)| name.as_encoded_bytes().starts_with(b"TF_CLI_ARGS"));
    added
        || rest.iter().any(|argument| {
            let states = ["-state=", "--state="];
            let state =
                argument.to_str().is_some_and(|text| states.iter().any(|begin| text.starts_with(begin)));
            state || (!starts_with_dash(argument) && folder.join(argument).is_file())
        })
}

/// The files with terraform's own settings ("CLI Configuration File").
fn configuration() -> impl Iterator<Item = PathBuf> {
    let named = ["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"].into_iter().filter_map(set).map(PathBuf::from);
    let usual = env::home_dir()
        .into_iter()
        .flat_map(|home| [".terraformrc", ".tofurc", ".config/opentofu/tofurc"].map(|name| home.join(name)));
    named.chain(usual)
}

fn names_development(file: &Path) -> bool {
    fs::read_to_string(file).is_ok_and(|text| text.contains("dev_overrides"))
}

/// XDG Base Directory Specification 0.8: `XDG_CACHE_HOME`, else `~/.cache`.
fn default_cache() -> PathBuf {
    let caches = set("XDG_CACHE_HOME").map(PathBuf::from);
    let caches = caches.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    caches.unwrap_or_else(env::temp_dir).join("warm-provider")
}
