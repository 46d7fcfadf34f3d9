//! One stack after the other.

use super::{End, Session, Stack};

/// What becomes of the stacks after one that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum AfterFailure {
    /// They are not begun: they may build on it.
    Stop,
    /// They are looked at all the same: nothing is changed.
    GoOn,
}

/// Does some work for each stack in turn and says what was not done. The exit code is that of the worst end.
pub(in crate::cli) fn in_turn(
    session: &mut Session,
    stacks: &[Stack],
    after: AfterFailure,
    mut work: impl FnMut(&mut Session, &Stack) -> Result<(), End>,
) -> Result<(), End> {
    let mut worst = None;
    for (done, stack) in stacks.iter().enumerate() {
        let end = match session.is_interrupted() {
            true => Err(End::Interrupted),
            false => work(session, stack),
        };
        let Err(end) = end else { continue };
        session.screen().error(&format!("{}: {end}", stack.name));
        worst = worst.max(Some(end.code()));
        if after == AfterFailure::Stop || matches!(end, End::Interrupted) {
            let left = stacks.iter().skip(done + 1).map(|stack| stack.name.as_str());
            let left: Vec<&str> = left.collect();
            if !left.is_empty() {
                session.screen().warning(&format!("not begun: {}", left.join(", ")));
            }
            break;
        }
    }
    worst.map_or(Ok(()), |code| Err(End::Said(code)))
}
