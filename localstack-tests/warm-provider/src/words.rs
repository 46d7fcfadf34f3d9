//! What a provider says on its error stream.

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

/// The beginning of a provider's panic. Nothing else that it says is kept: its log holds what it sends to AWS.
#[derive(Default)]
pub(crate) struct Words {
    panic: Vec<String>,
}

/// More is in nobody's interest: Go prints every goroutine.
const MOST_LINES: usize = 20;

impl Words {
    fn hear(&mut self, line: String) {
        // As Go's runtime begins them, and as terraform recognizes them (`internal/logging/panic.go`).
        let begins = ["panic: ", "fatal error: "].iter().any(|begin| line.starts_with(begin));
        if (begins || !self.panic.is_empty()) && self.panic.len() < MOST_LINES {
            self.panic.push(line);
        }
    }
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.panic.is_empty() {
            f.write_str("; its last words:")?;
        }
        self.panic.iter().try_for_each(|line| write!(f, "\n  {line}"))
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
    fn the_last_words_are_the_panic() {
        assert_eq!(after(&["a", "panic: oh", "b"]), "; its last words:\n  panic: oh\n  b");
        let many = [&["fatal error: oh"][..], &["goroutine"; 100]].concat();
        assert_eq!(after(&many).lines().count(), 1 + MOST_LINES);
    }

    #[test]
    fn a_log_is_nobodys_business() {
        assert_eq!(after(&[]), "");
        assert_eq!(after(&[r#"{"http.request.body": "hunter2"}"#, "[DEBUG] panic: no"]), "");
    }
}
