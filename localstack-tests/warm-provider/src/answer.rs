//! Answers to terraform's calls.

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::Response;
use hyper::body::{Body as _, Frame, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use crate::wire;

/// The body of a call or its answer.
pub(crate) type Body = BoxBody<Bytes, hyper::Error>;

const STATUS: HeaderName = HeaderName::from_static("grpc-status");
const MESSAGE: HeaderName = HeaderName::from_static("grpc-message");
const GRPC: HeaderValue = HeaderValue::from_static("application/grpc");

/// gRPC's status codes (`doc/statuscodes.md`).
const UNIMPLEMENTED: u16 = 12;
const INTERNAL: u16 = 13;

/// Any body.
pub(crate) fn boxed(body: Incoming) -> Body {
    BodyExt::boxed(body)
}

/// A body of bytes that are there.
pub(crate) fn whole(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never: Infallible| match never {}).boxed()
}

/// An answer that was read to its end.
#[derive(Clone)]
pub(crate) struct Answer {
    head: HeaderMap,
    body: Bytes,
    trailers: Option<HeaderMap>,
}

impl Answer {
    pub(crate) async fn read(response: Response<Body>) -> Result<Answer, hyper::Error> {
        let (head, body) = response.into_parts();
        let collected = body.collect().await?;
        let trailers = collected.trailers().cloned();
        Ok(Answer { head: head.headers, body: collected.to_bytes(), trailers })
    }

    /// The message in it; none if the call failed.
    pub(crate) fn message(&self) -> Option<Bytes> {
        wire::message(self.body.clone()).ok()
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let Answer { head, body, trailers } = self;
        let body = Full::new(body).with_trailers(async move { trailers.map(Ok) });
        let mut response = Response::new(body.map_err(|never: Infallible| match never {}).boxed());
        *response.headers_mut() = head;
        response
    }
}

/// A message, and that all went well.
pub(crate) fn message(message: &[u8]) -> Response<Body> {
    let trailers = HeaderMap::from_iter([(STATUS, HeaderValue::from_static("0"))]);
    let body = Full::new(wire::framed(message)).with_trailers(async move { Some(Ok(trailers)) });
    respond(body.map_err(|never: Infallible| match never {}).boxed())
}

/// A call that is not for us to answer, and need not be.
pub(crate) fn unimplemented() -> Response<Body> {
    let mut response = respond(whole(Bytes::new()));
    response.headers_mut().insert(STATUS, UNIMPLEMENTED.into());
    response
}

/// A call that failed; terraform shows the words.
pub(crate) fn failed(why: &dyn std::fmt::Display) -> Response<Body> {
    let mut response = respond(whole(Bytes::new()));
    response.headers_mut().insert(STATUS, INTERNAL.into());
    if let Ok(text) = HeaderValue::from_str(&percent_encoded(&why.to_string())) {
        response.headers_mut().insert(MESSAGE, text);
    }
    response
}

fn respond(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, GRPC);
    response
}

/// As gRPC wants a status message (gRPC over HTTP/2, "Percent-Encoded").
fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b' '..=b'~' if byte != b'%' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// Passes `response` on and calls `over` once it has been read to its end.
pub(crate) fn watched(
    response: Response<Body>,
    mut over: impl FnMut() + Send + Sync + 'static,
) -> Response<Body> {
    response.map(|body| {
        if body.is_end_stream() {
            over();
            return body;
        }
        let passed = body.map_frame(move |frame: Frame<Bytes>| {
            // Every answer of a gRPC server ends with trailers, or is nothing but headers.
            if frame.is_trailers() {
                over();
            }
            frame
        });
        passed.boxed()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_keeps_to_what_a_header_may_hold() {
        let response = failed(&"100 %\nünknown");
        assert_eq!(response.headers()[MESSAGE], "100 %25%0A%C3%BCnknown");
        assert_eq!(response.headers()[STATUS], "13");
    }
}
