//! Which images a repository forgets by itself.

use synth_core::{Term, Value, functions};

/// Rules by which images expire (Amazon ECR User Guide, "Lifecycle policy properties in Amazon ECR").
#[derive(Clone, Copy, Debug)]
pub(super) struct Expiry {
    /// Days after which images that no tag names any more expire.
    pub(super) untagged_days: u32,
    /// Images that are kept; older ones expire.
    pub(super) keep_images: Option<u32>,
}

impl Expiry {
    pub(super) fn document(self) -> Value<String> {
        let untagged = [
            ("tagStatus".into(), Term::text("untagged")),
            ("countType".into(), Term::text("sinceImagePushed")),
            ("countUnit".into(), Term::text("days")),
            ("countNumber".into(), Term::Integer(self.untagged_days.into())),
        ];
        let mut rules = vec![rule(1, "images without a tag", untagged.to_vec())];
        if let Some(kept) = self.keep_images {
            let oldest = [
                ("tagStatus".into(), Term::text("any")),
                ("countType".into(), Term::text("imageCountMoreThan")),
                ("countNumber".into(), Term::Integer(kept.into())),
            ];
            // A rule for any image must come last.
            rules.push(rule(2, "the oldest images", oldest.to_vec()));
        }
        functions::jsonencode(Term::Object(vec![("rules".into(), Term::List(rules))]))
    }
}

fn rule(priority: i64, description: &'static str, selection: Vec<(synth_core::Text, Term)>) -> Term {
    let expire = Term::Object(vec![("type".into(), Term::text("expire"))]);
    Term::Object(vec![
        ("rulePriority".into(), Term::Integer(priority)),
        ("description".into(), Term::text(description)),
        ("selection".into(), Term::Object(selection)),
        ("action".into(), expire),
    ])
}
