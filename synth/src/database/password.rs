//! Passwords of databases: none of them in a configuration, a plan or a state.

use synth_aws::secretsmanager::ephemeral::RandomPassword;
use synth_core::{Construct, Ephemeral, Handle as _, IntoWriteOnly, NodeId, Place, THIS, WriteOnly};

/// A password that AWS Secrets Manager makes up while Terraform runs: 32 letters and digits, so that it may stand in a
/// connection string as it is.
///
/// Whoever takes it is sent it once, and again when its version is raised. It is another one in every run: where a run
/// ends after some of those who take it were sent it and before others were, raise the version.
#[derive(Clone, Copy, Debug)]
pub struct GeneratedPassword {
    version: u32,
}

impl GeneratedPassword {
    /// The first version.
    #[expect(clippy::new_without_default, reason = "a password is not a default anybody wants")]
    pub fn new() -> Self {
        GeneratedPassword { version: 1 }
    }

    /// Raise it to have another password made and sent to everything that takes this one.
    #[must_use]
    pub fn version(mut self, version: u32) -> Self {
        self.version = version;
        self
    }
}

impl Construct for GeneratedPassword {
    type Handle = GeneratedPasswordHandle;

    fn build(self, place: Place<'_, '_>) -> GeneratedPasswordHandle {
        let mut scope = place.construct("generated_password");
        let password = RandomPassword::new().password_length(32).exclude_punctuation(true);
        let password = scope.add(THIS, password);
        GeneratedPasswordHandle { password: password.node(), version: self.version }
    }
}

/// A generated password of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GeneratedPasswordHandle {
    password: NodeId,
    version: u32,
}

impl GeneratedPasswordHandle {
    /// The password, for what keeps it nowhere: a key of a secret.
    pub fn value(self) -> Ephemeral<String> {
        Ephemeral::attribute(self.password, "random_password")
    }

    /// The version, for the secret that holds the password too: both must be sent it in the same run.
    pub fn version(self) -> u32 {
        self.version
    }
}

/// Where a database's password comes from.
#[derive(Clone, Debug)]
pub struct Password(pub(super) Source);

#[derive(Clone, Debug)]
pub(super) enum Source {
    Given { value: WriteOnly<String>, version: u32 },
    KeptByRds,
}

impl From<GeneratedPasswordHandle> for Password {
    fn from(password: GeneratedPasswordHandle) -> Self {
        Password::given(password.value(), password.version())
    }
}

impl Password {
    /// A sensitive or ephemeral variable. Raise the version to send it again.
    pub fn given(value: impl IntoWriteOnly<String>, version: u32) -> Self {
        Password(Source::Given { value: value.into_write_only(), version })
    }

    /// RDS makes it up, keeps it in a secret of its own and changes it every seven days (Amazon RDS User Guide,
    /// "Password management with Amazon RDS and AWS Secrets Manager").
    pub fn kept_by_rds() -> Self {
        Password(Source::KeptByRds)
    }
}
