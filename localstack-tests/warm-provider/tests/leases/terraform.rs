//! A terraform, as far as a provider sees it.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http2::{self, SendRequest};
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::Value;
use tokio::net::UnixStream;
use tokio::runtime::Runtime;

/// A connection; dropping it is what the end of a terraform looks like.
pub(crate) struct Terraform {
    client: SendRequest<Full<Bytes>>,
    runtime: Runtime,
}

/// What the provider says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) process: String,
    pub(crate) configurations: String,
    pub(crate) validations: String,
    pub(crate) stops: String,
    pub(crate) folder: String,
}

impl Terraform {
    /// Connects as `TF_REATTACH_PROVIDERS` says.
    pub(crate) fn connect(reattach: &str) -> Terraform {
        let reattach: Value = serde_json::from_str(reattach).unwrap();
        let provider = &reattach["registry.terraform.io/hashicorp/aws"];
        assert_eq!((&provider["ProtocolVersion"], &provider["Test"]), (&6.into(), &true.into()));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(async {
            let stream = UnixStream::connect(provider["Addr"]["String"].as_str().unwrap()).await.unwrap();
            let (client, connection) =
                http2::Builder::new(TokioExecutor::new()).handshake(TokioIo::new(stream)).await.unwrap();
            tokio::spawn(connection);
            client
        });
        Terraform { client, runtime }
    }

    fn request(call: &str, message: &[u8]) -> Request<Full<Bytes>> {
        let framed = [&[0][..], &(message.len() as u32).to_be_bytes(), message].concat();
        let call = Request::post(format!("http://localhost/tfplugin6.Provider/{call}"));
        call.body(Full::new(framed.into())).unwrap()
    }

    /// The message of the answer, or the words of the failure.
    pub(crate) fn ask(&mut self, call: &str, message: &[u8]) -> Result<Bytes, String> {
        let request = Terraform::request(call, message);
        self.runtime.block_on(async {
            let response: Response<_> = self.client.send_request(request).await.unwrap();
            if let Some(words) = response.headers().get("grpc-message") {
                let words = words.to_str().unwrap().replace("%0A", "\n");
                return Err(words);
            }
            Ok(response.into_body().collect().await.unwrap().to_bytes().slice(5..))
        })
    }

    /// Sends a call and does not wait for its answer.
    pub(crate) fn begin(&mut self, call: &str) {
        let sent = self.client.send_request(Terraform::request(call, b""));
        // Another call behind it has an answer: then the first one has arrived, too.
        self.runtime.spawn(sent);
        self.who();
    }

    pub(crate) fn who(&mut self) -> Who {
        self.who_about("")
    }

    /// As [`Terraform::who`], in a call about something.
    pub(crate) fn who_about(&mut self, something: &str) -> Who {
        let said = String::from_utf8(self.ask("Who", something.as_bytes()).unwrap().to_vec()).unwrap();
        let mut parts = said.split('|').map(str::to_owned);
        let mut next = || parts.next().unwrap();
        Who { process: next(), configurations: next(), validations: next(), stops: next(), folder: next() }
    }

    /// Waits until something holds; calls go on meanwhile.
    pub(crate) fn settle(&mut self, mut holds: impl FnMut() -> bool) {
        let began = Instant::now();
        while !holds() {
            assert!(began.elapsed() < Duration::from_secs(30), "it never came about");
            self.who();
        }
    }
}
