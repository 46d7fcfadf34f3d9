//! What kind of traffic a rule lets through.

use std::ops::RangeInclusive;

use synth_core::{Known, Number, Problem, Ref, Scope, Value};

const PAGE: &str = "Amazon EC2 API Reference, \"IpPermission\"";

/// Ports of TCP or UDP: one, or a range with both of its ends.
#[derive(Clone, Debug)]
pub struct Ports {
    pub(super) first: Value<Number>,
    pub(super) last: Value<Number>,
}

impl From<u16> for Ports {
    fn from(port: u16) -> Self {
        Ports { first: port.into(), last: port.into() }
    }
}

impl From<RangeInclusive<u16>> for Ports {
    fn from(ports: RangeInclusive<u16>) -> Self {
        Ports { first: (*ports.start()).into(), last: (*ports.end()).into() }
    }
}

impl From<Value<Number>> for Ports {
    fn from(port: Value<Number>) -> Self {
        Ports { first: port.clone(), last: port }
    }
}

impl From<Ref<Number>> for Ports {
    fn from(port: Ref<Number>) -> Self {
        Value::from(port).into()
    }
}

/// What a rule lets through. A port alone means TCP.
#[derive(Clone, Debug)]
pub struct Traffic(Kind);

#[derive(Clone, Debug)]
enum Kind {
    All,
    Of(&'static str, Ports),
}

impl<P: Into<Ports>> From<P> for Traffic {
    fn from(ports: P) -> Self {
        Traffic::tcp(ports)
    }
}

impl Traffic {
    /// Every protocol and port.
    pub fn all() -> Self {
        Traffic(Kind::All)
    }

    /// TCP: `Traffic::tcp(443)`, `Traffic::tcp(8000..=8010)`.
    pub fn tcp(ports: impl Into<Ports>) -> Self {
        Traffic(Kind::Of("tcp", ports.into()))
    }

    /// UDP: `Traffic::udp(53)`.
    pub fn udp(ports: impl Into<Ports>) -> Self {
        Traffic(Kind::Of("udp", ports.into()))
    }

    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        let Kind::Of(_, Ports { first, last }) = &self.0 else { return };
        let (first, last) = (first.known(), last.known());
        for port in [first, last] {
            if let Known::Is(port) = port
                && !(0..=65_535).contains(&port)
            {
                scope.refuse(
                    Problem::new(format!("there is no port {port}"))
                        .at("/ports")
                        .help("write 0 to 65535")
                        .source(PAGE),
                );
            }
        }
        if let (Known::Is(first), Known::Is(last)) = (first, last)
            && last < first
        {
            scope.refuse(
                Problem::new(format!("no ports are from {first} to {last}"))
                    .at("/ports")
                    .help(format!("write `{last}..={first}`"))
                    .source(PAGE),
            );
        }
    }

    /// The arguments of a rule: its protocol, and its ports where the protocol has any.
    pub(super) fn arguments(self) -> (&'static str, Option<Ports>) {
        match self.0 {
            // All protocols have no ports ("IpPermission": IpProtocol).
            Kind::All => ("-1", None),
            Kind::Of(protocol, ports) => (protocol, Some(ports)),
        }
    }
}
