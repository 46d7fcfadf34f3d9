//! Where the state is: the backend `s3`, and the states of other stacks (Terraform, "S3 backend": "S3 Bucket
//! Permissions", "S3 State Locking", "DynamoDB Table Permissions").

use super::need::{Need, Needs, Phase};
use crate::node::{Node, Value};
use crate::terraform::{Block, blocks_in};

use Phase::{Apply, Destroy, Plan};

/// Every phase reads the state and locks it.
const ALL: [Phase; 3] = [Plan, Apply, Destroy];

/// What the `terraform` block says of its backend.
pub(super) fn of_settings(block: &Block, needs: &mut Needs) {
    let backends = blocks_in(&block.body, "backend");
    for backend in backends.iter().flat_map(|backend| blocks_in(backend, "s3")) {
        let state = State::of(backend);
        let mut add = |phases: &[Phase], actions: &[&str], resource: &str| {
            for phase in phases {
                needs.extend(actions.iter().map(|action| need(*phase, action, resource, block)).collect());
            }
        };
        add(&ALL, &["s3:ListBucket"], &state.bucket);
        add(&ALL, &["s3:GetObject"], &state.object);
        add(&[Apply, Destroy], &["s3:PutObject"], &state.object);
        if is_true(backend, "use_lockfile") {
            let lock = format!("{}.tflock", state.object);
            add(&ALL, &["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], &lock);
        }
        if let Some(table) = text(backend, "dynamodb_table") {
            let actions =
                ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"];
            add(
                &ALL,
                &actions,
                &format!("arn:{}:dynamodb:{}:*:table/{table}", state.partition, state.region),
            );
        }
        if let Some(key) = text(backend, "kms_key_id") {
            let key = if key.starts_with("arn:") {
                key
            } else {
                format!("arn:{}:kms:*:*:key/{key}", state.partition)
            };
            add(&ALL, &["kms:Decrypt", "kms:GenerateDataKey"], &key);
        }
    }
    if !blocks_in(&block.body, "cloud").is_empty() {
        needs.notes.insert("the state is in HCP Terraform, which needs no permissions of AWS".to_owned());
    }
}

/// The state of another stack, which is read whenever anything is planned.
pub(super) fn of_remote_state(block: &Block, needs: &mut Needs) {
    match text(&block.body, "backend").as_deref() {
        Some("s3") => {
            for configuration in blocks_in(&block.body, "config") {
                let state = State::of(configuration);
                needs.add(need(Plan, "s3:ListBucket", &state.bucket, block));
                needs.add(need(Plan, "s3:GetObject", &state.object, block));
            }
        }
        Some(_) => needs.foreign(block),
        None => needs.unknown(block, "the backend of the other stack's state is known only later"),
    }
}

/// The ARNs of a state, with `*` for what is given elsewhere (`terraform init -backend-config`).
struct State {
    partition: &'static str,
    region: String,
    bucket: String,
    object: String,
}

impl State {
    fn of(configuration: &Node) -> State {
        let or_any = |argument: &str| text(configuration, argument).unwrap_or_else(|| "*".to_owned());
        let region = or_any("region");
        let partition = super::place::partition(&region);
        let bucket = format!("arn:{partition}:s3:::{}", or_any("bucket"));
        // A workspace's state has the workspace before its key; `default` has not.
        let object = format!("{bucket}/{}", or_any("key"));
        State { partition, region, bucket, object }
    }
}

fn need(phase: Phase, action: &str, resource: &str, block: &Block) -> Need {
    Need {
        phase,
        action: action.to_owned(),
        resources: [resource.to_owned()].into(),
        condition: None,
        block: block.address(),
    }
}

fn text(node: &Node, argument: &str) -> Option<String> {
    node.member(argument)?.value.literal().map(str::to_owned)
}

fn is_true(node: &Node, argument: &str) -> bool {
    node.member(argument).is_some_and(|member| matches!(member.value.value, Value::Bool(true)))
}
