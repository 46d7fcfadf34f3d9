//! What the fuzzer calls with any bytes, and a test with a few.

pub mod targets;
