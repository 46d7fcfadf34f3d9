//! What looking for secrets costs: the first text, which builds the automaton of all keywords; a text that leads to no
//! pattern; a text that leads to one.
//!
//! `cargo run --release -p policy --example detection_cost`
#![expect(clippy::print_stdout, reason = "it prints a table")]

use std::time::{Duration, Instant};

use policy::Sources;
use policy::secrets;
use policy::text::Text;

fn main() {
    let plain = "The quick brown fox jumps over the lazy dog, and back again. ".repeat(1_000);
    let planted = format!("{plain} token ghp_{} {plain}", "a1B2c3D4e5F6".repeat(3));
    println!("first text: {:?}", search("a"));
    println!("first secret, whose pattern is compiled: {:?}", search(&planted));
    for (what, text) in [("no secret", &plain), ("one secret", &planted)] {
        let least = (0..100).map(|_| search(text)).min().unwrap_or_default();
        println!("{} kB with {what}: {least:?}", text.len() / 1000);
    }
}

fn search(text: &str) -> Duration {
    let mut sources = Sources::default();
    let id = sources.add("text", text);
    let text = Text::new(text, sources.whole(id));
    let start = Instant::now();
    std::hint::black_box(secrets::find("", &text));
    start.elapsed()
}
