use synth::{Output, Scope, Topic};

fn shop(stack: &mut Scope<'_>) {
    let topic = stack.add("operators", Topic::new("shop-operators").email("operators@example.org"));
    stack.add("topic", Output::of(topic.arn()));
}
