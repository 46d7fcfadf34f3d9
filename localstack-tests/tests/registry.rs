//! Providers that no mirror holds are downloaded once and kept.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use localstack_tests::terraform::{Terraform, WorkDir, engine, providers};
use localstack_tests::{Account, Settings};

const STACK: &[u8] = br#"{"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}}}"#;

/// A machine without any mirror, on which `terraform` has a registry.
fn machine(folder: &Path) -> Settings {
    let program =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/terraform-from-registry/terraform");
    Settings {
        terraform: Some(program),
        cache: folder.join("cache"),
        work: folder.join("work"),
        inherited: Settings::from_environment().inherited,
        ..Settings::default()
    }
}

/// Init in a new folder; answers with terraform's settings after it.
fn init(settings: &Settings, stack: &str) -> String {
    let engine = engine::find(settings).unwrap();
    let providers = providers::find(settings, &engine).unwrap();
    let folder = WorkDir::create(&settings.work, stack, &Account::fresh(), STACK).unwrap();
    let mut terraform = Terraform::new(engine, folder, settings.inherited.clone());
    terraform.init(&providers).unwrap();
    fs::read_to_string(terraform.folder().path().join("terraform.rc")).unwrap()
}

fn downloads(settings: &Settings) -> Vec<PathBuf> {
    let entries = fs::read_dir(settings.cache.join("providers")).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|entry| entry.is_dir()).collect()
}

#[test]
fn a_download_serves_as_a_mirror_from_then_on() {
    let folder = tempfile::tempdir().unwrap();
    let settings = machine(folder.path());
    for stack in ["first", "second"] {
        let configuration = init(&settings, stack);
        assert!(configuration.contains("filesystem_mirror"), "{stack}: {configuration}");
    }
    assert_eq!(downloads(&settings).len(), 1);
}

#[test]
fn two_at_once_download_once() {
    let folder = tempfile::tempdir().unwrap();
    let settings = machine(folder.path());
    thread::scope(|scope| {
        for stack in ["one", "other"] {
            let settings = &settings;
            scope.spawn(move || init(settings, stack));
        }
    });
    assert_eq!(downloads(&settings).len(), 1);
}

#[test]
fn a_download_that_was_broken_off_is_not_taken_for_a_mirror() {
    let folder = tempfile::tempdir().unwrap();
    let settings = machine(folder.path());
    let broken = "providers/old.unfinished/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64";
    fs::create_dir_all(settings.cache.join(broken)).unwrap();
    let configuration = init(&settings, "first");
    assert!(!configuration.contains("old.unfinished"), "{configuration}");
}
