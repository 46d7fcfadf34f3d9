//! Pictures that can be read: nothing overlaps, nothing is passed through, and large ones stay drawable.

use std::path::PathBuf;

use serde_json::{Value, json};
use synth_graph::architecture::Architecture;
use synth_graph::layout::{Rectangle, Scene, scene};
use synth_graph::read::Places;
use synth_graph::render;

use crate::document::{drawn, of_stacks};
use crate::large;

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

#[test]
fn five_hundred_boxes_are_drawn_with_arrows_between_their_frames() {
    let documents = large::stacks();
    let names: Vec<String> = (0..documents.len()).map(|stack| format!("workers-{stack}")).collect();
    let stacks: Vec<(&str, &Value)> = names.iter().map(String::as_str).zip(&documents).collect();
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

#[test]
fn five_hundred_boxes_of_one_frame_are_drawn_however_they_lead_to_each_other() {
    for (name, leads_to) in large::OF_ONE_FRAME {
        let drawn = drawn(&large::frame(*leads_to));
        let scene = scene(&drawn).unwrap();
        assert_eq!(scene.places.len(), drawn.nodes.len() + drawn.groups.len(), "{name}");
        assert_eq!(scene.lines.len() + scene.left_out, drawn.arrows.len(), "{name}");
    }
}

#[test]
fn arrows_that_are_too_long_are_left_out_and_said() {
    let (_, one_behind_the_other) = large::OF_ONE_FRAME.last().unwrap();
    let drawn = drawn(&large::frame(*one_behind_the_other));
    let scene = scene(&drawn).unwrap();
    assert!(scene.left_out > 0 && scene.left_out < drawn.arrows.len() / 2, "{} are left out", scene.left_out);
    let said = format!("{} arrows are too long to be drawn; the page has them", scene.left_out);
    assert!(render::svg(&drawn, &scene, "shop").contains(&said));
}
