//! The provider's schema, from which each terraform gets the part that it can use.
//!
//! hashicorp/aws 5.100.0 has 4.9 MB of it, which terraform decodes again and again: 1.3 s a command.

use std::collections::BTreeSet;
use std::ops::Range;

use bytes::{BufMut, Bytes, BytesMut};
use prost::{DecodeError, Message};

use crate::usage::Usage;
use crate::wire::{self, Entry};

/// The maps of `GetProviderSchema.Response` that are keyed by type, alike in tfplugin5.proto and tfplugin6.proto:
/// `resource_schemas`, `data_source_schemas`, `ephemeral_resource_schemas`. Every other field is always served.
const BY_TYPE: [u32; 3] = [2, 3, 8];

/// A `GetProviderSchema.Response`, its entries told apart.
pub(crate) struct Schema {
    whole: Bytes,
    parts: Vec<Part>,
    types: BTreeSet<String>,
}

/// A field of the response.
struct Part {
    bytes: Range<usize>,
    /// The type that it describes, if it is about one.
    describes: Option<String>,
}

impl Schema {
    /// Takes a provider's answer apart.
    pub(crate) fn read(whole: Bytes) -> Result<Schema, DecodeError> {
        let (mut parts, mut types, mut begin) = (Vec::new(), BTreeSet::new(), 0);
        for field in wire::fields(&whole)? {
            let describes = match field.payload {
                Some(entry) if BY_TYPE.contains(&field.number) => Some(Entry::decode(entry)?.key),
                _ => None,
            };
            types.extend(describes.clone());
            let end = begin + field.whole.len();
            parts.push(Part { bytes: begin..end, describes });
            begin = end;
        }
        Ok(Schema { whole, parts, types })
    }

    /// The names of all resource types and data sources.
    pub(crate) fn types(&self) -> &BTreeSet<String> {
        &self.types
    }

    /// The part that `usage` needs.
    pub(crate) fn for_usage(&self, usage: &Usage) -> Bytes {
        let used = match usage {
            Usage::Types(used) => used,
            Usage::Unknown(_) => return self.whole.clone(),
        };
        let mut served = BytesMut::new();
        for part in &self.parts {
            if part.describes.as_ref().is_none_or(|name| used.contains(name)) {
                served.put_slice(self.whole.get(part.bytes.clone()).unwrap_or_default());
            }
        }
        served.freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A response as a provider of tomorrow may send it.
    #[derive(Clone, PartialEq, Message)]
    struct Response {
        #[prost(string, tag = "1")]
        provider: String,
        #[prost(btree_map = "string, string", tag = "2")]
        resources: std::collections::BTreeMap<String, String>,
        #[prost(btree_map = "string, string", tag = "3")]
        data: std::collections::BTreeMap<String, String>,
        #[prost(btree_map = "string, string", tag = "7")]
        functions: std::collections::BTreeMap<String, String>,
        #[prost(btree_map = "string, string", tag = "8")]
        ephemeral: std::collections::BTreeMap<String, String>,
        #[prost(string, tag = "99")]
        unheard_of: String,
    }

    prop_compose! {
        fn response()(
            names in prop::collection::vec(prop::collection::btree_map("[a-c]", "[a-z]{0,4}", 0..4), 4),
            unheard_of: String,
        ) -> Response {
            let mut names = names.into_iter();
            let mut next = || names.next().unwrap();
            Response {
                provider: "p".into(), resources: next(), data: next(), functions: next(), ephemeral: next(), unheard_of,
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_used_is_served_and_nothing_else_is_touched(response in response(), used in prop::collection::btree_set("[a-d]", 0..3)) {
            let schema = Schema::read(response.encode_to_vec().into()).unwrap();
            let served = Response::decode(schema.for_usage(&Usage::Types(used.clone()))).unwrap();
            let mut expected = response;
            for map in [&mut expected.resources, &mut expected.data, &mut expected.ephemeral] {
                map.retain(|name, _| used.contains(name));
            }
            prop_assert_eq!(served, expected);
        }

        #[test]
        fn an_unknown_usage_gets_everything(response in response()) {
            let whole = Bytes::from(response.encode_to_vec());
            let schema = Schema::read(whole.clone()).unwrap();
            prop_assert_eq!(schema.for_usage(&Usage::Unknown("why".into())), whole);
        }
    }
}
