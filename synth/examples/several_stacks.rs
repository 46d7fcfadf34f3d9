//! Two stacks of one app: the second one uses a value of the first.
//!
//! `cargo run -p synth --example several_stacks -- --out infrastructure`

use std::process::ExitCode;

use synth::aws::{self, logs};
use synth::{App, Output, S3Backend};

fn state(key: &str) -> S3Backend {
    S3Backend {
        bucket: "acme-terraform-state".to_owned(),
        key: format!("{key}/terraform.tfstate"),
        region: "eu-central-1".to_owned(),
        use_lockfile: true,
        ..S3Backend::default()
    }
}

fn main() -> ExitCode {
    synth::main(|app: &mut App| {
        let mut logging = app.stack("logging");
        logging.backend(state("logging"));
        aws::Provider::new().region("eu-central-1").configure(&mut logging);
        let group = logging.add("audit", logs::Group::new().name("/acme/audit").retention_in_days(365));

        let mut shop = app.stack("shop");
        shop.backend(state("shop"));
        aws::Provider::new().region("eu-central-1").configure(&mut shop);
        // An output of `logging`, read from its state: the manifest says that `logging` is applied first.
        let filter = logs::MetricFilter::new()
            .name("orders")
            .log_group_name(group.name())
            .pattern("ORDER")
            .metric_transformation(
                logs::MetricFilterMetricTransformation::new().name("Orders").namespace("Acme").value("1"),
            );
        let filter = shop.add("orders", filter);
        shop.add("filter", Output::of::<String>(filter.id()).description("The filter's name"));
    })
}
