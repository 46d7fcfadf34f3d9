//! What a provider says on its error stream.

use std::collections::VecDeque;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// The end of what a provider printed on its error stream, or the beginning of its panic.
#[derive(Default)]
pub(crate) struct Words {
    lines: VecDeque<String>,
    panicked: bool,
}

/// More is in nobody's interest: Go prints every goroutine.
const MOST_LINES: usize = 20;

impl Words {
    fn hear(&mut self, line: String) {
        // As Go's runtime begins them, and as terraform recognizes them (`internal/logging/panic.go`).
        if !self.panicked && ["panic: ", "fatal error: "].iter().any(|begin| line.starts_with(begin)) {
            self.lines.clear();
            self.panicked = true;
        }
        if self.lines.len() == MOST_LINES {
            if self.panicked {
                return;
            }
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.lines.is_empty() {
            f.write_str("; it last said:")?;
        }
        self.lines.iter().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

/// Reads the stream to its end.
pub(crate) async fn listen(errors: impl AsyncRead + Unpin) -> Words {
    let (mut words, mut lines) = (Words::default(), BufReader::new(errors).split(b'\n'));
    while let Ok(Some(line)) = lines.next_segment().await {
        words.hear(String::from_utf8_lossy(&line).into_owned());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(lines: &[&str]) -> String {
        let mut words = Words::default();
        lines.iter().for_each(|line| words.hear((*line).to_owned()));
        words.to_string()
    }

    #[test]
    fn the_last_words_are_the_panic_or_else_the_last_lines() {
        assert_eq!(after(&[]), "");
        assert_eq!(after(&["a", "panic: oh", "b"]), "; it last said:\n  panic: oh\n  b");
        let many: Vec<String> = (0..100).map(|line| line.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(after(&many).starts_with("; it last said:\n  80\n"));
        assert!(after(&[&["panic: oh"], &many[..]].concat()).ends_with("\n  18"));
    }
}
