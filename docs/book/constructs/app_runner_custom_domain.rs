use synth::Scope;
use synth::app_runner::{CustomDomain, Ecr, Service, Size, Source};

fn shop(stack: &mut Scope<'_>) {
    let source = Source::Ecr(Ecr {
        image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:v7".into(),
        repository_arn: "arn:aws:ecr:us-east-1:111122223333:repository/shop".into(),
        port: 8080,
    });
    let service = stack.add("shop", Service::new("shop", source, Size::new(1, 2)));
    stack.add("domain", CustomDomain::new("shop.example.org", service).with_www());
}
