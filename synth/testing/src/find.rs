//! Elements of a stack that must be there.

use serde_json::{Map, Value as Json};
use synth_core::{Construct, Handle};

use crate::Synthesized;
use crate::matching::differences;

/// An element's name and body.
type Named<'s> = (&'s String, &'s Json);

impl Synthesized {
    /// Some resource of a type has these properties; others it may have too. A property that is `null` must not
    /// be set. A block that is written once is equal to a list of one.
    ///
    /// # Panics
    /// With what each resource of the type has instead.
    #[track_caller]
    pub fn has_resource<T: Construct<Handle: Handle>>(&self, properties: Json) {
        has(T::Handle::KIND, &self.elements("resource", T::Handle::KIND), &properties);
    }

    /// Some data source of a type has these properties: see [`Synthesized::has_resource`].
    ///
    /// # Panics
    /// With what each data source of the type has instead.
    #[track_caller]
    pub fn has_data<T: Construct<Handle: Handle>>(&self, properties: Json) {
        let kind = format!("data.{}", T::Handle::KIND);
        has(&kind, &self.elements("data", T::Handle::KIND), &properties);
    }

    /// The output of that name has these properties: see [`Synthesized::has_resource`].
    ///
    /// # Panics
    /// With what the output has instead.
    #[track_caller]
    pub fn has_output(&self, name: &str, properties: Json) {
        self.has_named("output", name, &properties);
    }

    /// The variable of that name has these properties: see [`Synthesized::has_resource`].
    ///
    /// # Panics
    /// With what the variable has instead.
    #[track_caller]
    pub fn has_variable(&self, name: &str, properties: Json) {
        self.has_named("variable", name, &properties);
    }

    /// There are so many resources of a type.
    ///
    /// # Panics
    /// With the names of those that there are.
    #[track_caller]
    pub fn has_resources<T: Construct<Handle: Handle>>(&self, count: usize) {
        let found = self.elements("resource", T::Handle::KIND);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        let kind = T::Handle::KIND;
        assert!(names.len() == count, "there are {} {kind}, not {count}: {}", names.len(), names.join(", "));
    }

    #[track_caller]
    fn has_named(&self, block: &str, name: &str, properties: &Json) {
        let all = self.document().get(block).and_then(Json::as_object);
        let found: Vec<Named<'_>> = all.into_iter().flatten().filter(|(other, _)| *other == name).collect();
        has(block, &found, properties);
    }

    fn elements(&self, block: &str, kind: &str) -> Vec<Named<'_>> {
        let of_kind = self.document().get(block).and_then(|types| types.get(kind)).and_then(Json::as_object);
        of_kind.into_iter().flat_map(Map::iter).collect()
    }
}

#[track_caller]
fn has(kind: &str, found: &[Named<'_>], properties: &Json) {
    let mut message = format!("no {kind} has these properties");
    for (name, body) in found {
        let differences = differences(body, properties);
        if differences.is_empty() {
            return;
        }
        for difference in differences {
            message.push_str(&format!("\n  {kind}.{name}: {difference}"));
        }
    }
    if found.is_empty() {
        message.push_str(": there is none");
    }
    panic!("{message}");
}
