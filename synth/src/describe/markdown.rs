//! Markdown, in which no text of a stack can end a cell or a line.

use std::fmt::Write as _;

/// A page as it grows.
#[derive(Default)]
pub(super) struct Page {
    text: String,
}

impl Page {
    /// A heading of the second level.
    pub(super) fn section(&mut self, title: &str) {
        self.paragraph(&format!("## {title}"));
    }

    /// A paragraph, or a list.
    pub(super) fn paragraph(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Commands of a shell.
    pub(super) fn commands(&mut self, lines: &[String]) {
        self.paragraph(&format!("```sh\n{}\n```", lines.join("\n")));
    }

    /// A table; nothing where it has no rows.
    pub(super) fn table(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        let mut table = format!("| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len()));
        for row in rows {
            // A String never refuses.
            let _ = write!(table, "\n| {} |", row.join(" | "));
        }
        self.paragraph(&table);
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Text as code: of one line, and never the end of a cell.
pub(super) fn code(text: &str) -> String {
    let line = one_line(text).replace('|', "\\|");
    // Code with a backtick in it is set off by two (CommonMark 0.31, "Code spans").
    if line.contains('`') { format!("`` {line} ``") } else { format!("`{line}`") }
}

/// Text as text.
pub(super) fn plain(text: &str) -> String {
    let escaped = one_line(text).replace('\\', "\\\\").replace('|', "\\|").replace('<', "\\<");
    escaped.replace('`', "\\`")
}

/// Several names, as code.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
