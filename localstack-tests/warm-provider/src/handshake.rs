//! The first line that a provider prints (go-plugin, `docs/internals.md`, "Handshake").

use std::path::PathBuf;

use thiserror::Error;

/// A version of Terraform's plugin protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// `tfplugin5`.
    Five,
    /// `tfplugin6`.
    Six,
}

impl Protocol {
    /// Its number.
    pub(crate) fn number(self) -> u8 {
        match self {
            Protocol::Five => 5,
            Protocol::Six => 6,
        }
    }

    /// The protocol of a number.
    pub(crate) fn numbered(number: &str) -> Option<Protocol> {
        match number {
            "5" => Some(Protocol::Five),
            "6" => Some(Protocol::Six),
            _ => None,
        }
    }

    /// The path of the call for the provider's schema.
    pub(crate) fn schema_call(self) -> &'static str {
        match self {
            Protocol::Five => "/tfplugin5.Provider/GetSchema",
            Protocol::Six => "/tfplugin6.Provider/GetProviderSchema",
        }
    }
}

/// Where a provider can be reached, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Handshake {
    pub(crate) protocol: Protocol,
    pub(crate) socket: PathBuf,
}

/// Why a first line will not do.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum HandshakeError {
    /// Something else than a handshake.
    #[error("it does not greet as a provider does: `{line}`")]
    NotAPlugin {
        /// What it printed.
        line: String,
    },
    /// Not 5 or 6.
    #[error("it speaks version `{version}` of the plugin protocol; 5 and 6 are known here")]
    Protocol {
        /// What it said.
        version: String,
    },
}

/// The variables that tell a provider who starts it (terraform, `internal/plugin/serve.go`; go-plugin, `server.go`).
pub(crate) const GREETING: [(&str, &str); 2] = [
    ("TF_PLUGIN_MAGIC_COOKIE", "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"),
    ("PLUGIN_PROTOCOL_VERSIONS", "5,6"),
];

impl Handshake {
    /// Reads `1|5|unix|/tmp/plugin123|grpc|`.
    pub(crate) fn read(line: &str) -> Result<Handshake, HandshakeError> {
        let line = line.trim();
        let not_a_plugin = || HandshakeError::NotAPlugin { line: line.chars().take(200).collect() };
        let mut parts = line.split('|');
        let mut next = || parts.next().ok_or_else(not_a_plugin);
        let (core, version, network, socket, kind) = (next()?, next()?, next()?, next()?, next()?);
        if core != "1" || network != "unix" || kind != "grpc" || socket.is_empty() {
            return Err(not_a_plugin());
        }
        let protocol = Protocol::numbered(version)
            .ok_or_else(|| HandshakeError::Protocol { version: version.to_owned() })?;
        Ok(Handshake { protocol, socket: socket.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_protocols_are_understood() {
        for (line, protocol) in
            [("1|5|unix|/tmp/p|grpc|\n", Protocol::Five), ("1|6|unix|/tmp/p|grpc", Protocol::Six)]
        {
            let expected = Handshake { protocol, socket: "/tmp/p".into() };
            assert_eq!(Handshake::read(line), Ok(expected));
        }
    }

    #[test]
    fn another_protocol_is_named() {
        let error = Handshake::read("1|4|unix|/tmp/p|grpc|").unwrap_err().to_string();
        assert_eq!(error, "it speaks version `4` of the plugin protocol; 5 and 6 are known here");
    }

    #[test]
    fn what_is_no_greeting_is_shown() {
        for line in [
            "",
            "This binary is a plugin.",
            "1|5|tcp|127.0.0.1:1234|grpc|",
            "2|5|unix|/p|grpc",
            "1|5|unix||grpc",
        ] {
            let error = Handshake::read(line).unwrap_err().to_string();
            assert_eq!(error, format!("it does not greet as a provider does: `{line}`"));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_printed_is_understood_or_refused(line: String) {
            drop(Handshake::read(&line));
        }
    }
}
