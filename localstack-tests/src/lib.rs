//! Applies stacks with the real terraform to a LocalStack that it starts by itself.
//!
//! ```text
//!  App │ main.tf.json │ folder ── stack ─► deploy ─► deployed   what a test asks and asserts; destroyed on drop
//!                                            │
//!  environment ── settings ─┬─► emulator   given endpoint │ Docker │ process (Python, venv from the lock file)
//!                           │      │ endpoint, services
//!                           ├─► terraform  engine, mirrors, folder with the stack + overrides
//!                           │      │ steps: logged, watched, under deadlines
//!   main.tf.json ───────────┴─► deployment   validate ─► apply ─► stable? ─► destroy ─► holdings
//!                                  │ account, region                                      ▲
//!                                  └─► aws   signed calls by which a test sees for itself ┘ audit
//! ```
//!
//! Each deployment has its own account and folder, each test its own emulator (see [`emulator`]). Whatever is started
//! ends with the test: on drop, on panic, and, by a reaper of `synth-engine`, within seconds after a kill.

mod account;
mod assertion;
pub mod audit;
pub mod aws;
pub mod calls;
mod deployed;
mod deployment;
mod disk;
pub mod emulator;
mod failure;
mod progress;
pub mod settings;
mod stack;
pub mod terraform;
mod turns;

pub use account::Account;
pub use deployed::{Addresses, Deployed, Harness, Locate, Resource, Update, deploy};
pub use deployment::{Deployment, DeploymentError};
pub use failure::Failure;
pub use progress::Telling;
pub use settings::Settings;
pub use stack::{IntoStack, Stack, StackError};
