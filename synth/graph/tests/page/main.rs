//! The page in a real browser: search finds, pointing shows, findings are where they belong, and the console stays silent.
//!
//! Needs Chromium (Debian: `apt-get install chromium`), or another browser of its family named in `CHROMIUM`. Without one these
//! tests fail; `SYNTH_WITHOUT_CHROMIUM=1` has them pass with nothing proven.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod browser;

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use synth_graph::read::Places;
use synth_graph::{layout, render};

use browser::observed;

/// A function that may everything on every queue, which `policy` finds.
fn document() -> Value {
    let allowed = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }] });
    let trust = json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": { "Service": "lambda.amazonaws.com" } }] });
    json!({ "resource": {
        "aws_lambda_function": { "worker": { "function_name": "<img src=x onerror=alert(1)>", "role": "${aws_iam_role.worker.arn}",
            "environment": { "variables": { "QUEUE": "${aws_sqs_queue.jobs.url}" } } } },
        "aws_iam_role": { "worker": { "name": "worker", "assume_role_policy": trust.to_string() } },
        "aws_iam_role_policy": { "worker": { "role": "${aws_iam_role.worker.name}", "policy": allowed.to_string() } },
        "aws_sqs_queue": { "jobs": { "name": "jobs-of-the-shop" } },
    } })
}

fn page() -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("main.tf.json"), document().to_string()).unwrap();
    page_of(&[folder.path().to_path_buf()])
}

fn page_of(paths: &[PathBuf]) -> String {
    let places = Places::of(paths);
    let drawn = synth_graph::architecture(&places.documents().stacks);
    let findings = places.findings();
    render::html(&drawn, &layout::scene(&drawn).unwrap(), "shop", &findings)
}

#[test]
fn search_finds_by_name_by_kind_and_by_address() {
    let Some(seen) = observed(
        &page(),
        "const search = document.getElementById('search');
         return ['jobs-of', 'SQS', 'aws_iam_role_policy.worker', 'nowhere'].map(text => {
           search.value = text;
           search.dispatchEvent(new Event('input'));
           return [...document.querySelectorAll('.node.hit')].map(node => node.dataset.id);
         });",
    ) else {
        return;
    };
    assert_eq!(
        seen,
        json!([["aws_sqs_queue.jobs"], ["aws_sqs_queue.jobs"], ["aws_lambda_function.worker"], []])
    );
}

#[test]
fn pointing_at_a_box_shows_its_resources_and_its_arrows() {
    let Some(seen) = observed(
        &page(),
        "const box = document.querySelector('[data-id=\"aws_lambda_function.worker\"]');
         const place = box.querySelector('rect').getBoundingClientRect();
         const top = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2);
         top.closest('.node').dispatchEvent(new MouseEvent('mouseenter'));
         const panel = document.getElementById('details');
         return { of: panel.dataset.of, text: panel.textContent, images: panel.querySelectorAll('img').length };",
    ) else {
        return;
    };
    assert_eq!((&seen["of"], &seen["images"]), (&json!("aws_lambda_function.worker"), &json!(0)));
    let text = seen["text"].as_str().unwrap();
    for said in [
        "<img src=x onerror=alert(1)>",
        "aws_iam_role_policy.worker (role policy)",
        "refers to jobs-of-the-shop",
        "sqs:*",
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
}

#[test]
fn findings_are_shown_where_they_are() {
    let Some(seen) = observed(
        &page(),
        "const box = document.querySelector('[data-id=\"aws_lambda_function.worker\"]');
         box.dispatchEvent(new MouseEvent('mouseenter'));
         return { badges: [...document.querySelectorAll('.badge')].map(badge => badge.parentNode.dataset.id),
           number: Number(box.querySelector('.badge text').textContent),
           button: document.getElementById('findings').textContent,
           text: document.getElementById('details').textContent };",
    ) else {
        return;
    };
    assert_eq!(seen["badges"], json!(["aws_lambda_function.worker"]));
    let number = seen["number"].as_u64().unwrap();
    assert!(number > 0 && seen["button"].as_str().unwrap().starts_with(&number.to_string()), "{seen}");
    assert!(seen["text"].as_str().unwrap().contains("error IAM"), "{seen}");
}

#[test]
fn arrows_of_a_meaning_can_be_left_out() {
    let Some(seen) = observed(
        &page(),
        "const shown = () => [...document.querySelectorAll('#picture .arrow[data-from]')]
           .filter(arrow => getComputedStyle(arrow).display !== 'none').length;
         const before = shown();
         const box = document.querySelector('#meanings input[value=may]');
         box.click();
         const without = shown();
         box.click();
         return { fewer: without < before, back: shown() === before };",
    ) else {
        return;
    };
    assert_eq!(seen, json!({ "fewer": true, "back": true }));
}

#[test]
fn every_text_is_inside_of_its_box_and_nothing_lies_above_a_name() {
    let systems = ["action-spec", "ansari-whatsapp", "carat", "everruns", "invoice"];
    for system in systems {
        let page = page_of(&[PathBuf::from("../../fixtures").join(system)]);
        let Some(seen) = observed(
            &page,
            "const out = [];
             for (const node of document.querySelectorAll('#picture .node[data-id], #picture .arrow[data-from]')) {
               const frame = node.querySelector('rect:not(.bar)');
               if (!frame) continue;
               const around = frame.getBoundingClientRect();
               for (const text of node.querySelectorAll('text')) {
                 const own = text.getBoundingClientRect();
                 if (own.left < around.left || own.right > around.right || own.top < around.top - 1 || own.bottom > around.bottom + 1) {
                   out.push(text.textContent);
                 }
               }
             }
             for (const name of document.querySelectorAll('#picture .node[data-id] .name')) {
               name.scrollIntoView({ block: 'center', inline: 'center' });
               const own = name.getBoundingClientRect();
               const top = document.elementFromPoint(own.x + own.width / 2, own.y + own.height / 2);
               if (!top || top.closest('[data-id]') !== name.closest('[data-id]')) out.push('covered: ' + name.textContent);
             }
             return out;",
        ) else {
            return;
        };
        assert_eq!(seen, json!([]), "{system}");
    }
}
