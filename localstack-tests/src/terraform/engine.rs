//! The program that applies stacks, by the settings of the suite.

pub use synth_engine::{Engine, EngineError, Product};
use synth_engine::{Named, Search, engine};

use crate::settings::{Settings, variable};

/// Finds the engine: the one that the user names, else the first on the path that is new enough.
pub fn find(settings: &Settings) -> Result<Engine, EngineError> {
    engine::find(&Search {
        named: settings.terraform.clone().map(|program| Named { program, by: variable::TERRAFORM }),
        path: settings.path.clone(),
        environment: settings.inherited.clone(),
    })
}
