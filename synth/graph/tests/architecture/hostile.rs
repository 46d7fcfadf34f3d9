//! Names that would be markup, if they were let.

use serde_json::json;
use synth_graph::architecture::Architecture;
use synth_graph::{layout, render};

use crate::document::drawn;

/// Ends everything that a name may stand in.
const HOSTILE: &str = "</script><script>alert(1)</script>\"'`]]>--><!--&amp;\\n|{}[];%%\u{2028}\u{202e}é";

fn hostile() -> Architecture {
    drawn(&json!({ "resource": {
        "aws_sqs_queue": { "jobs": { "name": HOSTILE } },
        "aws_lambda_function": { "worker": { "function_name": HOSTILE,
            "environment": { "variables": { "Q": "${aws_sqs_queue.jobs.url}" } } } },
        "acme_thing": { "x": { "title": HOSTILE } },
    } }))
}

#[test]
fn svg_stays_one_document_that_says_the_name() {
    let drawn = hostile();
    let svg = render::svg(&drawn, &layout::scene(&drawn).unwrap(), HOSTILE);
    let document = roxmltree::Document::parse(&svg).unwrap();
    assert!(document.descendants().all(|node| node.tag_name().name() != "script"));
    let title = document.descendants().find(|node| node.tag_name().name() == "title").unwrap();
    assert_eq!(title.text(), Some(HOSTILE));
}

#[test]
fn html_has_the_scripts_of_the_page_alone() {
    let drawn = hostile();
    let page = render::html(&drawn, &layout::scene(&drawn).unwrap(), HOSTILE, &[]);
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(!page.contains("<!--&amp;") && !page.contains("alert(1)</"));
}

#[test]
fn a_name_that_is_a_mark_of_the_page_is_not_replaced() {
    let drawn = drawn(
        &json!({ "resource": { "aws_sqs_queue": { "jobs": { "name": "<!--SCRIPT--><!--DATA-->" } } } }),
    );
    let page = render::html(&drawn, &layout::scene(&drawn).unwrap(), "<!--STYLE-->", &[]);
    assert!(page.contains("&lt;!--STYLE--&gt;") && page.contains("\\u003c!--SCRIPT-->"));
}

#[test]
fn mermaid_keeps_a_line_a_statement() {
    for line in render::mermaid(&hostile()).lines().skip(1) {
        assert!(!line.contains("alert(1)") && !line.contains("</"), "{line}");
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
    }
}

#[test]
fn dot_keeps_its_strings_closed() {
    for line in render::dot(&hostile()).lines() {
        let unescaped = line.replace("\\\\", "").replace("\\\"", "");
        assert_eq!(unescaped.matches('"').count() % 2, 0, "{line}");
    }
}
