//! The library and a plain model decide alike, on random policies and requests.

use std::cell::RefCell;

use policy::access::Answer;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::model::allows;
use crate::universe::{library_request, policies, policy, requests};

/// So many requests are asked about in every run of the tests; `just policy-agreement` asks about more.
const REQUESTS: u32 = 10_000;

#[test]
fn the_library_decides_as_the_model_does() {
    let requests_asked = std::env::var("POLICY_REQUESTS").map_or(REQUESTS, |text| text.parse().unwrap());
    // A policy is asked about so many requests.
    let each = 10;
    let mut runner = TestRunner::new(ProptestConfig::with_cases(requests_asked / each));
    let decided = RefCell::new([0_u32; 3]);
    let pairs = (policies(), prop::collection::vec(requests(), each as usize));
    let run = runner.run(&pairs, |(document, asked)| {
        let read = policy(&document);
        for request in asked {
            let found = read.allows(&library_request(&request));
            let (found, kind) = match found {
                Answer::No => (Some(false), 0),
                Answer::Yes => (Some(true), 1),
                Answer::Undecided(_) => (None, 2),
            };
            decided.borrow_mut()[kind] += 1;
            prop_assert_eq!(found, allows(&document, &request), "{:#?}", request);
        }
        Ok(())
    });
    run.unwrap();
    // A universe in which nearly everything is denied would prove little.
    let [_, yes, undecided] = decided.into_inner();
    assert!(
        yes > requests_asked / 20 && undecided > requests_asked / 1000,
        "{yes} allowed, {undecided} undecided"
    );
}
