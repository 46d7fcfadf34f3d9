//! `docs/accuracy.md`.

use std::fmt::Write as _;

use crate::case::Case;

const HEAD: &str = "# How accurate the rules about secrets are

Measured on labelled cases of our own, in [`policy/fixtures/accuracy`](../policy/fixtures/accuracy/README.md): what people write into
Terraform, with secrets made anew on each run. They are no part of the rules' own examples. Recall is the share of the secrets that is reported
where it stands; precision, of what is reported, the share that is a secret.

`just policy-accuracy` measures again and writes this page; a test holds that it is current.

| cases | secrets | found | others | reported | recall | precision |
|---|---|---|---|---|---|---|
";

/// What one set came to.
#[derive(Default)]
struct Count {
    secrets: usize,
    found: usize,
    others: usize,
    reported: usize,
}

impl Count {
    fn row(&self, name: &str) -> String {
        let percent = |part: usize, of: usize| match (part * 1000).checked_div(of) {
            Some(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
            None => "none".to_owned(),
        };
        let Count { secrets, found, others, reported } = self;
        let (recall, precision) = (percent(*found, *secrets), percent(*found, found + reported));
        format!("| {name} | {secrets} | {found} | {others} | {reported} | {recall} | {precision} |\n")
    }
}

/// The page for these sets.
pub(crate) fn of(sets: &[(String, Vec<Case>)]) -> String {
    let mut page = HEAD.to_owned();
    let mut all = Count::default();
    let (mut missed, mut wrong) = (String::new(), String::new());
    for (name, cases) in sets {
        let mut count = Count::default();
        for case in cases {
            let reported = case.is_reported();
            let shown = case.line.split('\t').skip(1).collect::<Vec<_>>().join(" ");
            match (case.is_secret, reported) {
                (true, true) => count.found += 1,
                (true, false) => writeln!(missed, "- `{shown}`").unwrap(),
                (false, true) => {
                    count.reported += 1;
                    writeln!(wrong, "- `{shown}`").unwrap();
                }
                (false, false) => {}
            }
            *(if case.is_secret { &mut count.secrets } else { &mut count.others }) += 1;
        }
        page += &count.row(name);
        all.secrets += count.secrets;
        all.found += count.found;
        all.others += count.others;
        all.reported += count.reported;
    }
    page += &all.row("all");
    for (title, list) in [("Secrets that are missed", missed), ("What is reported and is no secret", wrong)] {
        let list = if list.is_empty() { "None of these cases.\n".to_owned() } else { list };
        write!(page, "\n## {title}\n\n{list}").unwrap();
    }
    page
}
