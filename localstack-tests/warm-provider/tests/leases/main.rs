//! Who gets which process, seen through a provider of protocol 6 that tells who it is.
//!
//! The provider is this very program, started by the proxy: that is why it has a `main` of its own.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failure here is a failed test")]

mod provider;
mod terraform;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use bytes::Bytes;
use rmpv::Value;
use tempfile::TempDir;
use warm_provider::{Endpoint, Extent, Folder, Installed, Proxy, Surroundings};

use terraform::Terraform;

type Case = (&'static str, fn());

const CASES: [Case; 12] = [
    ("the_schema_is_the_part_that_is_used", the_schema_is_the_part_that_is_used),
    ("a_shape_is_validated_once", a_shape_is_validated_once),
    (
        "connections_with_one_configuration_share_a_process",
        connections_with_one_configuration_share_a_process,
    ),
    ("configurations_do_not_share_a_process", configurations_do_not_share_a_process),
    ("a_free_process_is_used_again", a_free_process_is_used_again),
    ("a_free_process_comes_to_another_folder", a_free_process_comes_to_another_folder),
    (
        "a_process_with_another_way_to_the_network_is_not_used_again",
        a_process_with_another_way_to_the_network_is_not_used_again,
    ),
    (
        "a_process_that_keeps_something_is_used_again_for_the_same",
        a_process_that_keeps_something_is_used_again_for_the_same,
    ),
    ("a_process_with_a_broken_call_is_not_used_again", a_process_with_a_broken_call_is_not_used_again),
    (
        "a_process_that_refused_or_was_stopped_is_not_used_again",
        a_process_that_refused_or_was_stopped_is_not_used_again,
    ),
    ("a_crash_is_told_and_leaves_others_alone", a_crash_is_told_and_leaves_others_alone),
    ("providers_work_in_terraforms_folder", providers_work_in_terraforms_folder),
];

fn main() {
    if provider::is_wanted() {
        return provider::serve();
    }
    for (name, case) in CASES {
        case();
        println!("test {name} ... ok");
    }
}

/// A proxy for the provider, and a folder that uses it.
struct Rig {
    // First the proxy: it ends the providers.
    endpoint: Endpoint,
    proxy: Proxy,
    folder: TempDir,
    _cache: TempDir,
}

impl Rig {
    fn new() -> Rig {
        let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let address = "registry.terraform.io/hashicorp/aws";
        let lock = format!("provider \"{address}\" {{\n  version = \"1.0.0\"\n}}\n");
        fs::write(folder.path().join(".terraform.lock.hcl"), lock).unwrap();
        fs::write(folder.path().join("main.tf"), "resource \"aws_used\" \"x\" {}").unwrap();
        for platform in ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] {
            let package =
                folder.path().join(".terraform/providers").join(address).join("1.0.0").join(platform);
            fs::create_dir_all(&package).unwrap();
            let program = package.join("terraform-provider-aws");
            let this = std::env::current_exe().unwrap();
            fs::write(&program, format!("#!/bin/sh\nexec '{}'\n", this.display())).unwrap();
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let place = Folder::new(folder.path());
        let installed = Installed::find(&place).unwrap().unwrap();
        let proxy = Proxy::start(&installed, cache.path(), Surroundings::Cleared).unwrap();
        let endpoint = proxy.endpoint(place, Extent::Used).unwrap();
        Rig { endpoint, proxy, folder, _cache: cache }
    }

    fn connect(&self) -> Terraform {
        Terraform::connect(self.endpoint.variable().1)
    }

    fn configured(&self, configuration: &str) -> Terraform {
        let mut terraform = self.connect();
        configure(&mut terraform, configuration, "insecure", Value::Nil);
        terraform
    }
}

fn configure(terraform: &mut Terraform, region: &str, name: &str, value: impl Into<Value>) {
    terraform.ask("ConfigureProvider", &provider::configuration(region, name, value)).unwrap();
}

fn the_schema_is_the_part_that_is_used() {
    let schema = Rig::new().connect().ask("GetProviderSchema", b"").unwrap();
    assert_eq!(schema, Bytes::from([provider::entry("aws_used"), provider::UNHEARD_OF.to_vec()].concat()));
}

fn a_shape_is_validated_once() {
    let rig = Rig::new();
    let mut terraform = rig.connect();
    // Not MessagePack: shapes are the bytes themselves.
    for (config, answer) in
        [("right", ""), ("wrong", provider::COMPLAINT), ("wrong", provider::COMPLAINT), ("right", "")]
    {
        let request = provider::validation(config);
        assert_eq!(terraform.ask("ValidateProviderConfig", &request).unwrap(), answer);
    }
    assert_eq!(terraform.who().validations, "3");
}

fn connections_with_one_configuration_share_a_process() {
    let rig = Rig::new();
    let (mut one, mut other) = (rig.configured("a"), rig.configured("a"));
    assert_eq!(one.who(), other.who());
    assert_eq!(one.who().configurations, "a");
}

fn configurations_do_not_share_a_process() {
    let rig = Rig::new();
    let mut nobody = rig.connect();
    let (mut one, mut other) = (rig.configured("a"), rig.configured("b"));
    assert_eq!([one.who().configurations, other.who().configurations], ["a", "b"]);
    assert_eq!(nobody.who().configurations, "");
    assert_eq!(nobody.who().process, rig.connect().who().process);
}

fn a_free_process_is_used_again() {
    let rig = Rig::new();
    let mut one = rig.configured("a");
    let before = one.who().process;
    drop(one);
    rig.connect().settle(|| {
        let again = rig.configured("b").who();
        again.process == before && again.configurations == "a,b"
    });
}

fn a_free_process_comes_to_another_folder() {
    let rig = Rig::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let endpoint = rig.proxy.endpoint(Folder::new(elsewhere.path()), Extent::Used).unwrap();
    let configured = |region| {
        let mut terraform = Terraform::connect(endpoint.variable().1);
        configure(&mut terraform, region, "insecure", Value::Nil);
        terraform
    };
    let mut one = rig.configured("a");
    let before = one.who().process;
    drop(one);
    let folder = elsewhere.path().canonicalize().unwrap();
    rig.connect().settle(|| {
        let who = configured("b").who();
        assert_eq!(who.folder, folder.to_str().unwrap());
        // Only Linux can do that.
        who.process == before || cfg!(not(target_os = "linux"))
    });
    // Another folder of the same name.
    fs::rename(&folder, folder.with_extension("old")).unwrap();
    fs::create_dir(&folder).unwrap();
    assert_eq!(configured("b").who().folder, folder.to_str().unwrap());
    fs::remove_dir(folder.with_extension("old")).unwrap();
    // One that works is left alone.
    let mut stays = configured("b");
    let there = stays.who();
    assert_ne!(rig.configured("a").who().process, there.process);
    assert_eq!(stays.who().folder, there.folder);
}

fn a_process_with_another_way_to_the_network_is_not_used_again() {
    let rig = Rig::new();
    let configured = |proxy| {
        let mut terraform = rig.connect();
        configure(&mut terraform, "a", "https_proxy", proxy);
        terraform.who()
    };
    let [one, other] = ["http://127.0.0.1:8", "http://127.0.0.1:9"].map(configured);
    assert_ne!(one.process, other.process);
    rig.connect().settle(|| configured("http://127.0.0.1:8").process == one.process);
    assert_ne!(rig.configured("a").who().process, one.process);
}

fn a_process_that_keeps_something_is_used_again_for_the_same() {
    let rig = Rig::new();
    let before = rig.configured("a").who_about("files--use1-az4--x-s3").process;
    for _ in 0..5 {
        assert_ne!(rig.configured("b").who().process, before);
    }
    rig.connect().settle(|| rig.configured("a").who().process == before);
}

fn a_process_with_a_broken_call_is_not_used_again() {
    let rig = Rig::new();
    let mut one = rig.configured("a");
    let before = one.who().process;
    one.begin("Hang");
    drop(one);
    for _ in 0..5 {
        assert_ne!(rig.configured("b").who().process, before);
    }
}

fn a_process_that_refused_or_was_stopped_is_not_used_again() {
    let rig = Rig::new();
    let mut refused = rig.configured("refused");
    let mut stopped = rig.configured("a");
    stopped.ask("StopProvider", b"").unwrap();
    let before = [refused.who().process, stopped.who().process];
    assert_eq!(stopped.who().stops, "1");
    drop((refused, stopped));
    for _ in 0..5 {
        assert!(!before.contains(&rig.configured("b").who().process));
    }
    let mut nobody = rig.connect();
    nobody.ask("StopProvider", b"").unwrap();
    assert_eq!(nobody.who().stops, "0", "a terraform stopped what it shares");
}

fn a_crash_is_told_and_leaves_others_alone() {
    let rig = Rig::new();
    let (mut one, mut other) = (rig.configured("a"), rig.configured("b"));
    let error = one.ask("Crash", b"").unwrap_err();
    assert_eq!(
        error,
        "the provider process ended before it answered (exit status: 2; its last words:\n  panic: oh no\n  goroutine 1)"
    );
    assert_eq!(other.who().configurations, "b");
    assert!(rig.connect().ask("Crash", b"").is_err());
    assert_eq!(rig.configured("a").who().configurations, "a");
    assert_eq!(rig.connect().who().configurations, "");
}

fn providers_work_in_terraforms_folder() {
    let rig = Rig::new();
    let folder = rig.folder.path().canonicalize().unwrap();
    assert_eq!(rig.configured("a").who().folder, folder.to_str().unwrap());
}
