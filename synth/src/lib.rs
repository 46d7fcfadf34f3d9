//! Typed constructs that synthesize Terraform JSON.
//!
//! ```text
//!  Rust program                stack file (YAML, JSON)
//!      │ synth::main               │ synth STACK-FILE
//!      │                           ▼
//!      │                  stack_file: read → validate → build
//!      ▼                           │
//!  constructs  ◀───────────────────┘      a file or folder a service: app_runner, ecr, iam, …
//!      │ each adds generated builders (`synth::aws`) and leaves grants and statements
//!      ▼
//!  iam: one smallest policy a principal    resource_policy: one policy a bucket or key
//!      │
//!      ▼
//!  resolve (synth-core) ─▶ main.tf.json, or every problem at once
//! ```
//!
//! A stack in Rust:
//!
//! ```
//! use synth::{App, LogGroup, Role, Secret, Variable, resolve};
//!
//! let mut app = App::new();
//! let mut stack = app.stack("shop");
//! let token = stack.add("token", Variable::<String>::new().description("GitHub token").ephemeral());
//! let secret = stack.add("token", Secret::new("shop/token").value(token));
//! let role = stack.add("worker", Role::of_service("shop-worker", "tasks.apprunner.amazonaws.com"));
//! stack.grant(secret.grant_read(&role));
//! let logs = stack.add("logs", LogGroup::new("/shop/worker", 7));
//! stack.grant(logs.grant_write(&role));
//! let documents = resolve(app).unwrap();
//! assert!(documents[0].json.contains("secretsmanager:GetSecretValue"));
//! ```
//!
//! A password as a literal does not compile:
//!
//! ```compile_fail,E0277
//! # use synth::Secret;
//! Secret::new("shop/token").value("hunter2");
//! ```
//!
//! Nor does a resource without a required argument:
//!
//! ```compile_fail,E0277
//! # use synth::{App, aws::apprunner::Connection};
//! # let mut app = App::new();
//! app.stack("shop").add("github", Connection::new().connection_name("shop"));
//! ```

mod account;
pub mod alarm;
pub mod app_runner;
mod certificate;
pub mod cloudfront;
pub mod database;
#[cfg(feature = "documents")]
pub mod describe;
pub mod dns;
pub mod ecr;
pub mod ecs;
mod health_check;
pub mod iam;
pub mod kms;
mod limit;
pub mod load_balancer;
mod log_group;
pub mod network;
pub mod output;
mod parameter;
mod plain_environment;
mod program;
mod region;
mod resource_policy;
pub mod s3;
mod secret;
#[cfg(feature = "documents")]
mod sorted;
#[cfg(feature = "documents")]
pub mod stack_file;
mod state_backend;
mod topic;

pub use alarm::Alarm;
pub use certificate::{Certificate, CertificateHandle, ValidationRecord};
pub use iam::{Principal, Role, RoleHandle, User, UserHandle};
pub use log_group::{LogGroup, LogGroupHandle, RETENTION_DAYS};
pub use parameter::{Parameter, ParameterHandle, ParameterTree, ParameterTreeHandle};
pub use program::main;
pub use secret::{JsonSecret, Keys, Secret, SecretHandle, SecretKey, ValueFrom};
pub use state_backend::{StateBackend, StateBackendHandle};
pub use synth_aws as aws;
pub use synth_core::*;
#[cfg(feature = "testing")]
pub use synth_testing as testing;
pub use topic::{OptionalTopic, OptionalTopicHandle, Topic, TopicHandle};
