//! A folder with a stack, and the command to run there.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use localstack_tests::Settings;
use localstack_tests::terraform::{engine, mirror};
use tempfile::TempDir;

/// A working folder that was initialized.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    cache: TempDir,
}

/// A bucket and a role, for a provider that asks nobody while it plans.
pub(crate) const STACK: &str = r#"
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "000000000007"
  secret_key                  = "test"
  max_retries                 = 1
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  shared_config_files         = ["aws.config"]
}

resource "terraform_data" "note" {
  input = "made by another provider"
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
"#;

impl Place {
    pub(crate) fn new(stack: &str) -> Place {
        let place = Place { folder: tempfile::tempdir().unwrap(), cache: tempfile::tempdir().unwrap() };
        place.write("main.tf", stack);
        let settings = Settings::from_environment();
        let engine = engine::find(&settings).unwrap();
        let mirrors = mirror::find(&settings, &engine).unwrap();
        let blocks: Vec<String> = mirrors
            .iter()
            .map(|mirror| format!("  filesystem_mirror {{\n    path = {:?}\n  }}\n", mirror.folder))
            .collect();
        let direct = if blocks.is_empty() { "  direct {}\n" } else { "" };
        place.write("terraform.rc", &format!("provider_installation {{\n{}{direct}}}\n", blocks.concat()));
        place.write("aws.config", "");
        place.succeed(place.alone(&["init", "-no-color"]));
        place
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    pub(crate) fn cache(&self) -> &Path {
        self.cache.path()
    }

    /// Leads the provider to an address of this test.
    pub(crate) fn lead_to(&self, listener: &TcpListener) {
        let port = listener.local_addr().unwrap().port();
        self.write("aws.config", &format!("[default]\nendpoint_url = http://127.0.0.1:{port}\n"));
    }

    /// Terraform without the command.
    pub(crate) fn alone(&self, arguments: &[&str]) -> Command {
        let engine = engine::find(&Settings::from_environment()).unwrap();
        let mut command = Command::new(engine.program);
        command.args(arguments);
        self.settle(&mut command);
        command
    }

    /// Terraform by the command.
    pub(crate) fn warm(&self, arguments: &[&str]) -> Command {
        let engine = engine::find(&Settings::from_environment()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_warm-provider"));
        command.arg("--cache").arg(self.cache.path()).arg("--").arg(engine.program).args(arguments);
        self.settle(&mut command);
        command
    }

    fn settle(&self, command: &mut Command) {
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("CHECKPOINT_DISABLE", "1")
            .env("TF_CLI_CONFIG_FILE", self.folder.path().join("terraform.rc"));
    }

    #[track_caller]
    pub(crate) fn succeed(&self, mut command: Command) -> String {
        let output = command.output().unwrap();
        assert!(output.status.success(), "{command:?}\n{}", said(&output));
        said(&output)
    }
}

/// Both streams.
pub(crate) fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|stream| String::from_utf8_lossy(stream).into_owned()).concat()
}
