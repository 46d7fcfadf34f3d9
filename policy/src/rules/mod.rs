//! The registry: what a rule is, and the list of all of them.
//!
//! A rule is one file and one line in [`RULES`]. It judges the facts of a [`Subject`] and never
//! searches raw JSON.

pub(crate) mod acceptance;
mod breadth;
mod iam;
mod judgement;
mod secrets;
mod settings;
mod subject;
mod theme;

pub use iam::new_access::new_access;
pub use judgement::{Finding, Judgement};
pub use subject::Subject;
pub use theme::Theme;

/// How bad a finding is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Says nothing wrong, but could say it better.
    Suggestion,
    /// Does not do what it says, or grants or shows more than the author is likely to want.
    Warning,
    /// Is refused by AWS or never takes effect, or grants or shows something that must not be.
    Error,
}

impl Severity {
    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Suggestion => "suggestion",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A rule: a plain value in which every field is required.
#[derive(Debug)]
pub struct Rule {
    /// Stable, never reused.
    pub id: &'static str,
    /// A short name in kebab case.
    pub name: &'static str,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Why that is bad.
    pub rationale: &'static str,
    /// What to write instead.
    pub remedy: &'static str,
    /// Where that is documented.
    pub sources: &'static [&'static str],
    /// How bad it is.
    pub severity: Severity,
    /// Documents it is silent on.
    pub good: &'static [&'static str],
    /// Documents it reports.
    pub bad: &'static [Bad],
    /// The judgement.
    pub check: fn(&Subject, &mut Judgement),
}

/// A document that a rule reports.
#[derive(Debug)]
pub struct Bad {
    /// The document.
    pub document: &'static str,
    /// The source texts it is reported at, in order.
    pub at: &'static [&'static str],
}

/// Every rule. Where two find the same secret, the one that comes first reports it: the place a
/// secret stands in says better what to do than its shape.
pub static RULES: &[&Rule] = &[
    &iam::whole_service::RULE,
    &iam::every_action::RULE,
    &iam::every_resource::RULE,
    &iam::negated_element::RULE,
    &iam::any_principal::RULE,
    &iam::pass_role::RULE,
    &iam::github_subject::RULE,
    &iam::wild_account::RULE,
    &iam::broad_managed_policy::RULE,
    &iam::access_key::RULE,
    &iam::policy_version::RULE,
    &iam::hidden_access::RULE,
    &iam::new_access::RULE,
    &iam::missing_permission::RULE,
    &iam::unneeded_permission::RULE,
    &iam::beside_its_folder::RULE,
    &iam::credentials_of_all::RULE,
    &iam::permissions_on_all::RULE,
    &iam::data_of_all::RULE,
    &iam::decrypt_with_all::RULE,
    &iam::monitoring_off::RULE,
    &iam::deletion_of_all::RULE,
    &iam::wide_managed_policy::RULE,
    &iam::unknown_managed_policy::RULE,
    &iam::exclusive_attachment::RULE,
    &iam::weak_password_policy::RULE,
    &iam::console_password::RULE,
    &iam::group_without_mfa::RULE,
    &iam::several_environments::RULE,
    &iam::every_resource_described::RULE,
    &iam::privilege_escalation::RULE,
    &iam::public_share::RULE,
    &iam::unauthenticated_endpoint::RULE,
    &iam::public_access_allowed::RULE,
    &iam::policy_on_user::RULE,
    &iam::unnamed_source::RULE,
    &iam::confused_deputy::RULE,
    &iam::account_wide_trust::RULE,
    &iam::account_wide_control::RULE,
    &iam::web_identity_subject::RULE,
    &iam::saml_audience::RULE,
    &iam::insecure_transport::RULE,
    &iam::open_endpoint::RULE,
    &iam::malformed_policy::RULE,
    &iam::wrong_elements::RULE,
    &iam::unknown_action::RULE,
    &iam::unknown_condition_key::RULE,
    &iam::unknown_operator::RULE,
    &iam::condition_type::RULE,
    &iam::set_operator::RULE,
    &iam::literal_wildcard::RULE,
    &iam::source_address::RULE,
    &iam::no_resource_level::RULE,
    &iam::policy_variable::RULE,
    &iam::policy_size::RULE,
    &iam::redundant_entry::RULE,
    &iam::impossible_condition::RULE,
    &iam::empty_element::RULE,
    &iam::organization_policy::RULE,
    &iam::trust_action::RULE,
    &iam::service_linked_role::RULE,
    &iam::mfa_condition::RULE,
    &iam::unpaired_key::RULE,
    &iam::foreign_action::RULE,
    &iam::unsupported_condition_key::RULE,
    &iam::malformed_arn::RULE,
    &iam::resource_mismatch::RULE,
    &iam::malformed_principal::RULE,
    &iam::statement_id::RULE,
    &secrets::variable_default::RULE,
    &secrets::provider_credential::RULE,
    &secrets::sensitive_argument::RULE,
    &secrets::plain_environment::RULE,
    &secrets::provisioner_command::RULE,
    &secrets::user_data::RULE,
    &secrets::vendor_token::RULE,
    &secrets::private_key::RULE,
    &secrets::url_password::RULE,
    &secrets::json_web_token::RULE,
    &secrets::authorization_header::RULE,
    &secrets::named_literal::RULE,
    &secrets::command_password::RULE,
    &secrets::credential_file::RULE,
    &secrets::random_literal::RULE,
    &secrets::unmarked_output::RULE,
    &secrets::shown_value::RULE,
    &secrets::kept_value::RULE,
    &acceptance::unused_allowance::RULE,
    &acceptance::expired_allowance::RULE,
    &acceptance::missing_reason::RULE,
    &acceptance::unknown_rule::RULE,
    &acceptance::unreadable_allowance::RULE,
];

/// The rule of an id, in any case.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// The rule whose id is most like a text, if one is.
#[must_use]
pub fn nearest(id: &str) -> Option<&'static Rule> {
    command_line::nearest(id, RULES.iter().map(|rule| rule.id)).and_then(find)
}
