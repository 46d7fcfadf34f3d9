//! Protocol Buffers and gRPC as far as the proxy reads them: fields are told apart, never rebuilt, so that what this
//! program does not know passes through unchanged.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field};
use prost::{DecodeError, Message};
use thiserror::Error;

/// One field of a message.
pub(crate) struct Field {
    /// Its number.
    pub(crate) number: u32,
    /// Key and value, as they came.
    pub(crate) whole: Bytes,
    /// The value, where it has a length of its own.
    pub(crate) payload: Option<Bytes>,
}

/// Splits a message into its fields.
pub(crate) fn fields(message: &Bytes) -> Result<Vec<Field>, DecodeError> {
    let mut found = Vec::new();
    let mut rest = message.clone();
    while rest.has_remaining() {
        let begin = message.len() - rest.len();
        let (number, kind) = decode_key(&mut rest)?;
        let payload = if kind == WireType::LengthDelimited {
            // A length beyond the end is noticed by `skip_field`, which reads the same bytes.
            let mut ahead = rest.clone();
            skip_field(kind, number, &mut rest, DecodeContext::default())?;
            decode_varint(&mut ahead)?;
            Some(ahead.slice(..ahead.len() - rest.len()))
        } else {
            skip_field(kind, number, &mut rest, DecodeContext::default())?;
            None
        };
        let whole = message.slice(begin..message.len() - rest.len());
        found.push(Field { number, whole, payload });
    }
    Ok(found)
}

/// The key of an entry of a map (Protocol Buffers encoding, "Maps": field 1).
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Entry {
    #[prost(string, tag = "1")]
    pub(crate) key: String,
}

/// `PrepareProviderConfig` and `ValidateProviderConfig` requests.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ValidateRequest {
    /// A `DynamicValue`.
    #[prost(bytes = "bytes", tag = "1")]
    pub(crate) config: Bytes,
}

/// `Configure` and `ConfigureProvider` requests.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ConfigureRequest {
    /// A `DynamicValue`.
    #[prost(bytes = "bytes", tag = "2")]
    pub(crate) config: Bytes,
}

/// `PrepareProviderConfig.Response` (tfplugin5): what terraform core is to take for the configuration.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct PrepareResponse {
    /// A `DynamicValue`.
    #[prost(bytes = "bytes", tag = "1")]
    pub(crate) prepared_config: Bytes,
}

/// The value of a configuration.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct DynamicValue {
    #[prost(bytes = "bytes", tag = "1")]
    pub(crate) msgpack: Bytes,
}

/// The diagnostics of `Configure.Response` (tag 1).
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ConfigureResponse {
    #[prost(message, repeated, tag = "1")]
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The diagnostics of the answers to a validation (tag 2).
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ValidateResponse {
    #[prost(message, repeated, tag = "2")]
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What a provider complains about.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Diagnostic {
    /// 1 is an error, 2 a warning.
    #[prost(int32, tag = "1")]
    pub(crate) severity: i32,
}

/// The five bytes before a message: a flag for compression and the length (gRPC over HTTP/2, "Length-Prefixed-Message").
const PREFIX: usize = 5;

/// Why the body of a call is not what it should be.
#[derive(Debug, Error)]
pub(crate) enum FrameError {
    /// Not one whole message.
    #[error("a gRPC body of {bytes} bytes is not one message")]
    NotOneMessage {
        /// The body's length.
        bytes: usize,
    },
    /// Nobody here agreed on a compression.
    #[error("a gRPC message is compressed, which was not agreed on")]
    Compressed,
}

/// The message in the body of a call that takes or gives one.
pub(crate) fn message(mut body: Bytes) -> Result<Bytes, FrameError> {
    let bytes = body.len();
    let wrong = FrameError::NotOneMessage { bytes };
    if bytes < PREFIX {
        return Err(wrong);
    }
    let compressed = body.get_u8() != 0;
    let length = body.get_u32();
    match usize::try_from(length) {
        Ok(length) if length == body.len() && !compressed => Ok(body),
        Ok(length) if length == body.len() => Err(FrameError::Compressed),
        _ => Err(wrong),
    }
}

/// The body of a call that carries `message`.
pub(crate) fn framed(message: &[u8]) -> Bytes {
    let mut body = BytesMut::with_capacity(PREFIX + message.len());
    body.put_u8(0);
    // gRPC's own limit, and terraform's (256 MiB), lie below.
    body.put_u32(u32::try_from(message.len()).unwrap_or(u32::MAX));
    body.put_slice(message);
    body.freeze()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_fields_of_an_empty_message_are_none() {
        assert!(fields(&Bytes::new()).unwrap().is_empty());
    }

    #[test]
    fn a_length_beyond_the_end_is_refused() {
        // Field 1, 100 bytes long, of which one is there.
        assert!(fields(&Bytes::from_static(&[0x0a, 100, 1])).is_err());
        assert!(fields(&Bytes::from_static(&[0x0a])).is_err());
    }

    #[test]
    fn bodies_that_are_not_one_message_are_refused() {
        for (body, why) in [
            (&[][..], "a gRPC body of 0 bytes is not one message"),
            (&[0, 0, 0, 0, 2, 1], "a gRPC body of 6 bytes is not one message"),
            (&[0, 0, 0, 0, 0, 0], "a gRPC body of 6 bytes is not one message"),
            (&[1, 0, 0, 0, 1, 1], "a gRPC message is compressed, which was not agreed on"),
        ] {
            assert_eq!(message(Bytes::copy_from_slice(body)).unwrap_err().to_string(), why);
        }
    }

    /// A message with fields of every kind.
    #[derive(Clone, PartialEq, Message)]
    struct Every {
        #[prost(uint64, tag = "1")]
        varint: u64,
        #[prost(fixed32, tag = "2")]
        four: u32,
        #[prost(fixed64, tag = "3")]
        eight: u64,
        #[prost(bytes = "vec", tag = "4")]
        bytes: Vec<u8>,
        #[prost(string, repeated, tag = "2000")]
        names: Vec<String>,
    }

    proptest! {
        #[test]
        fn fields_together_are_the_message(
            varint: u64, four: u32, eight: u64, bytes: Vec<u8>, names: Vec<String>,
        ) {
            let every = Every { varint, four, eight, bytes, names };
            let message = Bytes::from(every.encode_to_vec());
            let fields = fields(&message).unwrap();
            let joined: Vec<u8> = fields.iter().flat_map(|field| field.whole.to_vec()).collect();
            prop_assert_eq!(&joined, &message);
            let strings: Vec<Vec<u8>> = fields
                .iter()
                .filter(|field| field.number == 2000)
                .map(|field| field.payload.clone().unwrap().to_vec())
                .collect();
            prop_assert_eq!(strings, every.names.iter().map(|name| name.clone().into_bytes()).collect::<Vec<_>>());
        }

        #[test]
        fn whatever_comes_is_split_or_refused(bytes: Vec<u8>) {
            let message = Bytes::from(bytes);
            if let Ok(fields) = fields(&message) {
                prop_assert_eq!(fields.iter().map(|field| field.whole.len()).sum::<usize>(), message.len());
            }
        }

        #[test]
        fn a_framed_message_comes_back(bytes: Vec<u8>) {
            prop_assert_eq!(message(framed(&bytes)).unwrap(), bytes);
        }
    }
}
