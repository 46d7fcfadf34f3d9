//! What the user's environment says: read once, here, and handed down as values.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use crate::progress::{self, Telling};
use crate::turns::Turns;

/// Names of the variables that steer the suite.
pub mod variable {
    /// Endpoint of a LocalStack that already runs.
    pub const ENDPOINT: &str = "SYNTH_LOCALSTACK_ENDPOINT";
    /// Which way to start LocalStack: `docker` or `process`; without it the first possible one.
    pub const START: &str = "SYNTH_LOCALSTACK_START";
    /// Path of the terraform or tofu program, or its name, `tofu`.
    pub const TERRAFORM: &str = synth_engine::engine::VARIABLE;
    /// Folder that holds providers, laid out as `registry.terraform.io/hashicorp/aws/VERSION/OS_ARCH`.
    pub const MIRROR: &str = "SYNTH_PROVIDER_MIRROR";
    /// Path of a Python 3.11 or newer for the process emulator.
    pub const PYTHON: &str = "SYNTH_PYTHON";
    /// Folder for the working folders of the deployments.
    pub const WORK: &str = "SYNTH_WORK_DIR";
    /// `off` has terraform start its providers itself, anew for each step.
    pub const WARM_PROVIDER: &str = "SYNTH_WARM_PROVIDER";
    /// Folder into which each deployment draws where its time went.
    pub const TIMELINES: &str = "SYNTH_TIMELINES";
    /// How many terraforms may run at once on this machine.
    pub const PARALLEL: &str = "SYNTH_PARALLEL";
}

/// Everything that the suite takes from its surroundings.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// [`variable::ENDPOINT`].
    pub endpoint: Option<String>,
    /// [`variable::START`].
    pub start: Option<String>,
    /// [`variable::TERRAFORM`].
    pub terraform: Option<PathBuf>,
    /// [`variable::MIRROR`].
    pub mirror: Option<PathBuf>,
    /// [`variable::PYTHON`].
    pub python: Option<PathBuf>,
    /// [`variable::WARM_PROVIDER`].
    pub warm_provider: Option<String>,
    /// Where programs are looked for, in order.
    pub path: Vec<PathBuf>,
    /// The user's home folder.
    pub home: Option<PathBuf>,
    /// The XDG data folders, the user's own first.
    pub data: Vec<PathBuf>,
    /// Folders that hold Python installations, one folder each (pyenv, uv).
    pub pythons: Vec<PathBuf>,
    /// System folders in which software is looked for when nobody says where it is.
    pub software: Vec<PathBuf>,
    /// Where installed things are kept between runs.
    pub cache: PathBuf,
    /// Where the working folders go.
    pub work: PathBuf,
    /// [`variable::TIMELINES`].
    pub timelines: Option<PathBuf>,
    /// How many terraforms may run at once, over all processes that share the cache: [`variable::PARALLEL`], else two
    /// a core.
    pub parallel: usize,
    /// How long an emulator may be silent before it is taken for frozen.
    pub patience: Duration,
    /// Whether it is said what is being waited for.
    pub telling: Telling,
    /// What terraform and LocalStack inherit: nothing about AWS, nothing about terraform.
    pub inherited: Vec<(OsString, OsString)>,
}

/// Inherited by the programs that we start; everything else stays outside.
const INHERITED: &[&str] = &[
    "PATH",
    "HOME",
    "TMPDIR",
    "LANG",
    "LC_ALL",
    "USER",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];

/// Generic places for software (Filesystem Hierarchy Standard 3.0, sections 3.13, 4.9 and 4.11; Homebrew).
const SOFTWARE: &[&str] = &["/usr/local/share", "/usr/local/lib", "/usr/share", "/opt", "/usr/lib", "/srv"];

/// It answers within milliseconds, and within seconds on a machine that is far too busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// Terraform waits for its provider about half of the time.
fn two_a_core() -> usize {
    2 * std::thread::available_parallelism().map_or(1, usize::from)
}

fn parallel(number: &str) -> usize {
    number.parse().unwrap_or_else(|_| {
        let (variable, usual) = (variable::PARALLEL, two_a_core());
        progress::tell(&format!("{variable}=`{number}` is no number: {usual} terraforms run at once"));
        usual
    })
}

/// The temporary folder is everybody's, and what the first user of a machine makes there no other one may write.
fn own_work() -> PathBuf {
    env::temp_dir().join(format!("synth-localstack-tests-{}", rustix::process::getuid().as_raw()))
}

impl Settings {
    /// Reads the environment of this process.
    pub fn from_environment() -> Settings {
        let path_of = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let text_of = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let list_of = |name: &str| -> Vec<PathBuf> {
            env::var_os(name).map(|list| env::split_paths(&list).collect()).unwrap_or_default()
        };
        let home = env::home_dir();
        let in_home = |below: &str| home.as_ref().map(|home| home.join(below));

        let mut data: Vec<PathBuf> =
            path_of("XDG_DATA_HOME").or(in_home(".local/share")).into_iter().collect();
        match list_of("XDG_DATA_DIRS") {
            // The default of the XDG Base Directory Specification 0.8.
            none if none.is_empty() => data.extend(["/usr/local/share".into(), "/usr/share".into()]),
            some => data.extend(some),
        }
        let pyenv = path_of("PYENV_ROOT").or(in_home(".pyenv")).map(|root| root.join("versions"));
        let uv = data.first().map(|data| data.join("uv/python"));
        let cache = path_of("XDG_CACHE_HOME").or(in_home(".cache")).unwrap_or_else(env::temp_dir);

        Settings {
            endpoint: text_of(variable::ENDPOINT),
            start: text_of(variable::START),
            terraform: path_of(variable::TERRAFORM),
            mirror: path_of(variable::MIRROR),
            python: path_of(variable::PYTHON),
            warm_provider: text_of(variable::WARM_PROVIDER),
            path: list_of("PATH"),
            data,
            pythons: pyenv.into_iter().chain(uv).collect(),
            software: SOFTWARE.iter().map(PathBuf::from).collect(),
            cache: cache.join("synth-localstack"),
            work: path_of(variable::WORK).unwrap_or_else(own_work),
            timelines: path_of(variable::TIMELINES),
            parallel: text_of(variable::PARALLEL).map_or_else(two_a_core, |number| parallel(&number)),
            patience: PATIENCE,
            telling: Telling::Aloud,
            inherited: INHERITED
                .iter()
                .filter_map(|name| env::var_os(name).map(|value| (OsString::from(name), value)))
                .collect(),
            home,
        }
    }

    /// Where those who run terraform take turns.
    pub(crate) fn turns(&self) -> Turns {
        Turns::of(&self.cache.join("turns"), self.parallel)
    }

    /// Where providers that were downloaded are kept.
    pub(crate) fn downloads(&self) -> PathBuf {
        self.cache.join("providers")
    }

    /// Every program called `name` on the path, in order.
    pub(crate) fn programs(&self, name: &str) -> impl Iterator<Item = PathBuf> {
        self.path.iter().map(move |folder| folder.join(name)).filter(|file| file.is_file())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_user_of_a_machine_has_a_working_folder_of_their_own() {
        let folder = own_work().display().to_string();
        assert!(folder.ends_with(&format!("-{}", rustix::process::getuid().as_raw())), "{folder}");
    }
}
