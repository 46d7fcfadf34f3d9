//! What deployments are made with: found once in a process, for all of its deployments, with the providers that are
//! kept warm for them.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::DeploymentError;
use crate::settings::Settings;
use crate::terraform::{self, Engine, Providers};

/// An engine and its providers.
#[derive(Debug)]
pub(super) struct Tools {
    pub(super) engine: Engine,
    pub(super) providers: Providers,
}

/// What was found for one way to look.
struct Found {
    way: Way,
    tools: Weak<Tools>,
    /// Nothing drops it at the process's end. Linux ends the warm providers then and a reaper removes their sockets;
    /// elsewhere they would stay, and end with the last of the deployments that overlap.
    _kept: Option<Arc<Tools>>,
}

/// The settings on which it depends what is found.
#[derive(PartialEq)]
struct Way {
    paths: [Option<PathBuf>; 4],
    folders: [Vec<PathBuf>; 3],
    warm_provider: Option<String>,
    inherited: Vec<(OsString, OsString)>,
}

/// The tests of a program share nothing but their process; so this is where they meet.
static FOUND: Mutex<Vec<Found>> = Mutex::new(Vec::new());

/// The tools for these settings. What could not be found is looked for again.
pub(super) fn of(settings: &Settings) -> Result<Arc<Tools>, DeploymentError> {
    let way = Way::of(settings);
    // Held meanwhile: tests that begin together look once.
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    found.retain(|found| found.tools.strong_count() > 0);
    if let Some(tools) = found.iter().find(|found| found.way == way).and_then(|found| found.tools.upgrade()) {
        return Ok(tools);
    }
    let engine = terraform::engine::find(settings)?;
    let providers = terraform::providers::find(settings, &engine)?;
    let tools = Arc::new(Tools { engine, providers });
    let kept = cfg!(target_os = "linux").then(|| Arc::clone(&tools));
    found.push(Found { way, tools: Arc::downgrade(&tools), _kept: kept });
    Ok(tools)
}

/// Fails where there is no terraform, or not the providers that the settings name.
pub(crate) fn possible(settings: &Settings) -> Result<(), DeploymentError> {
    of(settings).map(drop)
}

impl Way {
    fn of(settings: &Settings) -> Way {
        let Settings { terraform, mirror, home, cache, path, data, software, .. } = settings;
        Way {
            paths: [terraform.clone(), mirror.clone(), home.clone(), Some(cache.clone())],
            folders: [path.clone(), data.clone(), software.clone()],
            warm_provider: settings.warm_provider.clone(),
            inherited: settings.inherited.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    /// Settings by which a terraform is found that counts how often it is asked.
    fn settings(folder: &Path) -> Settings {
        let program = folder.join("terraform");
        let script = format!(
            "#!/bin/sh\necho asked >>'{}'\necho 'Terraform v1.11.4'\necho 'on linux_amd64'\n",
            folder.join("asked").display()
        );
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        Settings { terraform: Some(program), cache: folder.join("cache"), ..Settings::default() }
    }

    fn asked(folder: &Path) -> usize {
        fs::read_to_string(folder.join("asked")).unwrap().lines().count()
    }

    #[test]
    fn deployments_of_a_process_look_once() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let first = of(&settings).unwrap();
        let elsewhere = Settings { work: folder.path().join("work"), ..settings };
        assert!(Arc::ptr_eq(&first, &of(&elsewhere).unwrap()));
        assert_eq!(asked(folder.path()), 1);
    }

    #[test]
    fn other_settings_find_other_things() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let first = of(&settings).unwrap();
        let cold = Settings { warm_provider: Some("off".to_owned()), ..settings };
        assert!(!Arc::ptr_eq(&first, &of(&cold).unwrap()));
        assert_eq!(asked(folder.path()), 2);
    }

    #[test]
    fn what_could_not_be_found_is_looked_for_again() {
        let folder = tempfile::tempdir().unwrap();
        let missing = Settings { terraform: Some(folder.path().join("terraform")), ..Settings::default() };
        assert!(matches!(of(&missing), Err(DeploymentError::Engine(_))));
        settings(folder.path());
        assert!(of(&missing).is_ok());
    }
}
