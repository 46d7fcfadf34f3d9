//! Every code block of every page is of a known kind, and is what it says: Rust is compiled by `tests/examples`, commands
//! are read by the programs that they name, sessions are run and their output is compared, documents are read by what
//! they are for.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod document;
mod program;
mod session;
mod shell;

use std::path::{Path, PathBuf};

use book::block::{Block, blocks};
use book::page::{self, Page};

/// Pages that a test of another crate writes, and holds to be current: what they show was computed.
const GENERATED: [(&str, &str); 1] = [("docs/rules/", "cargo test -p policy --test registry")];

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn pages() -> Vec<Page> {
    page::all(&top()).unwrap()
}

/// What is wrong with a block, by its kind.
fn wrong(page: &Page, block: &Block) -> Option<String> {
    // Any block can be a file that the sessions of its page find.
    let words = block.words.iter().map(String::as_str).filter(|word| !word.starts_with("file="));
    let words: Vec<&str> = words.collect();
    let wrong = match (block.language.as_str(), words.as_slice()) {
        ("rust", words) if words.iter().all(|word| *word == "statements" || word.starts_with("after=")) => {
            None
        }
        ("console", []) => None,
        ("sh", []) => shell::wrong(&block.text),
        ("hcl", []) => document::configuration(&block.text),
        ("hcl", ["expression"]) => document::expression(&block.text),
        ("json", []) => document::json(&block.text),
        ("toml", ["policy"]) => document::settings(&block.text),
        ("toml", []) => document::toml(&block.text),
        ("yaml", ["github" | "gitlab" | "pre-commit"]) => document::yaml(&block.text),
        ("yaml", ["fragment"]) => document::stack_file(&format!("stack: fragment\n{}", block.text)),
        ("yaml", []) => document::stack_file(&block.text),
        ("yaml", ["refused"]) => match document::stack_file(&block.text) {
            Some(_) => None,
            None => Some("it is no mistake: a document is written".to_owned()),
        },
        // CDK for Terraform and Terratest are only shown beside what is here: they are not installed for the tests.
        ("ts" | "go", []) => None,
        ("text", ["diagram"]) => None,
        ("text", [])
            if block.word("file").is_some()
                || GENERATED.iter().any(|(folder, _)| page.path.starts_with(folder)) =>
        {
            None
        }
        (language, words) => Some(format!("no kind of block is called `{language} {}`", words.join(" "))),
    };
    wrong.map(|wrong| format!("{}:{}: {wrong}", page.path, block.line))
}

#[test]
fn every_block_is_of_a_kind_and_is_what_it_says() {
    let (mut all, mut mistakes) = (0, Vec::new());
    for page in pages() {
        for block in blocks(&page.text) {
            all += 1;
            mistakes.extend(wrong(&page, &block));
        }
    }
    assert!(all > 500, "only {all} blocks are there");
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn sessions_print_what_they_show() {
    let mut mistakes = Vec::new();
    let mut commands = 0;
    for page in pages() {
        let session = session::of(&page);
        commands += session.commands.len();
        mistakes.extend(session.differences(&page));
    }
    assert!(commands > 5, "only {commands} commands are shown with what they print");
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn what_is_wrong_is_said_with_its_page_and_line() {
    let said = |text: &str| {
        let page = Page { path: "docs/x.md".to_owned(), text: format!("# X\n\n{text}") };
        let [block] = blocks(&page.text).try_into().unwrap();
        wrong(&page, &block)
    };
    assert_eq!(said("```sh\nsynth check --format json main.tf.json\n```\n"), None);
    assert_eq!(said("```sh\ncargo test -p book --test blocks\n```\n"), None);
    for (text, expected) in [
        ("```\nnothing\n```\n", "no kind of block is called ` `"),
        ("    indented\n", "no kind of block is called ` `"),
        ("```rust ignore\n```\n", "no kind of block is called `rust ignore`"),
        ("```text\nsomething\n```\n", "no kind of block is called `text `"),
        ("```sh\nsynth examine main.tf.json\n```\n", "`synth examine main.tf.json`: error: "),
        ("```sh\npolicy check --layout json .\n```\n", "`policy check --layout json .`: error: "),
        ("```sh\nfrobnicate x\n```\n", "`frobnicate x`: nobody knows the program"),
        ("```sh\ncargo test -p nothing\n```\n", "`cargo test -p nothing`: there is no package `nothing`"),
        (
            "```sh\ncargo test -p book --test nothing\n```\n",
            "`cargo test -p book --test nothing`: there is no ",
        ),
        ("```sh\njust nothing\n```\n", "`just nothing`: there is no recipe"),
        ("```sh\n.ci/nothing\n```\n", "`.ci/nothing`: there is no such file"),
        ("```json\n{\n```\n", "it is not JSON"),
        ("```hcl\nresource {\n```\n", "it is not HCL"),
        ("```yaml\nstack: x\nnothing: 1\n```\n", "it is no stack file"),
        ("```toml policy\nnothing = 1\n```\n", "it is no `.policy.toml`"),
    ] {
        let said = said(text).unwrap();
        assert!(said.starts_with(&format!("docs/x.md:3: {expected}")), "{text}: {said}");
    }
}

#[test]
fn output_that_differs_is_said_with_what_is_printed() {
    let differences = |text: &str| {
        let page = Page { path: "docs/x.md".to_owned(), text: text.to_owned() };
        session::of(&page).differences(&page)
    };
    let same =
        "```text file=a/b.txt\none\ntwo\nthree\n```\n\n```console\n$ cd a\n$ cat b.txt\none\n…\nth…e\n```\n";
    assert_eq!(differences(same), [""; 0]);
    let other = "```console\n$ echo one\ntwo\n$ false\n$ echo $?\n1\n```\n";
    assert_eq!(differences(other), ["docs/x.md:2: `echo one` prints\none\n"]);
}
