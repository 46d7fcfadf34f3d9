//! What `policy check` and `policy baseline` have in common: which inputs are judged, by which settings.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use command_line::{Complaint, Verbosity};

use super::base::Base;
use super::{changed, roots};
use crate::acceptance::{Acceptances, Allowance, Baseline, accept};
use crate::evaluate;
use crate::output::{self, Inputs};
use crate::report::{self, Report};
use crate::rules::{self, Judgement};
use crate::settings::{self, Settings};
use crate::source::Sources;
use crate::terraform::Configuration;

/// What is judged.
#[derive(Debug, clap::Args)]
pub(super) struct Judging {
    /// Configurations (files, or folders with their `*.tf` and `*.tf.json`; for a folder without any, those below it), plans,
    /// states, files of environment variables, or `-` for standard input.
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    /// Judge each file together with the folder it is in.
    #[arg(long)]
    folders: bool,
    /// Settings, instead of the nearest `.policy.toml` in this folder or above it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Find what is allowed that a base does not allow: another folder or file, or the same one at a revision of git,
    /// `git:REVISION`.
    #[arg(long, value_name = "BASE")]
    forbid_new_access: Option<Base>,
    /// Report only what stands in files that git says were changed since this revision and HEAD parted, or are new.
    #[arg(long, value_name = "REVISION")]
    changed_since: Option<String>,
    #[command(flatten)]
    verbosity: Verbosity,
}

/// Which findings are known from before.
#[derive(Clone, Copy, Debug)]
pub(super) enum Known<'p> {
    /// None.
    Nothing,
    /// Those of this baseline or, without it, of the one that the settings name.
    Baseline(Option<&'p Path>),
}

/// What came of it.
pub(super) struct Judged {
    pub(super) report: Report,
    pub(super) sources: Sources,
    pub(super) settings: Settings,
    /// What could not be read.
    pub(super) problems: Vec<String>,
    /// The baseline's findings that are no longer there.
    pub(super) gone: Vec<String>,
}

impl Judging {
    pub(super) fn judge(&self, known: Known) -> io::Result<Judged> {
        if self.paths.iter().any(|path| path.as_os_str() == "-") && io::stdin().is_terminal() {
            self.verbosity.note(&"reading from standard input");
        }
        let (standard, sources) = Standard::read(self.config.as_deref(), known)?;
        let Inputs { sources, mut configurations, problems } = output::read(&self.inputs(), sources);
        let new_access = self.new_access(&mut configurations)?;
        let mut report = crate::judge_all(configurations);
        report.append(new_access);
        let mut judged = standard.applied(report, sources, problems);
        if let Some(revision) = &self.changed_since {
            changed::retain(&mut judged.report, &judged.sources, revision)?;
        }
        Ok(judged)
    }

    /// What is allowed that the base does not allow.
    fn new_access(&self, configurations: &mut [Configuration]) -> io::Result<Report> {
        let Some(base) = &self.forbid_new_access else {
            return Ok(Report::default());
        };
        let ([path], [configuration]) = (self.paths.as_slice(), configurations) else {
            let what = "`--forbid-new-access` holds one path against its base";
            return Err(Complaint::new(what).help("give one file or one folder").into());
        };
        let base = base.sets(path)?;
        let mut unread = Vec::new();
        let mut blocks = configuration.blocks(&mut unread);
        for folder in configuration.folders() {
            unread.extend(folder.unread.iter().cloned());
            blocks.extend(folder.shown.iter().flatten().cloned());
        }
        evaluate::evaluate(&mut blocks, &mut unread);
        let Judgement { findings, undecided, .. } = rules::new_access(&base, &blocks, unread);
        Ok(Report { findings, undecided, ..Report::default() })
    }

    /// The paths or, if their folders are asked for, those; for a folder that is no configuration, those below it.
    fn inputs(&self) -> Vec<PathBuf> {
        if !self.folders {
            return self.paths.iter().cloned().flat_map(roots::of).collect();
        }
        let folder = |path: &PathBuf| match path.parent() {
            _ if path.is_dir() || path.as_os_str() == "-" => path.clone(),
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let mut folders: Vec<PathBuf> = self.paths.iter().map(folder).collect();
        folders.sort();
        folders.dedup();
        folders
    }
}

/// What counts in this folder: its settings, and what it accepts.
pub(super) struct Standard {
    settings: Settings,
    acceptances: Acceptances,
}

impl Standard {
    /// The settings of this file, or the nearest ones; what was read of them are the first sources.
    pub(super) fn read(config: Option<&Path>, known: Known) -> io::Result<(Standard, Sources)> {
        let place = Root::find(config)?;
        let mut sources = Sources::in_folder(place.to_here.as_str());
        let (settings, allowances) = place.settings(&mut sources)?;
        let baseline = match known {
            Known::Nothing => Baseline::default(),
            Known::Baseline(Some(path)) => baseline(path)?,
            Known::Baseline(None) => match &settings.baseline {
                Some(path) => baseline(&place.folder.join(path))?,
                None => Baseline::default(),
            },
        };
        let acceptances = Acceptances {
            allowances,
            trusted_accounts: settings.trusted_accounts(),
            baseline,
            today: jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date(),
        };
        Ok((Standard { settings, acceptances }, sources))
    }

    /// What is left of a report.
    pub(super) fn applied(self, report: Report, sources: Sources, problems: Vec<String>) -> Judged {
        let Standard { settings, acceptances } = self;
        let report = accept(report, &sources, &acceptances);
        let gone = acceptances.baseline.gone(&report, &sources).into_iter();
        let gone =
            gone.map(|entry| format!("{} at {} in {}", entry.rule, entry.address, entry.file)).collect();
        let report = settings.applied(report, &sources);
        Judged { report, sources, settings, problems, gone }
    }
}

fn baseline(path: &Path) -> io::Result<Baseline> {
    let mut sources = Sources::default();
    let file = output::read_file(path, &mut sources)?;
    let text = sources.find(file).map(crate::source::Source::text).unwrap_or_default();
    Baseline::read(text).map_err(|why| io::Error::other(format!("`{}`: {why}", path.display())))
}

/// Where the settings are, to which every path in them is relative.
struct Root {
    /// The settings, if there are any.
    file: Option<PathBuf>,
    /// The folder they are in, or the working directory.
    folder: PathBuf,
    /// The way from that folder to the working directory; empty if it is not below.
    to_here: String,
}

impl Root {
    fn find(config: Option<&Path>) -> io::Result<Root> {
        let here = std::env::current_dir()?;
        let file = match config {
            Some(file) => Some(file.to_path_buf()),
            None => here.ancestors().map(|folder| folder.join(settings::FILE)).find(|file| file.is_file()),
        };
        let Some(path) = &file else {
            return Ok(Root { file: None, folder: here, to_here: String::new() });
        };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
            _ => here.clone(),
        };
        let absolute = folder.canonicalize()?;
        let below = here.canonicalize()?;
        let to_here = below.strip_prefix(&absolute).unwrap_or(Path::new("")).to_string_lossy().into_owned();
        Ok(Root { file, folder, to_here })
    }

    fn settings(&self, sources: &mut Sources) -> io::Result<(Settings, Vec<Allowance>)> {
        let Some(path) = &self.file else {
            return Ok((Settings::default(), Vec::new()));
        };
        let file = output::read_file(path, sources)?;
        let settings = Settings::read(sources, file).map_err(|error| {
            io::Error::other(format!("{}: {error}", report::human::place(sources, error.span)))
        })?;
        let allowances = settings.allowances(file);
        Ok((settings, allowances))
    }
}
