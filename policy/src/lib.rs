//! Checks what Terraform reads and writes for least-privilege IAM and for secrets in plain text.
//!
//! ```text
//!  bytes ──json─────▶ Node ──terraform──▶ blocks ──evaluate──▶ blocks, expressions computed
//!        ──expression─▶ │    configuration, plan, state, values        │
//!        (spans kept, keys repeated)     │                             ├──iam──────▶ policies ─┐
//!                             what is not understood                   └──secrets──▶ literals ─┤
//!                                        │                                                     ▼
//!                                        │            rules: one file each ──judge──▶ subject, findings
//!                                        ▼                                                     │
//!                              undecided, errors ───────────────▶ Report ◀─────────────────────┘
//!                                                                   │
//!                              comments, settings, baseline ──accept▶ Report
//!                                                                   │
//!                                      report::{human, json, sarif, junit, github, gitlab, html}
//! ```
//!
//! [`access`] decides which requests policies allow, [`need`] which ones principals have to make, [`deployer`] which ones
//! whoever runs terraform makes.
//!
//! Everything from the bytes to the report is pure; only [`cli`] and its output touch files.

pub mod acceptance;
pub mod access;
mod check;
pub mod cli;
pub mod deployer;
pub mod evaluate;
pub mod expression;
pub mod iam;
pub mod json;
pub mod known;
pub mod need;
pub mod node;
pub mod output;
pub mod report;
pub mod rules;
pub mod secrets;
pub mod settings;
pub mod source;
pub mod terraform;
pub mod text;

pub use check::{check, judge, judge_all};
pub use cli::{Colored, Verdict, check_plan};
pub use report::Report;
pub use source::Sources;
