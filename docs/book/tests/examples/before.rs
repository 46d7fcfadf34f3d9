//! What stands before examples that show a part: `after=NAME` behind a fence names a module.

/// A crate of a service, whose stack is tested.
pub(super) mod service {
    use synth::App;
    use synth::app_runner::{Ecr, Service, ServiceHandle, Size, Source};

    pub(crate) fn shop(version: &str) -> (App, ServiceHandle) {
        let mut app = App::new();
        let source = Source::Ecr(Ecr {
            image: format!("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:{version}").into(),
            repository_arn: "arn:aws:ecr:eu-west-1:111122223333:repository/shop".into(),
            port: 8080,
        });
        let service = Service::new("shop", source, Size::new(0.25, 0.5));
        let service = app.stack("shop").add("shop", service);
        (app, service)
    }
}

/// The names of a harness that is shared.
pub(super) mod harness {
    pub(crate) use localstack_tests::{Harness, Settings, Stack};
}

/// The names of a deployment in single steps.
pub(super) mod steps {
    pub(crate) use localstack_tests::emulator;
    pub(crate) use localstack_tests::{Deployment, Settings};
    pub(crate) use serde_json::json;
}

/// The names of the proxy that keeps providers warm.
pub(super) mod proxy {
    pub(crate) use std::path::Path;
    pub(crate) use std::process::Command;
    pub(crate) use warm_provider::{Extent, Folder, Installed, Proxy, Surroundings};
}
