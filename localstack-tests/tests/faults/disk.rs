//! There is no room on the disk.

use std::process::Command;

use localstack_tests::{Failure, Stack};
use serde_json::json;

use crate::{processes, slow, victim};

/// Mounts a small file system at `$1`, of `$2` megabytes, and runs the rest.
const MOUNTED: &str = r#"mount -t tmpfs -o "size=$2m" tmpfs "$1" || exit 77
shift 2
exec "$@""#;

/// Runs the test `name` with its folder on a disk of `megabytes`; what it said.
///
/// A user namespace lets anybody mount, where the system has them.
fn on_a_disk_of(megabytes: u32, name: &str) -> Result<String, Failure> {
    let folder = tempfile::tempdir()?;
    let test = victim::command(name, folder.path());
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", MOUNTED, "mounted"]);
    command.arg(folder.path()).arg(megabytes.to_string()).arg(test.get_program()).args(test.get_args());
    command.envs(test.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let (output, said) = victim::spawn(command).end();
    assert_eq!(
        output.status.code(),
        Some(0),
        "if nothing could be mounted: this test needs user namespaces that may mount (Ubuntu: `sysctl -w \
         kernel.apparmor_restrict_unprivileged_userns=0`)\n{said}"
    );
    let left = processes::of(folder.path());
    assert!(left.is_empty(), "{left:?}");
    Ok(said)
}

#[test]
fn too_little_room_is_noticed_before_anything_is_made() -> Result<(), Failure> {
    if let Some(folder) = victim::folder() {
        let error = slow::nowhere(&folder).deploy(slow::quick(&folder)).map(drop).unwrap_err();
        println!("{error}");
        return Ok(());
    }
    let said = on_a_disk_of(8, "disk::too_little_room_is_noticed_before_anything_is_made")?;
    assert!(said.contains("and a deployment needs 32: make room"), "{said}");
    assert!(said.contains("SYNTH_WORK_DIR"), "{said}");
    Ok(())
}

#[test]
fn full_while_a_stack_is_applied() -> Result<(), Failure> {
    if let Some(folder) = victim::folder() {
        let fill = format!("cat /dev/zero >'{}' 2>/dev/null; true", folder.join("filler").display());
        // More than the state has room for by then.
        let large = "x".repeat(500_000);
        let document = json!({ "resource": { "terraform_data": {
            "filler": { "provisioner": { "local-exec": { "command": fill } } },
            "large": { "depends_on": ["terraform_data.filler"], "input": large }
        }}});
        let stack = Stack::document(document.to_string()).named("slow");
        println!("{}", slow::nowhere(&folder).deploy(stack).map(drop).unwrap_err());
        return Ok(());
    }
    let said = on_a_disk_of(40, "disk::full_while_a_stack_is_applied")?;
    assert!(said.contains("the disk is full: make room where"), "{said}");
    assert!(said.contains("no space left on device"), "{said}");
    Ok(())
}
