use synth::alarm::Percent;
use synth::database::Metrics;
use synth::{Alarm, Scope, Topic};

fn shop(stack: &mut Scope<'_>) {
    let topic = stack.add("operators", Topic::new("shop-operators").email("operators@example.org"));
    let database = Metrics::of("shop");
    let alarm = Alarm::above("shop-cpu", database.cpu_utilization(), Percent(80), 5)
        .description("The database is busy: look at the slow queries first")
        .notify(topic.arn());
    stack.add("cpu", alarm);
}
