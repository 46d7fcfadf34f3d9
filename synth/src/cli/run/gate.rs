//! Policy before apply: a plan that `policy check` would find something in is not applied.

use policy::{Colored, Verdict};
use synth_engine::{Colors, Directory, PlanFile};

use super::{End, Session, Stack, environment};

/// Has policy judge a plan, and prints its report as `policy check` does.
pub(super) fn judge(
    session: &mut Session,
    stack: &Stack,
    directory: &Directory,
    file: &PlanFile,
) -> Result<(), End> {
    let plan = session.ask("show -json", directory.show_json(&file.path()))?;
    let name = stack.folder.join("plan.json").display().to_string();
    let colored = match environment::colors() {
        Colors::Ansi => Colored::Yes,
        Colors::None => Colored::No,
    };
    let mut report = Vec::new();
    let verdict = policy::check_plan(&name, plan, &stack.folder, colored, &mut report)?;
    session.screen().report(&String::from_utf8_lossy(&report))?;
    let advice = "`--no-policy` applies it unjudged";
    match verdict {
        Verdict::Clean => Ok(()),
        Verdict::Found => Err(End::Wrong(format!(
            "policy found something in the plan, and nothing was applied: repair it, or accept it in the \
             configuration or in .policy.toml; {advice}"
        ))),
        Verdict::Unjudged => {
            Err(End::Failed(format!("policy could not judge the plan, and nothing was applied; {advice}")))
        }
    }
}
