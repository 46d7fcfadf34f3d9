//! What runs when an object is made or destroyed ("Provisioners"): a last resort, as Terraform says itself.

use crate::block::Body;
use crate::term::{Term, Text};
use crate::value::Value;

/// A provisioner of a resource.
#[derive(Clone, Debug)]
pub struct Provisioner {
    kind: &'static str,
    body: Body,
}

/// What becomes of the object when its provisioner fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// The apply fails, and the object is made anew next time.
    Fail,
    /// The failure is ignored.
    Continue,
}

impl Provisioner {
    /// Runs a command where Terraform runs ("Provisioner: local-exec"). A sensitive value goes through
    /// [`Provisioner::environment`], and even then the command can show it.
    pub fn local_exec(command: impl Into<Value<String>>) -> Self {
        Provisioner { kind: "local-exec", body: Body::new().with("command", command.into()) }
    }

    /// Runs commands in the object, over its connection ("Provisioner: remote-exec").
    pub fn remote_exec<V: Into<Value<String>>>(commands: impl IntoIterator<Item = V>) -> Self {
        let inline = commands.into_iter().map(|command| command.into().into_term()).collect();
        Provisioner { kind: "remote-exec", body: Body::new().with("inline", Term::List(inline)) }
    }

    /// Copies a file or folder into the object, over its connection ("Provisioner: file").
    pub fn file(source: impl Into<Value<String>>, destination: impl Into<Value<String>>) -> Self {
        let body = Body::new().with("source", source.into()).with("destination", destination.into());
        Provisioner { kind: "file", body }
    }

    /// A variable of a local command's environment.
    #[must_use]
    pub fn environment(mut self, name: impl Into<Text>, value: impl Into<Value<String>>) -> Self {
        let entry = (name.into(), value.into().into_term());
        match self.body.get_mut("environment") {
            Some(Term::Object(entries)) => entries.push(entry),
            _ => self.body.set("environment", Term::Object(vec![entry])),
        }
        self
    }

    /// Runs before the object is destroyed instead of after it was made.
    #[must_use]
    pub fn when_destroyed(mut self) -> Self {
        self.body.set("when", Term::Verbatim(Box::new(Term::text("destroy"))));
        self
    }

    /// What becomes of the object when it fails.
    #[must_use]
    pub fn on_failure(mut self, on_failure: OnFailure) -> Self {
        let word = match on_failure {
            OnFailure::Fail => "fail",
            OnFailure::Continue => "continue",
        };
        self.body.set("on_failure", Term::Verbatim(Box::new(Term::text(word))));
        self
    }

    /// How the object is reached: `type`, `host`, `user`, … ("Provisioner Connection Settings").
    #[must_use]
    pub fn connection<V: Into<Value<String>>>(
        mut self,
        settings: impl IntoIterator<Item = (&'static str, V)>,
    ) -> Self {
        let connection =
            settings.into_iter().fold(Body::new(), |body, (name, value)| body.with(name, value.into()));
        self.body.set("connection", connection);
        self
    }

    /// As an entry of a resource's provisioners, which keep their order.
    pub(crate) fn into_term(self) -> Term {
        Body::new().with(self.kind, self.body).into()
    }
}
