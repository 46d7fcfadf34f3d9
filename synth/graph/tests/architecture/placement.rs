//! Pictures that can be read: nothing overlaps, nothing is passed through, and large ones stay drawable.

use std::path::PathBuf;

use serde_json::{Map, Value, json};
use synth_graph::architecture::Architecture;
use synth_graph::layout::{Rectangle, Scene, scene};
use synth_graph::read::Places;
use synth_graph::render;

use crate::document::{drawn, of_stacks};

fn systems() -> Vec<(String, Architecture)> {
    let systems = ["action-spec", "ansari-whatsapp", "carat", "everruns", "invoice"];
    let drawn = systems.iter().map(|name| {
        let documents = Places::of(&[PathBuf::from("../../fixtures").join(name)]).documents();
        assert_eq!(documents.problems, Vec::<String>::new());
        ((*name).to_owned(), synth_graph::architecture(&documents.stacks))
    });
    drawn.collect()
}

fn boxes<'s>(drawn: &'s Architecture, scene: &'s Scene) -> Vec<(&'s String, &'s Rectangle)> {
    drawn.nodes.keys().map(|id| (id, &scene.places[id])).collect()
}

#[test]
fn no_box_overlaps_another_and_each_is_inside_of_its_frames() {
    for (name, drawn) in systems() {
        let scene = scene(&drawn).unwrap();
        let boxes = boxes(&drawn, &scene);
        for (number, (id, place)) in boxes.iter().enumerate() {
            for (other, others) in boxes.iter().skip(number + 1) {
                assert!(!place.overlaps(others), "{name}: {id} and {other}");
            }
            if let Some(frame) = &drawn.nodes[*id].group {
                let frame = &scene.places[frame];
                let inside = place.x >= frame.x
                    && place.y >= frame.y
                    && place.x + place.width <= frame.x + frame.width
                    && place.y + place.height <= frame.y + frame.height;
                assert!(inside, "{name}: {id} sticks out");
            }
        }
    }
}

#[test]
fn no_arrow_passes_through_a_box_and_no_label_covers_one() {
    for (name, drawn) in systems() {
        let scene = scene(&drawn).unwrap();
        for line in &scene.lines {
            for (id, place) in boxes(&drawn, &scene) {
                if let Some((label, _)) = &line.label {
                    assert!(!label.overlaps(place), "{name}: a label of {} covers {id}", line.from);
                }
                for pair in line.points.windows(2) {
                    let (one, other) = (pair[0], pair[1]);
                    let way = Rectangle {
                        x: one.0.min(other.0) + 0.5,
                        y: one.1.min(other.1) + 0.5,
                        width: (one.0 - other.0).abs() - 1.0,
                        height: (one.1 - other.1).abs() - 1.0,
                    };
                    let way = Rectangle { width: way.width.max(0.1), height: way.height.max(0.1), ..way };
                    assert!(!way.overlaps(place), "{name}: {} -> {} passes through {id}", line.from, line.to);
                }
            }
        }
    }
}

#[test]
fn labels_do_not_cover_each_other() {
    for (name, drawn) in systems() {
        let scene = scene(&drawn).unwrap();
        let labels: Vec<_> = scene.lines.iter().filter_map(|line| line.label.as_ref()).collect();
        for (number, (label, text)) in labels.iter().enumerate() {
            for (other, others) in labels.iter().skip(number + 1) {
                assert!(!label.overlaps(other), "{name}: {text:?} and {others:?}");
            }
        }
    }
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    let pictures = || {
        let all =
            systems().into_iter().map(|(name, drawn)| render::svg(&drawn, &scene(&drawn).unwrap(), &name));
        all.collect::<Vec<String>>()
    };
    assert!(pictures() == pictures());
}

#[test]
fn an_empty_picture_is_a_picture() {
    let drawn = drawn(&json!({ "terraform": {} }));
    let svg = render::svg(&drawn, &scene(&drawn).unwrap(), "nothing");
    assert!(roxmltree::Document::parse(&svg).is_ok());
}

/// A stack of 13 functions that use its 12 queues, and one queue of the stack before.
fn workers(stack: usize) -> Value {
    let (mut functions, mut queues, mut outputs) = (Map::new(), Map::new(), Map::new());
    for number in 0..12 {
        queues.insert(format!("q{number}"), json!({ "name": format!("queue-{stack}-{number}") }));
        outputs.insert(format!("q{number}"), json!({ "value": format!("${{aws_sqs_queue.q{number}.arn}}") }));
    }
    for number in 0..13 {
        let (one, other) = (number * 5 % 12, number * 7 % 12);
        let variables = json!({
            "ONE": format!("${{aws_sqs_queue.q{one}.url}}"),
            "OTHER": format!("${{aws_sqs_queue.q{other}.url}}"),
            "BEFORE": format!("${{data.terraform_remote_state.before.outputs.q{one}}}"),
        });
        let function = json!({ "function_name": format!("function-{stack}-{number}"), "environment": { "variables": variables } });
        functions.insert(format!("f{number}"), function);
    }
    let state = |stack: usize| json!({ "bucket": "states", "key": format!("{stack}.tfstate") });
    json!({
        "terraform": { "backend": { "s3": state(stack) } },
        "data": { "terraform_remote_state": { "before": { "backend": "s3", "config": state(stack.wrapping_sub(1)) } } },
        "resource": { "aws_sqs_queue": queues, "aws_lambda_function": functions },
        "output": outputs,
    })
}

#[test]
fn five_hundred_boxes_are_drawn_with_arrows_between_their_frames() {
    let documents: Vec<(String, Value)> =
        (0..20).map(|stack| (format!("workers-{stack}"), workers(stack))).collect();
    let stacks: Vec<(&str, &Value)> =
        documents.iter().map(|(name, document)| (name.as_str(), document)).collect();
    let drawn = of_stacks(&stacks);
    assert_eq!(drawn.nodes.len(), 500);
    let scene = scene(&drawn).unwrap();
    assert_eq!(scene.places.len(), drawn.nodes.len() + drawn.groups.len());
    assert!(
        scene.lines.len() < drawn.arrows.len(),
        "{} lines for {} arrows",
        scene.lines.len(),
        drawn.arrows.len()
    );
}
