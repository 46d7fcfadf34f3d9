//! JUnit's XML and the page: nothing that the input says becomes a part of their structure.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::BTreeSet;

use policy::report::{html, junit};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use serde_json::json;

use crate::{FILES, written};

fn number(node: Node, attribute: &str) -> usize {
    node.attribute(attribute).unwrap().parse().unwrap()
}

#[test]
fn a_file_is_a_suite_and_a_finding_a_test_that_failed() {
    let xml = written(junit::write, FILES);
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    let suites: Vec<Node> = root.children().filter(Node::is_element).collect();
    let names: Vec<&str> = suites.iter().map(|suite| suite.attribute("name").unwrap()).collect();
    assert_eq!(names, ["a ü.tf.json", "sub/b.tf", "c.tf.json"]);
    let failure = root.descendants().find(|node| node.has_tag_name("failure")).unwrap();
    assert_eq!(failure.attribute("type"), Some("IAM010"));
    assert_eq!(failure.parent().unwrap().attribute("classname"), Some("a ü.tf.json"));
}

#[test]
fn the_counts_are_those_of_what_is_there() {
    let xml = written(junit::write, FILES);
    let document = Document::parse(&xml).unwrap();
    for node in document
        .descendants()
        .filter(|node| node.has_tag_name("testsuite") || node.has_tag_name("testsuites"))
    {
        for (attribute, tag) in
            [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]
        {
            let there = node.descendants().filter(|inside| inside.has_tag_name(tag)).count();
            assert_eq!(number(node, attribute), there, "{attribute} in {xml}");
        }
    }
}

#[test]
fn a_clean_file_is_a_test_that_passed() {
    let xml = written(junit::write, &[("main.tf", "locals {\n}\n")]);
    let document = Document::parse(&xml).unwrap();
    let suite = document.root_element().first_element_child().unwrap();
    assert_eq!((number(suite, "tests"), number(suite, "failures")), (1, 0));
}

/// The tags of a page, by a reading as simple as that of a browser.
fn tags(page: &str) -> BTreeSet<String> {
    let body = &page[page.find("<p id=\"summary\">").unwrap()..page.rfind("<script>").unwrap()];
    body.split('<').skip(1).map(|rest| rest.split(['>', ' ']).next().unwrap().to_owned()).collect()
}

#[test]
fn a_page_needs_nothing_else() {
    let page = written(html::write, FILES);
    for outside in ["src=", "@import", "url(", "<link", "<img", "<iframe"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'") && page.contains("data-rule=\"IAM010\""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_the_input_says_is_text(
        name in "([ -~ä\u{0}-\u{1f}\u{7f}-\u{9f}]|<script>|</pre>|]]>|&amp;|\"'){1,20}",
        label in "([ -~ä€😀]|<script>alert\\(1\\)</script>|</article>|<!--|&lt;){0,10}",
    ) {
        let document =
            json!({"resource": {"aws_iam_access_key": {(label.clone()): {}}}, "locals": {"password": label}, (label.clone()): 1});
        let files = [(name.as_str(), document.to_string())];
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let xml = written(junit::write, &files);
        prop_assert!(Document::parse(&xml).is_ok(), "{xml}");
        let allowed = ["p", "/p", "article", "/article", "h2", "/h2", "b", "/b", "code", "/code", "pre", "/pre", "mark", "/mark", "a", "/a"];
        let page = written(html::write, &files);
        let found = tags(&page);
        prop_assert!(found.iter().all(|tag| allowed.contains(&tag.as_str())), "{found:?}");
    }
}
