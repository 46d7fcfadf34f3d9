//! Which folder each call of a module leads to, and the order in which the modules are judged: the called before the caller.

use std::collections::BTreeMap;
use std::path::Path;

use crate::blocks;
use crate::finding::{Findings, Rule};
use crate::folder::{self, Folder};
use crate::module::{Declared, Key, Module};

/// Whether a module is called by another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Root,
    Called,
}

/// What a module calls.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) part: Part,
    /// The folder of each call whose inside is at hand.
    pub(crate) calls: BTreeMap<usize, usize>,
}

/// The calls of all modules.
#[derive(Debug)]
pub(crate) struct Links {
    pub(crate) of: Vec<Link>,
    pub(crate) order: Vec<usize>,
}

/// Follows the calls of every module, and says of those that lead nowhere what is not known.
pub(crate) fn link(folders: &[Folder<'_>], modules: &[Module<'_>], findings: &mut [Findings]) -> Links {
    let paths: BTreeMap<String, usize> = folders
        .iter()
        .zip(0..)
        .map(|(folder, place)| (folder::plain(Path::new(folder.path)), place))
        .collect();
    let mut of = vec![Link { part: Part::Root, calls: BTreeMap::new() }; folders.len()];
    for (place, ((module, folder), findings)) in modules.iter().zip(folders).zip(&mut *findings).enumerate() {
        let calls = module.declared.iter().zip(0..).filter(|(call, _)| matches!(call.key, Key::Module(_)));
        for (call, index) in calls {
            let Some(target) = target(call, folder, folders, &paths, findings) else { continue };
            if let Some(link) = of.get_mut(place) {
                link.calls.insert(index, target);
            }
            if let Some(link) = of.get_mut(target) {
                link.part = Part::Called;
            }
        }
    }
    let mut order = Order { links: of, state: vec![State::New; folders.len()], done: Vec::new() };
    for place in 0..folders.len() {
        order.visit(place, modules, findings);
    }
    Links { of: order.links, order: order.done }
}

/// The folder that a call leads to, if it is at hand.
fn target(
    call: &Declared<'_>,
    folder: &Folder<'_>,
    folders: &[Folder<'_>],
    paths: &BTreeMap<String, usize>,
    findings: &mut Findings,
) -> Option<usize> {
    let member = |name: &str| blocks::properties(call.body).find(|member| member.key == name);
    // A call without a source is reported where its arguments are judged.
    let source = member("source")?;
    let text = source.value.text()?;
    let address = call.key.address();
    let Some(path) = folder::called(folder.path, text) else {
        let why = format!("`{address}` is not read from `{text}`: its inputs and outputs are not checked");
        findings.doubt(source.start, why);
        return None;
    };
    if let Some(version) = member("version") {
        let message = "`version` is for modules of a registry, and this one is a folder".to_owned();
        let help = Some("take it out".to_owned());
        findings.report(version.start, Rule::ConflictingArguments, message, help);
    }
    let found = paths.get(&path).copied();
    match found.and_then(|place| folders.get(place)) {
        Some(folder) if folder.sources.is_empty() && folder.unread.is_empty() => {
            let message = format!("there is no configuration in `{path}`");
            let help = Some("`source` leads from the folder of the file that it stands in".to_owned());
            findings.report(source.start, Rule::UndeclaredReference, message, help);
            None
        }
        Some(_) => found,
        None => {
            let why = format!("`{path}` was not read: the inputs and outputs of `{address}` are not checked");
            findings.doubt(source.start, why);
            None
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Order {
    links: Vec<Link>,
    state: Vec<State>,
    done: Vec<usize>,
}

impl Order {
    /// Visits what a module calls, then the module. A call that leads back is reported and forgotten.
    fn visit(&mut self, place: usize, modules: &[Module<'_>], findings: &mut [Findings]) {
        if self.state.get(place) != Some(&State::New) {
            return;
        }
        self.mark(place, State::Open);
        let calls = self.links.get(place).map(|link| link.calls.clone()).unwrap_or_default();
        for (call, target) in calls {
            if self.state.get(target) == Some(&State::Open) {
                self.links.get_mut(place).map(|link| link.calls.remove(&call));
                let call = modules.get(place).and_then(|module| module.declared.get(call));
                if let (Some(call), Some(findings)) = (call, findings.get_mut(place)) {
                    let message =
                        format!("`{}` leads back to a module that calls this one", call.key.address());
                    let help = Some("take one of the calls out".to_owned());
                    findings.report(call.at, Rule::Cycle, message, help);
                }
            } else {
                self.visit(target, modules, findings);
            }
        }
        self.mark(place, State::Done);
        self.done.push(place);
    }

    fn mark(&mut self, place: usize, state: State) {
        if let Some(known) = self.state.get_mut(place) {
            *known = state;
        }
    }
}
