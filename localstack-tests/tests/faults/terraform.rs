//! Terraform fails while a stack is applied.

use std::thread;

use localstack_tests::Failure;
use rustix::process::Signal;

use crate::{processes, slow};

#[test]
fn killed_with_the_lock_held() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let harness = slow::nowhere(folder.path());
    let deployed = thread::scope(|scope| {
        scope.spawn(|| {
            slow::wait(folder.path());
            processes::find(folder.path(), "terraform apply").signal(Signal::KILL);
        });
        harness.deploy(slow::stack(folder.path()))
    });
    let error = deployed.map(drop).unwrap_err().to_string();
    assert!(error.contains("terraform apply failed (somebody killed it"), "{error}");
    assert!(error.contains("the account is audited") && error.contains("log: "), "{error}");
    slow::assert_unlocked_with_logs(&slow::kept(folder.path()));
    let left = processes::of(folder.path());
    assert!(left.is_empty(), "{left:?}");
    Ok(())
}
