//! Ways that change permissions themselves.

use super::Step::{Own, To};
use super::{Way, way};

pub(super) const WAYS: &[Way] = &[
    way(
        &[Own("iam:CreatePolicyVersion", "policy")],
        "rewrites a policy that it holds",
        "https://pathfinding.cloud/paths/iam-001",
    ),
    way(
        &[Own("iam:SetDefaultPolicyVersion", "policy")],
        "brings back an older, wider version of a policy that it holds",
        "https://pathfinding.cloud/paths/iam-002",
    ),
    way(
        &[To("iam:CreateAccessKey", "user")],
        "makes keys of other users",
        "https://pathfinding.cloud/paths/iam-004",
    ),
    way(
        &[To("iam:CreateLoginProfile", "user")],
        "gives other users a password that it knows",
        "https://pathfinding.cloud/paths/iam-005",
    ),
    way(
        &[To("iam:UpdateLoginProfile", "user")],
        "changes the passwords of other users",
        "https://pathfinding.cloud/paths/iam-006",
    ),
    way(
        &[Own("iam:AttachUserPolicy", "user")],
        "attaches any policy to a user",
        "https://pathfinding.cloud/paths/iam-007",
    ),
    way(
        &[Own("iam:AttachGroupPolicy", "group")],
        "attaches any policy to a group",
        "https://pathfinding.cloud/paths/iam-008",
    ),
    way(
        &[Own("iam:AttachRolePolicy", "role")],
        "attaches any policy to a role",
        "https://pathfinding.cloud/paths/iam-009",
    ),
    way(
        &[Own("iam:PutUserPolicy", "user")],
        "writes any policy into a user",
        "https://pathfinding.cloud/paths/iam-010",
    ),
    way(
        &[Own("iam:PutGroupPolicy", "group")],
        "writes any policy into a group",
        "https://pathfinding.cloud/paths/iam-011",
    ),
    way(
        &[Own("iam:PutRolePolicy", "role")],
        "writes any policy into a role",
        "https://pathfinding.cloud/paths/iam-012",
    ),
    way(&[To("iam:AddUserToGroup", "group")], "joins any group", "https://pathfinding.cloud/paths/iam-013"),
    way(
        &[To("iam:UpdateAssumeRolePolicy", "role")],
        "lets itself assume any role",
        "https://pathfinding.cloud/paths/iam-014",
    ),
    way(
        &[To("sts:AssumeRole", "role")],
        "assumes every role that trusts its account",
        "https://pathfinding.cloud/paths/sts-001",
    ),
];
