//! A report for programs.

use super::Report;

impl Report {
    /// One JSON object: `findings` and `undecided`.
    pub fn to_json(&self) -> String {
        let mut json = format!("{:#}", serde_json::json!(self));
        json.push('\n');
        json
    }
}
