//! By what a test names the resources of a stack.

use crate::stack::Stack;

/// What is known of the addresses in a stack and its former versions, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    #[cfg(feature = "synth")]
    located: Vec<synth_core::Located>,
}

/// Something that stands for resources: a handle of synth, or an address as terraform writes it,
/// `aws_apprunner_service.api`.
pub trait Locate {
    /// The addresses, the main one first; none for a handle of another app.
    fn locate(&self, addresses: &Addresses) -> Vec<String>;
}

impl Locate for str {
    fn locate(&self, _: &Addresses) -> Vec<String> {
        vec![self.to_owned()]
    }
}

#[cfg(feature = "synth")]
impl<H: synth_core::Handle> Locate for H {
    fn locate(&self, addresses: &Addresses) -> Vec<String> {
        // A handle may be of the app that was deployed first, and still mean the same resource.
        let found = addresses.located.iter().map(|located| located.of(*self)).find(|found| !found.is_empty());
        found.unwrap_or_default().to_vec()
    }
}

impl Addresses {
    #[cfg(feature = "synth")]
    pub(super) fn learn(&mut self, stack: &Stack) {
        self.located.insert(0, stack.located.clone());
    }

    #[cfg(not(feature = "synth"))]
    pub(super) fn learn(&mut self, _: &Stack) {}
}

/// Whether an address, which may stand for all instances of a resource or all of a module, covers another one.
pub(super) fn covers(address: &str, other: &str) -> bool {
    other.strip_prefix(address).is_some_and(|rest| {
        rest.is_empty() || rest.starts_with('[') || (address.starts_with("module.") && rest.starts_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_covers_its_instances_and_a_module_what_is_in_it() {
        for (address, other, expected) in [
            ("aws_sqs_queue.jobs", "aws_sqs_queue.jobs", true),
            ("aws_sqs_queue.jobs", "aws_sqs_queue.jobs[0]", true),
            ("aws_sqs_queue.jobs", "aws_sqs_queue.jobs[\"a.b\"]", true),
            ("aws_sqs_queue.jobs", "aws_sqs_queue.jobs_dead", false),
            ("module.queue", "module.queue[1].aws_sqs_queue.jobs", true),
            ("module.queue", "module.queue.aws_sqs_queue.jobs", true),
            ("module.queue", "module.queues.aws_sqs_queue.jobs", false),
            ("aws_sqs_queue.jobs[0]", "aws_sqs_queue.jobs", false),
        ] {
            assert_eq!(covers(address, other), expected, "{address} {other}");
        }
    }
}
