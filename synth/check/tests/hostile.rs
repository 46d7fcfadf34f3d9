//! Any JSON in any file of any folder is judged, and judged the same each time.

use proptest::prelude::*;
use serde_json::Value;
use synth_check::{Folder, Schemas, Source, calls, check_folders};

/// JSON of the words that mean something to Terraform.
fn documents() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "module",
        "m",
        "source",
        "./a",
        "../a",
        "resource",
        "terraform_data",
        "input",
        "locals",
        "variable",
        "output",
        "value",
        "${module.m.m}",
        "${module.m}",
        "${var.m}",
        "${local.m[0]}",
        "terraform",
        "required_providers",
        "version",
        "lifecycle",
        "dynamic",
        "provider",
        "alias",
        "depends_on",
        "module.m",
        "count",
        "//",
        "${<<E\nE\n}",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i8>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 40, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(word.clone().prop_map(str::to_owned), inner, 0..4)
                .prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn any_folders_are_judged_and_judged_the_same_each_time(
        main in documents(), over in documents(), child in documents(), unread in any::<bool>(),
    ) {
        let [main, over, child] = [main, over, child].map(|document| document.to_string());
        let source = |name, text| Source { name, text };
        let folders = [
            Folder {
                path: ".",
                sources: vec![source("main.tf.json", &main), source("override.tf.json", &over)],
                unread: Vec::new(),
            },
            Folder {
                path: "a",
                sources: vec![source("a/main.tf.json", &child)],
                unread: if unread { vec!["a/main.tf"] } else { Vec::new() },
            },
        ];
        let schemas = Schemas::embedded();
        let report = check_folders(&folders, &schemas);
        prop_assert!(report.findings.iter().all(|finding| finding.place.line > 0));
        prop_assert_eq!(report, check_folders(&folders, &schemas));
        let _ = calls("a", &child);
    }
}
