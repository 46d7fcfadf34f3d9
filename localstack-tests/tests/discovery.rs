//! What the suite finds on a machine, and what it says when it does not find it.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use localstack_tests::Settings;
use localstack_tests::emulator;
use localstack_tests::terraform::engine::{self, Product};
use localstack_tests::terraform::{Engine, Mirror, mirror};

/// A machine whose path holds these folders of `tests/programs`, and nothing else.
fn machine(folders: &[&str]) -> Settings {
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let path = folders.iter().map(|folder| programs.join(folder)).collect();
    Settings { path, ..Settings::default() }
}

fn message<T: std::fmt::Debug>(result: Result<T, impl std::fmt::Display>) -> String {
    result.map_err(|error| error.to_string()).unwrap_err()
}

#[test]
fn the_first_engine_that_is_new_enough_is_taken() {
    let engine = engine::find(&machine(&["terraform-1.5", "terraform-1.12", "tofu-1.11"])).unwrap();
    assert_eq!((engine.product, engine.version.to_string()), (Product::Terraform, "1.12.2".to_owned()));
}

#[test]
fn tofu_stands_in_where_terraform_is_too_old_or_something_else() {
    for folders in [["terraform-1.5", "tofu-1.11"], ["another-terraform", "tofu-1.11"]] {
        let engine = engine::find(&machine(&folders)).unwrap();
        assert_eq!((engine.product, engine.version.to_string()), (Product::OpenTofu, "1.11.1".to_owned()));
    }
}

#[test]
fn without_an_engine_the_message_says_what_to_install() {
    let message = message(engine::find(&machine(&[])));
    for part in [
        "Terraform 1.11.0",
        "https://developer.hashicorp.com/terraform/install",
        "OpenTofu",
        "SYNTH_TERRAFORM",
    ] {
        assert!(message.contains(part), "{part:?} in {message}");
    }
}

#[test]
fn engines_that_do_not_do_are_named_with_the_reason() {
    let message = message(engine::find(&machine(&["terraform-1.5", "another-terraform"])));
    assert!(message.contains("terraform-1.5/terraform` is Terraform 1.5.7, older than 1.11.0"), "{message}");
    assert!(message.contains("another-terraform/terraform` does not say its version"), "{message}");
}

#[test]
fn a_named_engine_is_taken_or_refused_but_never_replaced() {
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let named =
        |program: &str| Settings { terraform: Some(programs.join(program)), ..machine(&["terraform-1.12"]) };
    assert_eq!(engine::find(&named("tofu-1.11/tofu")).unwrap().product, Product::OpenTofu);
    for program in ["terraform-1.5/terraform", "nothing/terraform"] {
        let message = message(engine::find(&named(program)));
        assert!(message.contains("SYNTH_TERRAFORM") && message.contains(program), "{message}");
    }
}

#[test]
fn where_both_are_there_terraform_is_taken_or_what_the_user_names() {
    let both = machine(&["tofu-1.11", "terraform-1.12"]);
    assert_eq!(engine::find(&both).unwrap().product, Product::Terraform);
    for (name, product) in [("tofu", Product::OpenTofu), ("terraform", Product::Terraform)] {
        let named = Settings { terraform: Some(name.into()), ..both.clone() };
        assert_eq!(engine::find(&named).unwrap().product, product);
    }
}

#[test]
fn a_name_that_is_not_on_the_path_or_too_old_is_never_replaced() {
    let named =
        |name: &str| Settings { terraform: Some(name.into()), ..machine(&["terraform-1.5", "tofu-1.11"]) };
    let missing = message(engine::find(&named("terragrunt")));
    assert!(
        missing.contains("SYNTH_TERRAFORM=`terragrunt`: there is no such program on the path"),
        "{missing}"
    );
    let old = message(engine::find(&named("terraform")));
    assert!(old.contains("is Terraform 1.5.7, older than 1.11.0"), "{old}");
}

#[test]
fn tofu_takes_providers_from_its_own_registry_alone() {
    let machine = machine(&["tofu-1.11"]);
    let tofu = engine::find(&machine).unwrap();
    let folder = tempfile::tempdir().unwrap();
    unpacked(folder.path(), "linux_amd64");
    let settings = Settings { software: vec![folder.path().to_owned()], ..Settings::default() };
    assert_eq!(mirror::find(&settings, &tofu).unwrap(), [], "the packages of Terraform's registry");
    let own = "registry.opentofu.org/hashicorp/aws/5.100.0/linux_amd64";
    fs::create_dir_all(folder.path().join(own)).unwrap();
    let found = mirror::find(&settings, &tofu).unwrap();
    let providers: Vec<&String> = found.iter().flat_map(|mirror| &mirror.providers).collect();
    assert_eq!(providers, ["registry.opentofu.org/hashicorp/aws"]);
}

fn terraform() -> Engine {
    engine::find(&machine(&["terraform-1.12"])).unwrap()
}

fn unpacked(root: &Path, platform: &str) -> PathBuf {
    let package = root.join("registry.terraform.io/hashicorp/aws/5.100.0").join(platform);
    fs::create_dir_all(package).unwrap();
    root.to_owned()
}

fn aws_at(folder: PathBuf) -> Mirror {
    Mirror { folder, providers: ["registry.terraform.io/hashicorp/aws".to_owned()].into() }
}

#[test]
fn providers_are_found_where_terraform_documents_them() {
    let machine = tempfile::tempdir().unwrap();
    let home = unpacked(&machine.path().join("home/.terraform.d/plugins"), "linux_amd64");
    let data = unpacked(&machine.path().join("data/terraform/plugins"), "linux_amd64");
    let settings = Settings {
        home: Some(machine.path().join("home")),
        data: vec![machine.path().join("data")],
        ..Settings::default()
    };
    assert_eq!(mirror::find(&settings, &terraform()).unwrap(), [aws_at(home), aws_at(data)]);
}

#[test]
fn providers_are_found_among_the_software_of_the_machine() {
    let machine = tempfile::tempdir().unwrap();
    let found = unpacked(&machine.path().join("vendor/providers"), "linux_amd64");
    fs::create_dir_all(machine.path().join("other/registry.terraform.io/hashicorp/empty")).unwrap();
    let settings = Settings { software: vec![machine.path().to_owned()], ..Settings::default() };
    assert_eq!(mirror::find(&settings, &terraform()).unwrap(), [aws_at(found)]);
}

#[test]
fn packed_providers_count_too() {
    let machine = tempfile::tempdir().unwrap();
    let provider = machine.path().join("registry.terraform.io/hashicorp/aws");
    fs::create_dir_all(&provider).unwrap();
    fs::write(provider.join("terraform-provider-aws_5.100.0_linux_amd64.zip"), "").unwrap();
    let settings = Settings { mirror: Some(machine.path().to_owned()), ..Settings::default() };
    assert_eq!(mirror::find(&settings, &terraform()).unwrap(), [aws_at(machine.path().to_owned())]);
}

#[test]
fn providers_for_another_platform_or_registry_are_no_mirror() {
    let machine = tempfile::tempdir().unwrap();
    unpacked(machine.path(), "darwin_arm64");
    let package = "registry.opentofu.org/hashicorp/aws/5.100.0/linux_amd64";
    fs::create_dir_all(machine.path().join(package)).unwrap();
    let settings = Settings { software: vec![machine.path().to_owned()], ..Settings::default() };
    assert_eq!(mirror::find(&settings, &terraform()).unwrap(), []);
}

#[test]
fn a_named_mirror_that_is_empty_says_what_is_expected_in_it() {
    let machine = tempfile::tempdir().unwrap();
    let settings = Settings { mirror: Some(machine.path().to_owned()), ..Settings::default() };
    let message = message(mirror::find(&settings, &terraform()));
    assert!(message.contains("SYNTH_PROVIDER_MIRROR"), "{message}");
    assert!(message.contains("registry.terraform.io/hashicorp/aws/VERSION/linux_amd64"), "{message}");
}

#[test]
fn links_in_a_circle_do_not_hold_the_search_up() {
    let machine = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(machine.path(), machine.path().join("again")).unwrap();
    let settings = Settings { software: vec![machine.path().to_owned()], ..Settings::default() };
    assert_eq!(mirror::find(&settings, &terraform()).unwrap(), []);
}

#[test]
fn a_given_endpoint_where_nobody_answers_is_an_error_and_not_replaced() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let settings = Settings { endpoint: Some(format!("http://{free}/")), ..Settings::default() };
    let message = message(emulator::start(&settings));
    assert!(
        message.contains("SYNTH_LOCALSTACK_ENDPOINT") && message.contains("no LocalStack is ready"),
        "{message}"
    );
}

#[test]
fn a_given_endpoint_is_a_plain_http_address() {
    for endpoint in ["127.0.0.1:4566", "https://127.0.0.1:4566", "unix:/socket"] {
        let settings = Settings { endpoint: Some(endpoint.to_owned()), ..Settings::default() };
        let message = message(emulator::start(&settings));
        assert!(message.contains("expected an address like `http://127.0.0.1:4566`"), "{message}");
    }
}

#[test]
fn an_unknown_way_to_start_names_the_known_ones() {
    let settings = Settings { start: Some("podman".to_owned()), ..Settings::default() };
    let message = message(emulator::start(&settings));
    assert!(message.contains("`podman`") && message.contains("`docker` and `process`"), "{message}");
}

#[test]
fn without_any_emulator_every_way_out_is_named() {
    let machine = machine(&["python-3.9", "python-without-venv"]);
    let settings = Settings { start: Some("process".to_owned()), ..machine };
    let message = message(emulator::start(&settings));
    for part in [
        "SYNTH_LOCALSTACK_ENDPOINT",
        "docker pull localstack/localstack:4.14.0",
        "install Python 3.13",
        "python-3.9/python3` is Python 3.9, which LocalStack 4.12 does not know",
        "python-without-venv/python3`: ModuleNotFoundError: No module named 'ensurepip'",
    ] {
        assert!(message.contains(part), "{part:?} in {message}");
    }
}
