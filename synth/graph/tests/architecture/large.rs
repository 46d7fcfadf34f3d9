//! Documents of 500 boxes, in the arrangements that differ for the layout.

use serde_json::{Map, Value, json};

/// As many as all arrangements have.
const BOXES: usize = 500;

/// The boxes that one leads to, by its number.
type LeadsTo = fn(usize, &mut Random) -> Vec<usize>;

/// Arrangements of boxes in one frame.
pub(crate) const OF_ONE_FRAME: &[(&str, LeadsTo)] = &[
    ("each leads to one before", |own, random| vec![random.below(own)]),
    ("each leads to two nearby", |own, random| {
        random.two(8).into_iter().map(|back| own.saturating_sub(back + 1)).collect()
    }),
    ("each leads to two of all", |_, random| random.two(BOXES)),
    (
        "half leads to the other half",
        |own, random| {
            if own < BOXES / 2 { Vec::new() } else { random.two(BOXES / 2) }
        },
    ),
    ("one behind the other", |own, random| vec![own - 1, random.below(own)]),
];

/// 20 stacks of 25 boxes.
pub(crate) fn stacks() -> Vec<Value> {
    (0..20).map(stack).collect()
}

/// Boxes of one type, which therefore are in one frame, each with references to others.
pub(crate) fn frame(leads_to: LeadsTo) -> Value {
    let mut random = Random(1);
    let mut things = Map::new();
    for own in 0..BOXES {
        let mut body = Map::from_iter([("name".to_owned(), json!(format!("thing-{own}")))]);
        let others = if own == 0 { Vec::new() } else { leads_to(own, &mut random) };
        for (number, other) in others.into_iter().enumerate() {
            body.insert(format!("other{number}_id"), json!(format!("${{acme_thing.t{other}.id}}")));
        }
        things.insert(format!("t{own}"), Value::Object(body));
    }
    json!({ "resource": { "acme_thing": things } })
}

/// A stack of 13 functions that use its 12 queues, and one queue of the stack before.
fn stack(stack: usize) -> Value {
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

/// The same numbers on each run: a linear congruential generator (Knuth, The Art of Computer Programming 2, 3.3.4, MMIX).
pub(crate) struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most.max(1)
    }

    fn two(&mut self, most: usize) -> Vec<usize> {
        vec![self.below(most), self.below(most)]
    }
}
