//! An emulator for stacks that need none.

#![allow(unreachable_pub, reason = "each test file has its own copy")]

use std::collections::BTreeSet;

use localstack_tests::emulator::Emulator;

/// It has the services that it is said to have, and does nothing.
#[derive(Debug, Default)]
pub struct Nowhere(pub BTreeSet<String>);

impl Emulator for Nowhere {
    fn endpoint(&self) -> &str {
        "http://127.0.0.1:9"
    }

    fn services(&self) -> &BTreeSet<String> {
        &self.0
    }

    fn describe(&self) -> String {
        "no LocalStack".to_owned()
    }

    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    fn log(&self) -> Option<Vec<u8>> {
        None
    }
}
