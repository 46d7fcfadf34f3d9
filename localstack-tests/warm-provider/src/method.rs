//! The calls of Terraform's plugin protocol that the proxy answers or looks into.

use crate::handshake::Protocol;

/// A call, by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// `GetSchema` (tfplugin5), `GetProviderSchema` (tfplugin6).
    Schema,
    /// `PrepareProviderConfig` (tfplugin5), `ValidateProviderConfig` (tfplugin6).
    Validate(Protocol),
    /// `Configure` (tfplugin5), `ConfigureProvider` (tfplugin6).
    Configure,
    /// `Stop` (tfplugin5), `StopProvider` (tfplugin6).
    Stop,
    /// go-plugin's request to end the process.
    Shutdown,
    /// go-plugin's streams for output and for further connections, which terraform's providers do not use.
    Plumbing,
    /// Whatever the provider answers itself.
    Other,
}

impl Method {
    /// The call at `path`.
    pub(crate) fn of(path: &str) -> Method {
        match path {
            "/tfplugin5.Provider/GetSchema" | "/tfplugin6.Provider/GetProviderSchema" => Method::Schema,
            "/tfplugin5.Provider/PrepareProviderConfig" => Method::Validate(Protocol::Five),
            "/tfplugin6.Provider/ValidateProviderConfig" => Method::Validate(Protocol::Six),
            "/tfplugin5.Provider/Configure" | "/tfplugin6.Provider/ConfigureProvider" => Method::Configure,
            "/tfplugin5.Provider/Stop" | "/tfplugin6.Provider/StopProvider" => Method::Stop,
            "/plugin.GRPCController/Shutdown" => Method::Shutdown,
            path if path.starts_with("/plugin.") => Method::Plumbing,
            _ => Method::Other,
        }
    }
}
