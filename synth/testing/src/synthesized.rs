//! A stack that was synthesized in a test.

use serde_json::Value as Json;
use synth_core::{App, Document, Problems, Scope, resolve};

/// A stack as Terraform will read it.
#[derive(Clone, Debug)]
pub struct Synthesized {
    document: Document,
    json: Json,
}

impl Synthesized {
    /// One stack, which `build` fills.
    ///
    /// # Panics
    /// With every problem, if there are any.
    #[track_caller]
    pub fn stack(build: impl FnOnce(&mut Scope<'_>)) -> Self {
        let mut app = App::new();
        build(&mut app.stack("test"));
        match Synthesized::app(app).pop() {
            Some(stack) => stack,
            None => panic!("the app has no stack"),
        }
    }

    /// Every stack of an app, in the order in which they were added.
    ///
    /// # Panics
    /// With every problem, if there are any.
    #[track_caller]
    pub fn app(app: App) -> Vec<Self> {
        match resolve(app) {
            Ok(documents) => documents.into_iter().map(Synthesized::of).collect(),
            Err(problems) => panic!("the app cannot be synthesized:\n{problems}"),
        }
    }

    /// What is wrong with a stack that must not be synthesized.
    ///
    /// # Panics
    /// With the document, if nothing is wrong.
    #[track_caller]
    pub fn refused(build: impl FnOnce(&mut Scope<'_>)) -> Problems {
        let mut app = App::new();
        build(&mut app.stack("test"));
        match resolve(app) {
            Ok(documents) => {
                let written: String = documents.iter().map(|document| document.json.as_str()).collect();
                panic!("nothing is wrong with the stack:\n{written}")
            }
            Err(problems) => problems,
        }
    }

    #[track_caller]
    fn of(document: Document) -> Self {
        match serde_json::from_str(&document.json) {
            Ok(json) => Synthesized { document, json },
            Err(error) => panic!("the document is no JSON: {error}\n{}", document.json),
        }
    }

    /// The stack's id.
    pub fn id(&self) -> &str {
        &self.document.stack
    }

    /// The document, to look into.
    pub fn document(&self) -> &Json {
        &self.json
    }

    /// The document as it is written.
    pub fn text(&self) -> &str {
        &self.document.json
    }
}
