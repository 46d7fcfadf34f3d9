//! What the README shows is true.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use synth::stack_file::resolve;

/// The code blocks of one language.
fn blocks<'r>(readme: &'r str, language: &str) -> Vec<&'r str> {
    let fence = format!("```{language}\n");
    readme.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn its_stack_is_written_and_its_mistake_is_said_so() {
    let readme = include_str!("../../README.md");
    let [stack] = blocks(readme, "yaml").try_into().unwrap();
    let [message] = blocks(readme, "text").try_into().unwrap();
    assert!(resolve("stack.yaml", stack).is_ok());
    let wrong = stack.replace("memory_gb: 2", "memory_gb: 5");
    assert_eq!(resolve("stack.yaml", &wrong).unwrap_err().to_string() + "\n", message);
}
