//! Signs a call, sends it, reads the answer.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use serde_json::Value;
use thiserror::Error;

use super::protocol::{self, Protocol};
use super::xml;
use crate::account::Account;

/// Why a call has no answer.
#[derive(Debug, Error)]
pub enum AwsError {
    /// This client does not know the service.
    #[error("no protocol is known for the service `{0}`: add it to `SERVICES`")]
    UnknownService(String),
    /// The service said no.
    #[error("{service} {operation}: {code} (HTTP {status})")]
    Refused {
        /// The service.
        service: String,
        /// The operation.
        operation: String,
        /// The service's error code.
        code: String,
        /// The HTTP status.
        status: u16,
    },
    /// No answer, or none that can be read.
    #[error("{service} {operation}: {why}")]
    Broken {
        /// The service.
        service: String,
        /// The operation.
        operation: String,
        /// What went wrong.
        why: String,
    },
}

impl AwsError {
    /// Whether the service refused with this error code.
    pub fn is(&self, expected: &str) -> bool {
        matches!(self, AwsError::Refused { code, .. } if code == expected)
    }
}

/// Calls in the name of one account, in one region.
#[derive(Clone, Debug)]
pub struct Client {
    endpoint: String,
    account: Account,
    region: String,
    agent: ureq::Agent,
}

/// One call, taken apart for the error messages.
struct Call<'a> {
    service: &'a str,
    operation: &'a str,
}

impl Client {
    /// A client of the emulator at `endpoint`.
    pub fn new(endpoint: &str, account: Account, region: &str) -> Client {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(30)))
            .http_status_as_error(false)
            // The emulator is on the loopback interface, whatever the user's proxy is.
            .proxy(None)
            .build();
        Client {
            endpoint: endpoint.to_owned(),
            account,
            region: region.to_owned(),
            agent: ureq::Agent::new_with_config(agent),
        }
    }

    /// The region that is called.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Calls `operation` with the members of `input`; XML answers become objects of texts and arrays.
    pub fn call(&self, service: &str, operation: &str, input: Value) -> Result<Value, AwsError> {
        let call = Call { service, operation };
        let (signing_name, protocol) = Client::protocol(service)?;
        let (headers, body) = protocol.encode(operation, &input);
        let url = format!("{}/", self.endpoint);
        let signed = self.signature(signing_name, "POST", &url, &headers, &body);
        let mut request = self.agent.post(&url);
        for (name, value) in headers.iter().chain(&signed.map_err(|why| call.broken(why))?) {
            request = request.header(name, value);
        }
        let response = request.send(body).map_err(|error| call.broken(error.to_string()))?;
        call.answered(protocol, response)
    }

    /// Reads what is at `path` of a service whose operations are paths (CloudFront, EFS, Route 53, S3).
    pub fn get(&self, service: &str, path: &str) -> Result<Value, AwsError> {
        let call = Call { service, operation: path };
        let (signing_name, protocol) = Client::protocol(service)?;
        let url = format!("{}{path}", self.endpoint);
        let signed = self.signature(signing_name, "GET", &url, &[], "");
        let mut request = self.agent.get(&url);
        for (name, value) in &signed.map_err(|why| call.broken(why))? {
            request = request.header(name, value);
        }
        let response = request.call().map_err(|error| call.broken(error.to_string()))?;
        call.answered(protocol, response)
    }

    /// The items of `list` in what is at `path`.
    pub fn items(&self, service: &str, path: &str, list: &str) -> Result<Vec<Value>, AwsError> {
        let items = self.get(service, path)?.get_mut(list).map(Value::take).unwrap_or_default();
        let call = Call { service, operation: path };
        xml::items(items).ok_or_else(|| call.broken(format!("`{list}` is no list")))
    }

    fn protocol(service: &str) -> Result<(&'static str, Protocol), AwsError> {
        protocol::of(service).ok_or_else(|| AwsError::UnknownService(service.to_owned()))
    }

    /// Calls a listing operation until its last page, and collects `list` of every page. `token` is the name of the
    /// member that leads on: the same in the request and in the answer.
    pub fn list(
        &self,
        service: &str,
        operation: &str,
        input: Value,
        list: &str,
        token: &str,
    ) -> Result<Vec<Value>, AwsError> {
        let call = Call { service, operation };
        let mut input = input;
        let mut found = Vec::new();
        loop {
            let mut page = self.call(service, operation, input.clone())?;
            let items = xml::items(page.get_mut(list).map(Value::take).unwrap_or_default());
            found.extend(items.ok_or_else(|| call.broken(format!("`{list}` is no list")))?);
            let next =
                page.get(token).or_else(|| page.get("Marker")).and_then(Value::as_str).unwrap_or_default();
            match input.as_object_mut() {
                Some(input) if !next.is_empty() => {
                    if input.insert(token.to_owned(), next.into()) == Some(next.into()) {
                        return Err(call.broken(format!("`{token}` leads to the same page again")));
                    }
                }
                _ => return Ok(found),
            }
        }
    }

    fn signature(
        &self,
        name: &str,
        method: &str,
        url: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> Result<Vec<(String, String)>, String> {
        let identity = Credentials::new(self.account.as_str(), "test", None, None, "localstack-tests").into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(name)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| error.to_string())?
            .into();
        let pairs = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let request = SignableRequest::new(method, url, pairs, SignableBody::Bytes(body.as_bytes()))
            .map_err(|error| error.to_string())?;
        let (instructions, _) = sign(request, &parameters).map_err(|error| error.to_string())?.into_parts();
        Ok(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

impl Call<'_> {
    fn answered(
        &self,
        protocol: Protocol,
        mut response: ureq::http::Response<ureq::Body>,
    ) -> Result<Value, AwsError> {
        let status = response.status().as_u16();
        let text = response.body_mut().read_to_string().map_err(|error| self.broken(error.to_string()))?;
        let answer = protocol.decode(&text).map_err(|why| self.broken(why))?;
        if status == 200 { Ok(answer) } else { Err(self.refused(status, &answer)) }
    }

    fn broken(&self, why: String) -> AwsError {
        AwsError::Broken { service: self.service.to_owned(), operation: self.operation.to_owned(), why }
    }

    /// The error code: `__type` in JSON (after a `#`), `Error/Code` in XML.
    fn refused(&self, status: u16, answer: &Value) -> AwsError {
        let code = answer.get("__type").or_else(|| answer.pointer("/Error/Code"));
        // S3 alone has no envelope around its error.
        let code = code.or_else(|| answer.get("Code")).and_then(Value::as_str);
        let code = code.unwrap_or("an error without a code");
        AwsError::Refused {
            service: self.service.to_owned(),
            operation: self.operation.to_owned(),
            code: code.rsplit('#').next().unwrap_or(code).to_owned(),
            status,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_refusal_carries_the_code_of_either_protocol() {
        let call = Call { service: "iam", operation: "GetRole" };
        for answer in [
            json!({ "__type": "com.amazonaws#NoSuchEntity" }),
            json!({ "Error": { "Code": "NoSuchEntity" } }),
        ] {
            assert!(call.refused(404, &answer).is("NoSuchEntity"), "{answer}");
        }
    }

    #[test]
    fn an_unknown_service_says_where_to_add_it() {
        let client = Client::new("http://127.0.0.1:9", Account::numbered(1), "us-east-1");
        let error = client.call("braket", "SearchJobs", json!({})).unwrap_err();
        assert_eq!(error.to_string(), "no protocol is known for the service `braket`: add it to `SERVICES`");
    }
}
