//! What is known about AWS itself: services with their actions, resource types and condition keys,
//! AWS's managed policies, and what creating and reading a resource needs.
//!
//! Embedded compressed; what is asked for is unpacked with its neighbours. `data/refresh.py` writes the data from the
//! packages of `data/packages.toml`; `docs/third-party.md` says what they are.

mod global;
mod handlers;
mod managed;
mod packed;
mod service;

pub use global::{global_condition_key, global_condition_keys};
pub use handlers::{Handlers, handled_types, handlers};
pub use managed::{ManagedPolicy, managed_policies, managed_policy};
pub use service::{
    Action, ConditionKey, Level, ResourceType, Scope, Service, Target, is_named, service, services,
};
