//! What the document says, without LocalStack: in milliseconds.

use serde_json::json;
use synth::App;
use synth::aws::logs;
use synth::testing::Synthesized;

fn document() -> Synthesized {
    let mut app = App::new();
    stack::build(&mut app);
    Synthesized::app(app).remove(0)
}

#[test]
fn the_document_is_valid_by_the_provider() {
    document().valid();
}

#[test]
fn logs_are_kept_for_30_days() {
    document().has_resource::<logs::Group>(json!({ "retention_in_days": 30 }));
}

#[test]
fn the_committed_document_is_current() {
    document().snapshot("main.tf.json");
}
