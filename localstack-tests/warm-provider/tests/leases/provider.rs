//! A provider of protocol 6 that answers with what it knows of itself.

use std::convert::Infallible;
use std::env;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderValue};
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rmpv::Value;
use tokio::net::UnixListener;

/// Whether a proxy has started this program.
pub(crate) fn is_wanted() -> bool {
    env::var_os("TF_PLUGIN_MAGIC_COOKIE").is_some()
}

/// Field 99, 1: of a protocol of tomorrow.
pub(crate) const UNHEARD_OF: &[u8] = &[0x98, 0x06, 0x01];

/// Field 2, a diagnostic whose severity, field 1, is an error.
pub(crate) const COMPLAINT: &str = "\u{12}\u{2}\u{8}\u{1}";

/// An entry of `resource_schemas`, field 2, without a schema.
pub(crate) fn entry(name: &str) -> Vec<u8> {
    [&[0x12, name.len() as u8 + 2, 0x0a, name.len() as u8], name.as_bytes()].concat()
}

/// A request with a configuration: field 1, in whose field 1 are its bytes.
pub(crate) fn validation(config: &str) -> Vec<u8> {
    [&[0x0a, config.len() as u8 + 2, 0x0a, config.len() as u8], config.as_bytes()].concat()
}

/// A request to be configured for `region`, with another argument: field 2, in whose field 1 is MessagePack.
pub(crate) fn configuration(region: &str, name: &str, value: impl Into<Value>) -> Vec<u8> {
    let mut config = Vec::new();
    let arguments = vec![("region".into(), region.into()), (name.into(), value.into())];
    rmpv::encode::write_value(&mut config, &Value::Map(arguments)).unwrap();
    [&[0x12, config.len() as u8 + 2, 0x0a, config.len() as u8][..], &config].concat()
}

/// The region in such a request.
fn region(request: &[u8]) -> String {
    let config = rmpv::decode::read_value(&mut request.get(4..).unwrap_or_default()).unwrap();
    config["region"].as_str().unwrap().to_owned()
}

#[derive(Default)]
struct Memory {
    configurations: Mutex<Vec<String>>,
    validations: AtomicUsize,
    stops: AtomicUsize,
}

/// Serves until it is killed.
pub(crate) fn serve() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = PathBuf::from(env::var_os("PLUGIN_UNIX_SOCKET_DIR").unwrap());
        let socket = folder.join(format!("provider-{}", std::process::id()));
        let listener = UnixListener::bind(&socket).unwrap();
        println!("1|6|unix|{}|grpc|", socket.display());
        let memory = Arc::new(Memory::default());
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let memory = Arc::clone(&memory);
            let answer = service_fn(move |request| answer(request, Arc::clone(&memory)));
            let served =
                http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), answer);
            tokio::spawn(async move { drop(served.await) });
        }
    });
}

async fn answer(
    request: Request<Incoming>,
    memory: Arc<Memory>,
) -> Result<Response<http_body_util::combinators::BoxBody<Bytes, Infallible>>, Infallible> {
    let call = request.uri().path().rsplit('/').next().unwrap().to_owned();
    if call == "Hang" {
        std::future::pending::<()>().await;
    }
    let body = request.into_body().collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let message = body.get(5..).unwrap_or_default();
    let answer: Vec<u8> = match call.as_str() {
        "GetProviderSchema" => [entry("aws_used"), entry("aws_unused"), UNHEARD_OF.to_vec()].concat(),
        "ValidateProviderConfig" => {
            memory.validations.fetch_add(1, Ordering::Relaxed);
            if String::from_utf8_lossy(message).contains("wrong") { COMPLAINT.into() } else { Vec::new() }
        }
        "ConfigureProvider" => {
            let region = region(message);
            memory.configurations.lock().unwrap().push(region.clone());
            // Field 1, a diagnostic with the severity of an error.
            if region == "refused" { vec![0x0a, 0x02, 0x08, 0x01] } else { Vec::new() }
        }
        "StopProvider" => {
            memory.stops.fetch_add(1, Ordering::Relaxed);
            Vec::new()
        }
        "Crash" => {
            eprintln!("hunter2 in the log\npanic: oh no\ngoroutine 1");
            std::process::exit(2);
        }
        _ => [
            std::process::id().to_string(),
            memory.configurations.lock().unwrap().join(","),
            memory.validations.load(Ordering::Relaxed).to_string(),
            memory.stops.load(Ordering::Relaxed).to_string(),
            env::current_dir().unwrap().display().to_string(),
        ]
        .join("|")
        .into(),
    };
    let framed = [&[0][..], &(answer.len() as u32).to_be_bytes(), &answer].concat();
    let mut trailers = HeaderMap::new();
    trailers.insert("grpc-status", HeaderValue::from_static("0"));
    let body = Full::new(Bytes::from(framed)).with_trailers(async move { Some(Ok(trailers)) });
    Ok(Response::new(body.boxed()))
}
