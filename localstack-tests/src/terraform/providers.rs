//! Brings the providers into a working folder: from mirrors on this machine, else from the registry, once for all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::run::{RunError, Terraform};
use super::stand_in::StandIn;
use super::workdir::WorkDirError;
use super::{Engine, Mirror, MirrorError, Step, Warm, mirror};
use crate::settings::Settings;

/// Where providers come from.
#[derive(Clone, Debug)]
pub struct Providers {
    mirrors: Vec<Mirror>,
    /// Kept between runs: the AWS provider alone is 700 MB.
    downloads: PathBuf,
    warm: Warm,
}

impl Providers {
    /// The proxies for those who use these providers.
    pub(super) fn warm(&self) -> &Warm {
        &self.warm
    }
}

/// Looks for mirrors for `engine`.
pub fn find(settings: &Settings, engine: &Engine) -> Result<Providers, MirrorError> {
    Ok(Providers {
        mirrors: mirror::find(settings, engine)?,
        downloads: settings.downloads(),
        warm: Warm::new(settings),
    })
}

/// Runs init: with the mirrors, and should these not hold the right versions, with the registry.
pub(super) fn install(terraform: &mut Terraform, providers: &Providers) -> Result<(), RunError> {
    let (mirrors, warm) = (&providers.mirrors, providers.warm());
    if !mirrors.is_empty() && (by_stand_in(terraform, mirrors, warm)? || from_mirrors(terraform, mirrors)?) {
        return Ok(());
    }
    // Two suites at once download once.
    let downloads = &providers.downloads;
    let written = |path: &Path| {
        let path = path.to_owned();
        move |source| RunError::from(WorkDirError::Write { path, source })
    };
    fs::create_dir_all(downloads).map_err(written(downloads))?;
    let guard = downloads.join("lock");
    let waiting = File::create(&guard).map_err(written(&guard))?;
    waiting.lock().map_err(written(&guard))?;
    let others = mirror::downloaded(downloads, terraform.engine());
    if others.iter().any(|mirror| !providers.mirrors.contains(mirror)) && from_mirrors(terraform, &others)? {
        return Ok(());
    }

    let finished = downloads.join(terraform.folder().name());
    let unfinished = downloads.join(format!("{}{}", terraform.folder().name(), mirror::UNFINISHED));
    fs::create_dir_all(&unfinished).map_err(written(&unfinished))?;
    init(terraform, &download_into(&unfinished))?;
    fs::rename(&unfinished, &finished).map_err(written(&finished))?;
    init(terraform, &take_from(&mirror::downloaded(downloads, terraform.engine())))
}

/// Whether init has chosen from the mirrors without reading the AWS provider. Where that does not work, for whatever
/// reason, init without a stand-in does, or says why.
fn by_stand_in(terraform: &mut Terraform, mirrors: &[Mirror], warm: &Warm) -> Result<bool, RunError> {
    let Some(cache) = warm.cache() else { return Ok(false) };
    let Ok(Some(stand_in)) = StandIn::of(mirrors, terraform.engine()) else { return Ok(false) };
    if !from_mirrors(terraform, &stand_in.among(mirrors))? {
        return Ok(false);
    }
    if stand_in.give_way(terraform.folder().path(), cache).is_err() {
        return Ok(false);
    }
    terraform.folder().write_configuration(&take_from(mirrors))?;
    Ok(true)
}

/// Whether the mirrors hold what the stack asks for.
fn from_mirrors(terraform: &mut Terraform, mirrors: &[Mirror]) -> Result<bool, RunError> {
    match init(terraform, &take_from(mirrors)) {
        Ok(()) => Ok(true),
        Err(RunError::Failed { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

fn init(terraform: &mut Terraform, configuration: &str) -> Result<(), RunError> {
    terraform.folder().configure(configuration)?;
    terraform.run(Step::Init, &["-input=false"], &|| Ok(())).map(drop)
}

/// The CLI configuration by which terraform takes from the mirrors what they hold, and the rest from the registry.
fn take_from(mirrors: &[Mirror]) -> String {
    let mut blocks = String::new();
    for mirror in mirrors {
        let (path, held) = (quoted(&mirror.folder.to_string_lossy()), quoted_list(&mirror.providers));
        blocks
            .push_str(&format!("  filesystem_mirror {{\n    path    = {path}\n    include = {held}\n  }}\n"));
    }
    let held = mirrors.iter().flat_map(|mirror| mirror.providers.clone()).collect();
    format!("provider_installation {{\n{blocks}  direct {{\n    exclude = {}\n  }}\n}}\n", quoted_list(&held))
}

/// The CLI configuration by which terraform unpacks what it downloads into `folder`, laid out as a mirror.
fn download_into(folder: &Path) -> String {
    let folder = quoted(&folder.to_string_lossy());
    // There is no lock file to break: the folder is new.
    format!("plugin_cache_dir = {folder}\nplugin_cache_may_break_dependency_lock_file = true\n")
}

fn quoted_list(texts: &BTreeSet<String>) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

/// As an HCL 1 string, the language of the CLI configuration.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', r"\\").replace('"', r#"\""#).replace("${", "$${");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_serves_what_it_holds_and_the_registry_the_rest() {
        let mirror = Mirror {
            folder: r#"/a "quoted" folder"#.into(),
            providers: BTreeSet::from(["registry.terraform.io/hashicorp/aws".to_owned()]),
        };
        assert_eq!(
            take_from(&[mirror]),
            r#"provider_installation {
  filesystem_mirror {
    path    = "/a \"quoted\" folder"
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
"#
        );
    }
}
