//! Where the time went: steps of terraform, and in them the resources, as a report and as one picture.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Work on something, from a beginning for some time; both since the deployment's own beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// A step, or the address of a resource.
    pub name: String,
    /// When it began.
    pub begin: Duration,
    /// How long it took.
    pub took: Duration,
}

/// One step, and the resources that it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// The step.
    pub step: Span,
    /// Its resources, in the order in which they ended.
    pub resources: Vec<Span>,
}

/// All steps of a deployment, in their order.
#[derive(Clone, Debug)]
pub struct Timeline {
    started: Instant,
    phases: Vec<Phase>,
}

/// A step that runs.
#[derive(Debug)]
pub(super) struct Running {
    name: &'static str,
    begun: Instant,
    working: BTreeMap<String, Instant>,
    over: Vec<(String, Instant, Duration)>,
}

impl Running {
    pub(super) fn new(name: &'static str) -> Running {
        Running { name, begun: Instant::now(), working: BTreeMap::new(), over: Vec::new() }
    }

    pub(super) fn begins(&mut self, address: String) {
        self.working.insert(address, Instant::now());
    }

    pub(super) fn ends(&mut self, address: String) {
        if let Some(begun) = self.working.remove(&address) {
            self.over.push((address, begun, begun.elapsed()));
        }
    }

    /// What is being worked on.
    pub(super) fn working(&self) -> impl Iterator<Item = &str> {
        self.working.keys().map(String::as_str)
    }
}

impl Timeline {
    pub(super) fn begin() -> Timeline {
        Timeline { started: Instant::now(), phases: Vec::new() }
    }

    /// Adds a step that has ended, and whatever it was still working on.
    pub(super) fn add(&mut self, mut step: Running) {
        for address in step.working.keys().cloned().collect::<Vec<_>>() {
            step.ends(address);
        }
        let since = |begun: Instant| begun.saturating_duration_since(self.started);
        let resources =
            step.over.into_iter().map(|(name, begun, took)| Span { name, begin: since(begun), took });
        let whole = Span { name: step.name.to_owned(), begin: since(step.begun), took: step.begun.elapsed() };
        self.phases.push(Phase { step: whole, resources: resources.collect() });
    }

    /// The steps.
    pub fn phases(&self) -> &[Phase] {
        &self.phases
    }

    /// The resources that took longest, over all steps, the slowest first.
    pub fn slowest(&self, most: usize) -> Vec<Span> {
        let mut total: BTreeMap<&str, Span> = BTreeMap::new();
        for span in self.phases.iter().flat_map(|phase| &phase.resources) {
            let one =
                total.entry(&span.name).or_insert_with(|| Span { took: Duration::ZERO, ..span.clone() });
            one.took += span.took;
        }
        let mut all: Vec<Span> = total.into_values().collect();
        all.sort_by_key(|span| std::cmp::Reverse(span.took));
        all.truncate(most);
        all
    }

    /// A picture: time from left to right, a row a step, below it one for each of its resources.
    pub fn svg(&self) -> String {
        let ends = self.phases.iter().map(|phase| phase.step.begin + phase.step.took);
        let whole = ends.max().unwrap_or_default().as_secs_f64().max(0.1);
        let rows: usize = self.phases.iter().map(|phase| 1 + phase.resources.len()).sum();
        let height = ROW * rows + ROW;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             font-family=\"sans-serif\" font-size=\"12\">\n"
        );
        let mut top = 0;
        for phase in &self.phases {
            bar(&mut svg, &phase.step, whole, top, "#4a6fa5");
            top += ROW;
            for resource in &phase.resources {
                bar(&mut svg, resource, whole, top, "#b8cbe4");
                top += ROW;
            }
        }
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(svg, "<text x=\"4\" y=\"{}\">{whole:.1} s in all</text>\n</svg>", top + ROW - 5);
        svg
    }
}

const WIDTH: usize = 1000;
const ROW: usize = 18;

fn bar(svg: &mut String, span: &Span, whole: f64, top: usize, color: &str) {
    let scale = |time: Duration| time.as_secs_f64() / whole * WIDTH as f64;
    let (left, width) = (scale(span.begin), scale(span.took).max(1.0));
    // The words begin with the bar, or end at the picture's edge.
    let (x, anchor) = if left > WIDTH as f64 / 2.0 { (WIDTH as f64, "end") } else { (left + 3.0, "start") };
    let _ = writeln!(
        svg,
        "<rect x=\"{left:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"{}\" fill=\"{color}\"/>\
         <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{} {:.1} s</text>",
        ROW - 2,
        top + ROW - 5,
        escaped(&span.name),
        span.took.as_secs_f64()
    );
}

/// As text in XML; keys of `for_each` may hold anything.
fn escaped(text: &str) -> String {
    let legal = |character: &char| !character.is_control();
    text.chars()
        .filter(legal)
        .map(|character| match character {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(name: &str, begin: u64, took: u64) -> Span {
        Span { name: name.to_owned(), begin: Duration::from_millis(begin), took: Duration::from_millis(took) }
    }

    fn timeline(phases: Vec<Phase>) -> Timeline {
        Timeline { started: Instant::now(), phases }
    }

    #[test]
    fn the_slowest_are_those_of_all_steps_together() {
        let timeline = timeline(vec![
            Phase {
                step: span("apply", 0, 9000),
                resources: vec![span("a.b", 0, 3000), span("a.c", 0, 4000)],
            },
            Phase { step: span("destroy", 9000, 3000), resources: vec![span("a.b", 9000, 2000)] },
        ]);
        let slowest: Vec<(String, u64)> =
            timeline.slowest(1).into_iter().map(|span| (span.name, span.took.as_secs())).collect();
        assert_eq!(slowest, [("a.b".to_owned(), 5)]);
    }

    #[test]
    fn what_a_step_did_not_come_to_the_end_of_is_there() {
        let mut step = Running::new("apply");
        step.begins("a.b".to_owned());
        step.begins("a.c".to_owned());
        step.ends("a.c".to_owned());
        step.ends("a.never_begun".to_owned());
        let mut timeline = Timeline::begin();
        timeline.add(step);
        let names: Vec<&str> = timeline
            .phases()
            .iter()
            .flat_map(|phase| &phase.resources)
            .map(|span| span.name.as_str())
            .collect();
        assert_eq!(names, ["a.c", "a.b"]);
    }

    #[test]
    fn an_empty_timeline_is_a_picture_too() {
        assert!(roxmltree::Document::parse(&timeline(Vec::new()).svg()).is_ok());
    }

    proptest! {
        #[test]
        fn any_name_makes_a_picture_with_a_bar_each(names in prop::collection::vec("\\PC{0,20}", 1..5)) {
            let resources: Vec<Span> = names.iter().map(|name| span(name, 10, 20)).collect();
            let svg = timeline(vec![Phase { step: span("apply", 0, 100), resources }]).svg();
            let document = roxmltree::Document::parse(&svg).unwrap();
            let bars = document.descendants().filter(|node| node.has_tag_name("rect")).count();
            prop_assert_eq!(bars, names.len() + 1);
        }
    }
}
