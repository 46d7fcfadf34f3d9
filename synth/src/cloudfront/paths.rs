//! Which requests a distribution answers how.

use synth_core::{Problem, Scope};

use super::behavior::Behavior;
use super::pattern;
use crate::s3::BucketHandle;

/// A behavior for each pattern, in the order in which CloudFront asks them, and one for all the rest.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    pub(super) rest: Behavior,
    pub(super) ordered: Vec<(String, Behavior)>,
}

impl Paths {
    fn behaviors(&self) -> impl Iterator<Item = &Behavior> {
        std::iter::once(&self.rest).chain(self.ordered.iter().map(|(_, behavior)| behavior))
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        self.behaviors().for_each(|behavior| behavior.check(scope));
        for (at, (path, _)) in self.ordered.iter().enumerate() {
            if let Some(fault) = pattern::fault(path) {
                scope.refuse(
                    Problem::new(format!("`{}` cannot be a path pattern", path.escape_debug()))
                        .at("/path")
                        .help(fault)
                        .source(
                            "Amazon CloudFront Developer Guide, \"Cache behavior settings\": Path pattern",
                        ),
                );
            } else if let Some((first, _)) =
                self.ordered.iter().take(at).find(|(first, _)| pattern::covers(first, path))
            {
                scope.refuse(
                    Problem::new(format!("nothing is left for `{path}`: `{first}` comes before it"))
                        .at("/path")
                        .help(format!("give `{path}` before `{first}`, or take it out"))
                        .source("Amazon CloudFront API Reference, \"CacheBehavior\": PathPattern"),
                );
            }
        }
    }

    /// Warns of services whose errors an error page would hide.
    pub(super) fn warn_of_error_pages(&self, scope: &mut Scope<'_>) {
        for (path, _) in self.ordered.iter().filter(|(_, behavior)| matches!(behavior, Behavior::Service(_)))
        {
            scope.warn(
                Problem::new(format!("where `{path}` answers 403 or 404, `index.html` is what is seen"))
                    .help("error pages are for a whole distribution: let the service answer at a name of its own")
                    .source("Amazon CloudFront Developer Guide, \"Generate custom error responses\""),
            );
        }
    }

    /// Each origin once.
    pub(super) fn origins(&self) -> Vec<&Behavior> {
        let mut origins: Vec<&Behavior> = Vec::new();
        for behavior in self.behaviors() {
            if !origins.contains(&behavior) {
                origins.push(behavior);
            }
        }
        origins
    }

    /// Each bucket once, with the beginnings of the keys that it is asked for.
    pub(super) fn buckets(&self) -> Vec<(BucketHandle, Vec<&str>)> {
        let mut buckets: Vec<(BucketHandle, Vec<&str>)> = Vec::new();
        let ordered = self.ordered.iter().map(|(path, behavior)| (pattern::prefix(path), behavior));
        for (prefix, behavior) in std::iter::once(("", &self.rest)).chain(ordered) {
            let Behavior::Files(bucket) = behavior else { continue };
            match buckets.iter_mut().find(|(known, _)| known == bucket) {
                Some((_, prefixes)) => prefixes.push(prefix),
                None => buckets.push((*bucket, vec![prefix])),
            }
        }
        buckets
    }
}
