//! Questions about one policy that are questions about new access: does it allow more than a policy that
//! allows all but what is asked about?

use std::collections::BTreeSet;

use super::caller::Caller;
use super::difference::{Candidate, Comparison, NewAccess, new_access};
use super::glob::{Glob, action, shape};
use super::policy::{Policy, Selection, Statement};
use super::principal::Principals;
use super::request::Key;

/// What a stranger has for the condition keys by which resource policies keep strangers out: nothing that a
/// policy would name, nor an example (Amazon S3 user guide, "The meaning of \"public\"", lists the first of these keys; Amazon EFS
/// user guide, "Blocking public access", those of file systems; IAM user guide, "AWS global condition context keys").
const STRANGER: &[(&str, &str)] = &[
    ("aws:sourceaccount", "681392047715"),
    ("aws:sourcearn", "arn:aws:stranger:us-east-1:681392047715:stranger"),
    ("aws:sourceowner", "681392047715"),
    ("aws:sourcevpc", "vpc-0d7e93c15ab2f8046"),
    ("aws:sourcevpce", "vpce-0d7e93c15ab2f8046"),
    ("aws:sourceorgid", "o-t7w2kq94zx"),
    ("aws:sourceorgpaths", "o-t7w2kq94zx/r-x8k2/ou-x8k2-p4m7v9q1/"),
    ("aws:principalorgid", "o-t7w2kq94zx"),
    ("aws:principalorgpaths", "o-t7w2kq94zx/r-x8k2/ou-x8k2-p4m7v9q1/"),
    ("aws:vpceaccount", "681392047715"),
    ("aws:vpceorgid", "o-t7w2kq94zx"),
    ("elasticfilesystem:accesspointarn", "arn:aws:stranger:us-east-1:681392047715:stranger"),
    ("lambda:eventsourcetoken", "stranger"),
    ("s3:dataaccesspointaccount", "681392047715"),
    ("s3:dataaccesspointarn", "arn:aws:stranger:us-east-1:681392047715:stranger"),
    ("sns:endpoint", "stranger"),
];

/// What every stranger has, however it asks.
const ALWAYS: &[(&str, &str)] = &[
    ("aws:principalisawsservice", "false"),
    ("aws:resourceorgid", "o-m3v8jd51hn"),
    ("aws:userid", "AIDASTRANGER0000000000"),
    ("elasticfilesystem:accessedviamounttarget", "false"),
    ("kms:calleraccount", "681392047715"),
];

/// Where strangers are: in either half of the addresses of IPv4, and of IPv6; no examples are written with these.
const ADDRESSES: [&str; 3] = ["29.137.201.44", "157.83.201.44", "2a0e:97c0:5::44"];

/// Whether a policy allows one of the actions on one of the resources; which request, if it does.
#[must_use]
pub fn granted(policy: &Policy, actions: &[String], resources: &[String]) -> NewAccess {
    let all = |deny: bool| Statement {
        principals: Principals::Holder,
        action: if deny { selection(actions, action) } else { Selection::Everything },
        resource: if deny { selection(resources, shape) } else { Selection::Everything },
        conditions: Vec::new(),
        unread: Vec::new(),
    };
    let all_but_asked = Policy { allow: vec![all(false)], deny: vec![all(true)], unread: Vec::new() };
    new_access(&all_but_asked, policy)
}

fn selection(texts: &[String], glob: impl Fn(&str) -> Glob) -> Selection {
    if texts.is_empty() {
        return Selection::Everything;
    }
    Selection::Only(texts.iter().map(|text| glob(text)).collect())
}

/// Whether a resource policy allows something to those whom its account has nothing to do with: anyone without
/// credentials, or any user of any other account.
#[must_use]
pub fn public(policy: &Policy) -> NewAccess {
    let stranger = Caller::User {
        account: "681392047715".to_owned(),
        arn: "arn:aws:iam::681392047715:user/stranger".to_owned(),
    };
    let candidates: Vec<Candidate> = [Caller::Anonymous, stranger].into_iter().flat_map(strangers).collect();
    let nothing = Policy::default();
    let comparison = Comparison::new(&nothing, policy);
    // An identity policy gives strangers nothing.
    if policy.allow.iter().all(|statement| statement.principals == Principals::Holder) {
        return match policy.unread.clone() {
            unread if unread.is_empty() => NewAccess::None,
            unread => NewAccess::Undecided(BTreeSet::from_iter(unread)),
        };
    }
    comparison.answer(&candidates)
}

/// A stranger wherever it is; once with keys of its own, as through a service or from a network of its own, and once
/// without them.
fn strangers(caller: Caller) -> impl Iterator<Item = Candidate> {
    let keys = |through: bool| {
        STRANGER
            .iter()
            .map(move |(key, value)| ((*key).to_owned(), if through { Key::of(value) } else { Key::Absent }))
    };
    ADDRESSES.into_iter().flat_map(move |address| {
        let caller = caller.clone();
        [true, false].map(move |through| {
            let mut candidate = Candidate::named(caller.clone());
            let always = ALWAYS.iter().map(|(key, value)| ((*key).to_owned(), Key::of(value)));
            candidate.keys.extend(keys(through).chain(always));
            candidate.keys.insert("aws:sourceip".to_owned(), Key::of(address));
            candidate
        })
    })
}
