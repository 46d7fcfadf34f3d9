use synth::{Blocks, Map, Ref};
use synth_aws::iam::data::PolicyDocumentStatement;

fn iterator(name: Ref<String>, entries: Ref<Map<String>>) {
    Blocks::dynamic(name, entries, |_| PolicyDocumentStatement::new());
}
