//! A topic of Amazon SNS, for people who want to know.

use synth_aws::sns;
use synth_core::{
    Construct, Counted, Handle, Id, Known, List, NodeId, Of, Place, Problem, Ref, Scope, THIS, Value,
    conditional,
};

/// A topic that tells people by e-mail; alarms publish to it.
///
/// It is not encrypted with AWS's own key for topics: alarms cannot publish to one that is (Amazon CloudWatch User Guide,
/// "Using Amazon CloudWatch alarms").
#[derive(Clone, Debug)]
pub struct Topic {
    name: Value<String>,
    emails: Vec<Value<String>>,
}

/// A topic that is there only where a condition holds: see [`Topic::only_if`].
#[derive(Clone, Debug)]
pub struct OptionalTopic {
    topic: Topic,
    condition: Value<bool>,
}

impl Topic {
    /// A topic of that name, which nobody has subscribed to.
    pub fn new(name: impl Into<Value<String>>) -> Self {
        Topic { name: name.into(), emails: Vec::new() }
    }

    /// Tells an e-mail address; whoever reads it has to confirm that once.
    #[must_use]
    pub fn email(mut self, address: impl Into<Value<String>>) -> Self {
        self.emails.push(address.into());
        self
    }

    /// Makes the topic and its subscriptions only where a condition holds.
    pub fn only_if(self, condition: impl Into<Value<bool>>) -> OptionalTopic {
        OptionalTopic { topic: self, condition: condition.into() }
    }

    fn check(&self, scope: &mut Scope<'_>) {
        let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if let Known::Is(name) = self.name.known()
            && (!(1..=256).contains(&name.len()) || !name.chars().all(legal))
        {
            scope.refuse(
                Problem::new(format!("`{name}` cannot be a topic's name"))
                    .at("/name")
                    .help("write 1 to 256 letters, digits, `-` or `_`")
                    .source("Amazon Simple Notification Service API Reference, \"CreateTopic\": Name"),
            );
        }
        for address in &self.emails {
            if let Known::Is(address) = address.known()
                && !address.contains('@')
            {
                scope.refuse(
                    Problem::new(format!("`{address}` is no e-mail address")).help("write it with its `@`"),
                );
            }
        }
    }
}

impl Construct for Topic {
    type Handle = TopicHandle;

    fn build(self, place: Place<'_, '_>) -> TopicHandle {
        let mut scope = place.construct(TopicHandle::KIND);
        self.check(&mut scope);
        let topic = scope.add(THIS, sns::Topic::new().name(self.name));
        for (at, address) in self.emails.into_iter().enumerate() {
            scope.add(subscription(at), subscribed(topic.arn(), address));
        }
        scope.export("arn", topic.arn());
        TopicHandle(scope.node())
    }
}

impl Construct for OptionalTopic {
    type Handle = OptionalTopicHandle;

    fn build(self, place: Place<'_, '_>) -> OptionalTopicHandle {
        let mut scope = place.construct(OptionalTopicHandle::KIND);
        self.topic.check(&mut scope);
        let Topic { name, emails } = self.topic;
        let count = conditional(self.condition, 1, 0);
        let topic = scope.add_count(THIS, count.clone(), |_| sns::Topic::new().name(name));
        for (at, address) in emails.into_iter().enumerate() {
            scope.add_count(subscription(at), count.clone(), |index| {
                subscribed(topic.at(index, sns::TopicHandle::arn), address)
            });
        }
        OptionalTopicHandle { node: scope.node(), topic }
    }
}

/// The first subscription has the topic's own name.
fn subscription(at: usize) -> Id {
    if at == 0 { THIS } else { at.to_string().into() }
}

fn subscribed(topic: Ref<String>, address: Value<String>) -> sns::TopicSubscription {
    sns::TopicSubscription::new().topic_arn(topic).protocol("email").endpoint(address)
}

/// A topic of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopicHandle(NodeId);

impl Handle for TopicHandle {
    const KIND: &'static str = "topic";

    fn node(self) -> NodeId {
        self.0
    }
}

impl TopicHandle {
    /// The topic's ARN.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }
}

/// A topic of a stack that is there only where a condition holds.
#[derive(Clone, Copy)]
pub struct OptionalTopicHandle {
    node: NodeId,
    topic: Counted<sns::TopicHandle>,
}

impl Handle for OptionalTopicHandle {
    const KIND: &'static str = "optional_topic";

    fn node(self) -> NodeId {
        self.node
    }
}

impl OptionalTopicHandle {
    /// The topic's ARN, or none.
    pub fn arns(self) -> Ref<List<String>> {
        self.topic.all(sns::TopicHandle::arn)
    }
}
