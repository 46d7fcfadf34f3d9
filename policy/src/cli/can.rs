//! `policy can`.

use std::io::{self, Write};
use std::path::PathBuf;

use command_line::Complaint;

use super::input::{self, Input};
use super::{CLEAN, FAILED, FOUND, Format};
use crate::access::{self, Answer, Caller, Context, Key, Place, References, Request, Symbol, Word};
use crate::report::access::{write_answer, write_answer_json};

/// Shown below the options.
pub(super) const HELP: &str = "Examples:
  policy can aws_iam_role.worker s3:GetObject arn:aws:s3:::orders/a infrastructure/
  policy can '*' s3:GetObject aws_s3_bucket.site . --context aws:SecureTransport=false

Exit codes:
  0  yes
  1  no
  2  undecided, or something could not be read";

/// What is asked.
#[derive(Debug, clap::Args)]
pub(super) struct Question {
    /// An ARN, an account, a service such as `lambda.amazonaws.com`, `*` for anyone without credentials, or the
    /// address of a role or user of the configuration.
    principal: String,
    /// The action, such as `s3:GetObject`.
    action: String,
    /// An ARN, `*` where the action has none, or the address of a resource of the configuration.
    resource: String,
    /// A policy document, or a configuration (a file or a folder).
    file: PathBuf,
    /// A condition key and its value; give it again for more keys or values.
    #[arg(long, value_name = "KEY=VALUE")]
    context: Vec<String>,
    /// A condition key that the request does not have.
    #[arg(long, value_name = "KEY")]
    absent: Vec<String>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub(super) fn run(question: &Question, out: &mut impl Write) -> io::Result<u8> {
    let request = request(question)?;
    let answer = match input::read(&question.file)? {
        Input::Policy(policy) => policy.allows(&request),
        Input::Sets(sets) => {
            if let Caller::Declared(symbol) = &request.caller
                && !sets.declares(symbol)
            {
                let what = format!("no `{}` is in the configuration", question.principal);
                let help = "write the address of one of its roles or users, or an ARN";
                return Err(Complaint::new(what).help(help).into());
            }
            let policies = sets.situation().policies(&request);
            let both_are_here = matches!(request.caller, Caller::Declared(_))
                && request.resource.iter().any(|letter| matches!(letter, access::Letter::Symbol(_)));
            let place = if both_are_here { Place::SameAccount } else { Place::of(&request) };
            access::authorize(&policies, &request, &place)
        }
    };
    match question.format {
        Format::Human => write_answer(&answer, &request, out)?,
        Format::Json => write_answer_json(&answer, &request, out)?,
    }
    Ok(match answer {
        Answer::Yes => CLEAN,
        Answer::No => FOUND,
        Answer::Undecided(_) => FAILED,
    })
}

fn request(question: &Question) -> io::Result<Request> {
    let mut context = Context::new(Key::Unknown, References::Open);
    for pair in &question.context {
        let Some((key, value)) = pair.split_once('=') else {
            let what = format!("`--context {pair}` gives no value");
            return Err(Complaint::new(what).help("write `--context KEY=VALUE`").into());
        };
        context.add(key, value);
    }
    for key in &question.absent {
        context.put(key, Key::Absent);
    }
    let principal = &question.principal;
    let caller = match address(principal) {
        Some(symbol) => Caller::Declared(symbol),
        None => Caller::read(principal).ok_or_else(|| {
            let help =
                "write an ARN, an account, a service, `*`, or an address such as `aws_iam_role.worker`";
            Complaint::new(format!("`{principal}` is no principal")).help(help)
        })?,
    };
    if !question.action.contains(':') {
        let what = format!("`{}` is no action", question.action);
        return Err(Complaint::new(what).help("write `service:Action`, such as `s3:GetObject`").into());
    }
    let resource: Word = match address(&question.resource) {
        Some(symbol) => vec![access::Letter::Symbol(symbol.into())],
        None => access::word(&question.resource),
    };
    Ok(Request::new(caller, question.action.as_str(), resource, context))
}

/// The ARN of a resource of the configuration, if a text is its address.
fn address(text: &str) -> Option<Symbol> {
    let (type_name, rest) = text.split_once('.')?;
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if !type_name.contains('_') || !is_name(type_name) || !rest.split('.').all(is_name) {
        return None;
    }
    Some(Symbol::Reference(if rest.contains('.') { text.to_owned() } else { format!("{text}.arn") }))
}
