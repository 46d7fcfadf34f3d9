use synth::app_runner::{Ecr, HealthCheck, Scaling, Service, Size, Source};
use synth::{Output, Scope, Secret, Variable};

fn shop(stack: &mut Scope<'_>) {
    let token = stack.add("token", Variable::<String>::new().ephemeral());
    let token = stack.add("token", Secret::new("shop/token").value(token));
    let source = Source::Ecr(Ecr {
        image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop:v7".into(),
        repository_arn: "arn:aws:ecr:us-east-1:111122223333:repository/shop".into(),
        port: 8080,
    });
    let service = Service::new("shop", source, Size::new(1, 2))
        .scaling(Scaling::between(1, 4))
        .health_check(HealthCheck::path("/health"))
        .environment("LOG_LEVEL", "info")
        .secret("TOKEN", token);
    let service = stack.add("shop", service);
    stack.add("url", Output::of(service.url()));
}
