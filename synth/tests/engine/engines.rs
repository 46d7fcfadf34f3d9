//! Which program does the work.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use predicates::prelude::*;
use predicates::str::contains;

use crate::app::{App, NETWORK};

/// Says that it is tofu, and does whatever is written below; `said` holds what it was asked.
const TOFU: &str = r#"
case $1 in
  version) echo "OpenTofu v1.11.1"; echo "on linux_amd64"; exit;;
esac
echo "$PWD: $*" >>"$HOME/asked"
echo "cache $TF_PLUGIN_CACHE_DIR" >>"$HOME/asked"
for argument in "$@"; do case $argument in -out=*) stat -c 'mode %a' "${argument#-out=}" >>"$HOME/asked";; esac; done
case $1 in
  plan) exit 2;;
  show) case "$*" in *-json*) echo '{}';; *) echo "the plan";; esac;;
  output) echo '{}';;
esac"#;

fn with_tofu(app: &App) -> std::path::PathBuf {
    app.write("home/asked", "");
    app.program("tofu", TOFU)
}

/// A path on which a shell and its tools are, and no engine but those of `folder`.
fn path(folder: &std::path::Path) -> String {
    format!("{}:/usr/bin:/bin", folder.display())
}

#[test]
fn tofu_is_taken_where_there_is_no_terraform() {
    let app = App::of(NETWORK);
    let bin = with_tofu(&app);
    let mut apply = app.synth(&["apply", "out", "--auto-approve"]);
    apply.env("PATH", path(&bin)).env_remove("SYNTH_TERRAFORM").assert().code(0).stdout(contains("the plan"));
    let asked = app.read("home/asked");
    let steps: Vec<&str> =
        asked.lines().filter_map(|line| line.split_once("/out: ")).map(|(_, step)| step).collect();
    let words = steps.iter().map(|step| step.split(' ').next().unwrap()).collect::<Vec<_>>();
    assert_eq!(words, ["init", "plan", "show", "show", "apply", "output"], "{asked}");
    assert!(asked.contains("mode 600"), "{asked}");
    assert!(asked.contains("home/.cache/synth/providers/registry.opentofu.org"), "{asked}");
    let kept = app.path("home/.cache/synth/providers/registry.opentofu.org");
    assert!(kept.is_dir() && kept.metadata().unwrap().permissions().mode() & 0o700 == 0o700);
}

#[test]
fn a_cache_that_the_user_has_set_stays() {
    let app = App::of(NETWORK);
    let bin = with_tofu(&app);
    let mut plan = app.synth(&["plan", "out"]);
    plan.env("PATH", path(&bin))
        .env_remove("SYNTH_TERRAFORM")
        .env("TF_PLUGIN_CACHE_DIR", "/mine")
        .assert()
        .code(0);
    assert!(app.read("home/asked").contains("cache /mine\n"));
    app.write("home/.tofurc", "plugin_cache_dir = \"/mine\"\n");
    app.write("home/asked", "");
    app.synth(&["plan", "out"]).env("PATH", path(&bin)).env_remove("SYNTH_TERRAFORM").assert().code(0);
    assert!(app.read("home/asked").contains("cache \n"));
}

#[test]
fn a_cache_that_cannot_be_written_is_named_with_the_way_around() {
    let app = App::of(NETWORK);
    let bin = with_tofu(&app);
    app.write("home/.cache", "a file");
    let said =
        contains("home/.cache/synth/providers").and(contains("name another folder in TF_PLUGIN_CACHE_DIR"));
    let mut plan = app.synth(&["plan", "out"]);
    plan.env("PATH", path(&bin)).env_remove("SYNTH_TERRAFORM").assert().code(2).stderr(said);
}

#[test]
fn a_named_program_is_taken_and_the_option_counts_more_than_the_variable() {
    let app = App::of(NETWORK);
    let tofu = with_tofu(&app).join("tofu");
    app.synth(&["plan", "out"]).env("SYNTH_TERRAFORM", &tofu).assert().stdout(contains("the plan"));
    let mut plan = app.synth(&["plan", "out", "--terraform", "bin/tofu"]);
    plan.env("SYNTH_TERRAFORM", "/nowhere").assert().code(0).stdout(contains("the plan"));
}

#[test]
fn without_an_engine_it_is_said_what_to_install() {
    let app = App::of(NETWORK);
    let said = contains("no terraform that will do: install Terraform 1.11.0 or newer")
        .and(contains("OpenTofu"))
        .and(contains("SYNTH_TERRAFORM"));
    app.synth(&["plan", "out"])
        .env("PATH", app.path("nowhere"))
        .env_remove("SYNTH_TERRAFORM")
        .assert()
        .code(2)
        .stderr(said);
}

#[test]
fn an_engine_that_is_too_old_is_named_with_its_version() {
    let app = App::of(NETWORK);
    let bin = app.program("terraform", "echo 'Terraform v1.5.7'; echo 'on linux_amd64'");
    let said = contains("bin/terraform` is Terraform 1.5.7, older than 1.11.0");
    app.synth(&["plan", "out"]).env("PATH", &bin).env_remove("SYNTH_TERRAFORM").assert().code(2).stderr(said);
    let said = contains("--terraform names a program that will not do");
    app.synth(&["plan", "out", "--terraform", "bin/terraform"]).assert().code(2).stderr(said);
}

#[test]
fn an_engine_that_fails_without_a_diagnostic_is_quoted() {
    let app = App::of(NETWORK);
    app.program(
        "tofu",
        "case $1 in version) echo 'OpenTofu v1.11.1'; echo 'on linux_amd64';; *) echo 'out of memory' >&2; exit 9;; esac",
    );
    let said = contains("error: out: `init` failed with exit code 9\nout of memory");
    app.synth(&["plan", "out", "--terraform", "bin/tofu"]).assert().code(1).stderr(said);
}

#[test]
fn an_engine_that_prints_what_is_no_stream_is_quoted_too() {
    let app = App::of(NETWORK);
    app.program(
        "tofu",
        "case $1 in version) echo 'OpenTofu v1.11.1'; echo 'on linux_amd64';; *) echo 'flag -json?'; exit 2;; esac",
    );
    let said = contains("error: out: `init` failed with exit code 2\nflag -json?\n");
    app.synth(&["plan", "out", "--terraform", "bin/tofu"]).assert().code(1).stderr(said);
}

#[test]
fn an_engine_that_kills_itself_is_said_to_be_gone() {
    let app = App::of(NETWORK);
    app.program(
        "tofu",
        "case $1 in version) echo 'OpenTofu v1.11.1'; echo 'on linux_amd64';; *) kill -9 $$;; esac",
    );
    let said = contains("`init` was killed");
    app.synth(&["plan", "out", "--terraform", "bin/tofu"]).assert().code(1).stderr(said);
}

#[test]
fn an_installation_waits_for_the_one_before_it() {
    let app = App::of(NETWORK);
    let cache = app.path("home/.cache/synth/providers");
    fs::create_dir_all(&cache).unwrap();
    let other = File::create(cache.join("registry.terraform.io.lock")).unwrap();
    other.lock().unwrap();
    let mut waiting = app.process(&["plan", "out"]);
    let mut waiting = waiting.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(waiting.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.next().unwrap(), "note: another `synth` installs providers: waiting for it");
    assert!(!app.path("out/.terraform").exists(), "init did not wait");
    drop(other);
    assert!(lines.any(|line| line == "out: init"));
    assert!(lines.any(|line| line == "out: plan"));
    assert!(waiting.wait().unwrap().success());
}
