//! Topics, and the alarms that publish to them.

use synth::alarm::{Alarm, Count};
use synth::{Topic, Value, Variable};

use super::{document, refusal, service};

#[test]
fn a_topic_that_is_there_only_sometimes_is_told_only_then() {
    let document = document(|stack| {
        let email = stack.add("email", Variable::<String>::new());
        let wanted = Value::from(&email).equals("").negated();
        let topic = stack.add("alarms", Topic::new("alarms").email(&email).only_if(wanted));
        let api = stack.add("api", service("shop-api"));
        let alarm = Alarm::above("errors", api.server_errors(), Count(5), 5).notify_all(topic.arns());
        stack.add("errors", alarm);
    });
    let resources = &document["resource"];
    assert_eq!(resources["aws_sns_topic"]["alarms"]["count"], "${(!(var.email == \"\")) ? 1 : 0}");
    let subscription = &resources["aws_sns_topic_subscription"]["alarms"];
    assert_eq!(subscription["topic_arn"], "${aws_sns_topic.alarms[count.index].arn}");
    let actions = &resources["aws_cloudwatch_metric_alarm"]["errors"]["alarm_actions"];
    assert!(actions.as_str().unwrap().contains("aws_sns_topic.alarms"), "{actions}");
}

#[test]
fn a_topic_tells_each_address() {
    let document = document(|stack| {
        let topic = stack.add("alarms", Topic::new("alarms").email("a@example.com").email("b@example.com"));
        let api = stack.add("api", service("shop-api"));
        stack.add("errors", Alarm::above("errors", api.server_errors(), Count(5), 5).notify(topic.arn()));
    });
    let resources = &document["resource"];
    let told = ["alarms", "alarms__1"].map(|name| &resources["aws_sns_topic_subscription"][name]["endpoint"]);
    assert_eq!(told, ["a@example.com", "b@example.com"]);
    assert_eq!(resources["aws_sns_topic"]["alarms"].get("count"), None);
}

#[test]
fn names_and_addresses_that_sns_has_not_are_refused() {
    let refused = |topic: Topic| {
        refusal(|stack| {
            stack.add("alarms", topic);
        })
    };
    assert_eq!(refused(Topic::new("a b")), "`a b` cannot be a topic's name");
    assert_eq!(refused(Topic::new("")), "`` cannot be a topic's name");
    assert_eq!(refused(Topic::new("a").email("nobody")), "`nobody` is no e-mail address");
}
