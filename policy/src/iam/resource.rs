//! What the ARNs in a policy may stand for.

use super::pattern::{PART, SEGMENT, overlap};
use crate::node::{Node, Value};
use crate::text::{HOLE, Text};

/// Everything that an entry of `Resource` may become, as a pattern: what is known only later may be anything, except that the
/// ARN of a bucket is one.
#[must_use]
pub fn shape(text: &Text) -> String {
    let mut shape = String::new();
    let mut rest = text.as_str();
    let mut at = 0_usize;
    while let Some(character) = rest.chars().next() {
        let mut taken = character.len_utf8();
        if rest.starts_with("${") {
            // A variable of policies; `${*}` is a star, but no wildcard.
            taken = rest.find('}').map_or(rest.len(), |end| end.saturating_add(1));
            shape.push('*');
        } else if character == HOLE && text.hole(at).is_some_and(is_bucket_arn) {
            shape.push_str(&format!("arn:{PART}:s3:::{SEGMENT}"));
        } else if character == HOLE {
            shape.push('*');
        } else {
            shape.push(character);
        }
        at = at.saturating_add(taken);
        rest = rest.get(taken..).unwrap_or_default();
    }
    shape
}

/// Whether what a resource may become is an ARN of a type's form, such as `arn:${Partition}:s3:::${BucketName}`.
#[must_use]
pub fn may_be(shape: &str, arn: &str) -> bool {
    overlap(&form(arn), shape)
}

/// The form of a type's ARN as a pattern. Names of buckets have no slash (S3 user guide, "Bucket naming rules"),
/// regions and accounts no colon; other names may be paths.
fn form(arn: &str) -> String {
    let mut form = String::new();
    let mut rest = arn;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        form.push_str(before);
        form.push(match name {
            "BucketName" => SEGMENT,
            "Partition" | "Region" | "Account" => PART,
            _ => '*',
        });
        rest = behind;
    }
    form.push_str(rest);
    form
}

fn is_bucket_arn(node: &Node) -> bool {
    match &node.value {
        Value::Reference(reference) => {
            let names = reference.names();
            names.first() == Some(&"aws_s3_bucket") && names.last() == Some(&"arn")
        }
        _ => false,
    }
}
