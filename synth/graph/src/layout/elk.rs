//! The request to the Eclipse Layout Kernel, in its own JSON, and what it answers
//! (<https://eclipse.dev/elk/documentation/tooldevelopers/graphdatastructure/jsonformat.html>).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::scene::{Line, Rectangle, Scene};
use super::text::{self, Weight};
use super::{Error, LINE, NAME, SIGN, SMALL, effort, label, lines};
use crate::architecture::{Architecture, Group, Meaning};

/// What a frame keeps free above for its title, and at its other sides.
const TITLE: f64 = 34.0;
const MARGIN: f64 = 16.0;
/// Pages show pictures that are wider than this with letters too small to read.
const WIDE: f64 = 1250.0;
/// The smallest box.
const LEAST: (f64, f64) = (130.0, 46.0);

/// Where arrows lead, as far as they can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Right,
    Down,
}

impl Direction {
    fn name(self) -> &'static str {
        match self {
            Direction::Right => "RIGHT",
            Direction::Down => "DOWN",
        }
    }
}

/// Beyond so many arrows, with the layers that they pass, more tries take longer than anybody follows the arrows.
const SOON_ENOUGH: usize = 600;

/// How often the layout tries to have fewer arrows cross, at each frame
/// (<https://eclipse.dev/elk/reference/options/org-eclipse-elk-layered-thoroughness.html>; 7 is its own default).
fn thoroughness(drawn: &Architecture) -> u8 {
    let passed: usize = effort::passed(drawn).values().sum();
    // An arrow is ordered at both of its ends.
    if passed.saturating_add(2 * drawn.arrows.len()) <= SOON_ENOUGH { 7 } else { 1 }
}

/// Places an architecture: from left to right, or, if that is too wide for a page, downwards.
pub(super) fn place(drawn: &Architecture) -> Result<Scene, Error> {
    let right = towards(drawn, Direction::Right)?;
    if right.width <= WIDE {
        return Ok(right);
    }
    let down = towards(drawn, Direction::Down)?;
    Ok(if down.width < right.width { down } else { right })
}

fn towards(drawn: &Architecture, direction: Direction) -> Result<Scene, Error> {
    if drawn.nodes.is_empty() && drawn.groups.is_empty() {
        return Ok(Scene::default());
    }
    let ids = Ids::of(drawn);
    let thoroughness = thoroughness(drawn).to_string();
    let children = children(drawn, &ids, &thoroughness, None);
    let arrows = drawn.arrows.iter().enumerate();
    let edges: Vec<Value> = arrows
        .map(|(number, ((from, to, _), arrow))| {
            let label = label(arrow);
            let (width, height) = label_size(&label);
            let labels = if label.is_empty() {
                json!([])
            } else {
                json!([{ "text": "label", "width": width, "height": height, "layoutOptions": {
                    "org.eclipse.elk.edgeLabels.inline": "true",
                    "org.eclipse.elk.edgeLabels.placement": "CENTER",
                } }])
            };
            let (from, to) = (ids.of_place(from), ids.of_place(to));
            json!({ "id": format!("e{number}"), "sources": [from], "targets": [to], "labels": labels })
        })
        .collect();
    let graph = json!({
        "id": "root",
        "layoutOptions": {
            "org.eclipse.elk.algorithm": "org.eclipse.elk.layered",
            "org.eclipse.elk.direction": direction.name(),
            "org.eclipse.elk.hierarchyHandling": "INCLUDE_CHILDREN",
            "org.eclipse.elk.edgeRouting": "ORTHOGONAL",
            "org.eclipse.elk.randomSeed": "1",
            "org.eclipse.elk.layered.thoroughness": thoroughness,
            "org.eclipse.elk.padding": padding(MARGIN),
            "org.eclipse.elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
            "org.eclipse.elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
            "org.eclipse.elk.layered.spacing.nodeNodeBetweenLayers": "44",
            "org.eclipse.elk.layered.spacing.edgeNodeBetweenLayers": "16",
            "org.eclipse.elk.layered.spacing.edgeEdgeBetweenLayers": "14",
            "org.eclipse.elk.spacing.nodeNode": "22",
            "org.eclipse.elk.spacing.edgeNode": "16",
            "org.eclipse.elk.spacing.edgeEdge": "14",
            "org.eclipse.elk.spacing.edgeLabel": "4",
            "org.eclipse.elk.spacing.componentComponent": "26",
        },
        "children": children,
        "edges": edges,
    });
    let placed = elkrs::create_elk()
        .layout_json(&graph.to_string())
        .map_err(|error| Error::Layout(format!("{error:?}")))?;
    Ok(read(drawn, &ids, &placed))
}

/// Names for the layout, which takes them apart: those of documents may hold anything.
struct Ids<'d> {
    places: BTreeMap<&'d str, String>,
    back: BTreeMap<String, &'d str>,
}

impl<'d> Ids<'d> {
    fn of(drawn: &'d Architecture) -> Ids<'d> {
        let places = drawn.numbered();
        let back = places.iter().map(|(id, place)| (place.clone(), *id)).collect();
        Ids { places, back }
    }

    fn of_place(&self, id: &str) -> &str {
        self.places.get(id).map_or("", String::as_str)
    }
}

fn padding(top: f64) -> String {
    format!("[top={top},left={MARGIN},bottom={MARGIN},right={MARGIN}]")
}

fn children(drawn: &Architecture, ids: &Ids<'_>, thoroughness: &str, parent: Option<&str>) -> Vec<Value> {
    let nodes = drawn.nodes.iter().filter(|(_, node)| node.group.as_deref() == parent);
    let nodes = nodes.map(|(id, node)| {
        let lines = lines(node);
        let mut widths = lines.iter().enumerate().map(|(number, line)| match number {
            0 => text::width(line, NAME, Weight::Bold),
            _ => text::width(line, SMALL, Weight::Plain),
        });
        let widest = widths.by_ref().fold(LEAST.0, f64::max);
        let height = 16.0 + 16.0 + LINE * count(lines.len().saturating_sub(1));
        json!({ "id": ids.of_place(id), "width": (widest + SIGN + 14.0).ceil(), "height": height.max(LEAST.1) })
    });
    let groups = drawn.groups.iter().filter(|(_, group)| group.parent.as_deref() == parent);
    let groups = groups.map(|(id, group)| {
        let inside = children(drawn, ids, thoroughness, Some(id));
        let title = title_width(group);
        if inside.is_empty() {
            // A frame that nothing is in is a box to the layout.
            return json!({ "id": ids.of_place(id), "width": title, "height": TITLE + MARGIN });
        }
        let options = json!({
            "org.eclipse.elk.padding": padding(TITLE),
            "org.eclipse.elk.layered.thoroughness": thoroughness,
            "org.eclipse.elk.nodeSize.constraints": "MINIMUM_SIZE",
            "org.eclipse.elk.nodeSize.minimum": format!("({title},{})", TITLE + MARGIN),
        });
        json!({ "id": ids.of_place(id), "layoutOptions": options, "children": inside })
    });
    nodes.chain(groups).collect()
}

fn title_width(group: &Group) -> f64 {
    let (title, note) = super::title(group);
    let note = text::width(&note, SMALL, Weight::Plain);
    (text::width(&title, SMALL, Weight::Bold) + note + 40.0).ceil()
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(0.0, f64::from)
}

fn label_size(lines: &[String]) -> (f64, f64) {
    let widest = lines.iter().map(|line| text::width(line, SMALL, Weight::Plain)).fold(0.0, f64::max);
    ((widest + 10.0).ceil(), LINE * count(lines.len()) + 4.0)
}

/// What was placed. A line's points are counted from the frame that the layout keeps it in.
fn read(drawn: &Architecture, ids: &Ids<'_>, placed: &Value) -> Scene {
    let mut scene =
        Scene { width: number(placed, "width"), height: number(placed, "height"), ..Scene::default() };
    let mut corners = BTreeMap::from([("root".to_owned(), (0.0, 0.0))]);
    corner(placed, (0.0, 0.0), ids, &mut scene, &mut corners);
    let mut found = BTreeMap::new();
    edges(placed, &mut found);
    for (number, ((from, to, meaning), arrow)) in drawn.arrows.iter().enumerate() {
        let Some(edge) = found.get(&format!("e{number}")) else { continue };
        let at =
            common(drawn, from, to).map(|frame| ids.of_place(frame)).and_then(|frame| corners.get(frame));
        let at = at.copied().unwrap_or_default();
        scene.lines.push(line((from, to, *meaning), label(arrow), edge, at));
    }
    scene
}

/// The nearest frame that both ends are in, or are: the layout counts the points of a line from there (Eclipse Layout Kernel,
/// "Graph Data Structure": coordinates of edges).
fn common<'d>(drawn: &'d Architecture, from: &'d str, to: &'d str) -> Option<&'d str> {
    let chain = |id: &'d str| [id].into_iter().chain(drawn.around(id)).collect::<Vec<&str>>();
    let others = chain(to);
    chain(from).into_iter().find(|frame| others.contains(frame))
}

fn corner(
    node: &Value,
    at: (f64, f64),
    ids: &Ids<'_>,
    scene: &mut Scene,
    corners: &mut BTreeMap<String, (f64, f64)>,
) {
    for child in list(node, "children") {
        let (x, y) = (at.0 + number(child, "x"), at.1 + number(child, "y"));
        let Some(id) = child.get("id").and_then(Value::as_str) else { continue };
        corners.insert(id.to_owned(), (x, y));
        if let Some(place) = ids.back.get(id) {
            let (width, height) = (number(child, "width"), number(child, "height"));
            scene.places.insert((*place).to_owned(), Rectangle { x, y, width, height });
        }
        corner(child, (x, y), ids, scene, corners);
    }
}

fn edges<'v>(node: &'v Value, found: &mut BTreeMap<String, &'v Value>) {
    for edge in list(node, "edges") {
        if let Some(id) = edge.get("id").and_then(Value::as_str) {
            found.insert(id.to_owned(), edge);
        }
    }
    list(node, "children").for_each(|child| edges(child, found));
}

fn line(ends: (&str, &str, Meaning), text: Vec<String>, edge: &Value, at: (f64, f64)) -> Line {
    let point = |point: &Value| (at.0 + number(point, "x"), at.1 + number(point, "y"));
    let sections = list(edge, "sections");
    let points = sections.flat_map(|section| {
        let start = section.get("startPoint").into_iter();
        let bends = list(section, "bendPoints");
        start.chain(bends).chain(section.get("endPoint")).map(point).collect::<Vec<_>>()
    });
    let label = list(edge, "labels").next().map(|label| {
        let (x, y) = point(label);
        (Rectangle { x, y, width: number(label, "width"), height: number(label, "height") }, text)
    });
    let (from, to, meaning) = ends;
    Line { from: from.to_owned(), to: to.to_owned(), meaning, points: points.collect(), label }
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn number(value: &Value, key: &str) -> f64 {
    value.get(key).and_then(Value::as_f64).unwrap_or_default()
}
