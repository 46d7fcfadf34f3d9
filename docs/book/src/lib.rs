//! The documentation as a book.
//!
//! ```text
//!  README.md, docs/, fixtures/, …/README.md          docs/SUMMARY.md
//!      │ page: every Markdown file                       │ chapters: the order
//!      ├──────────────┬──────────────┐                   │
//!      ▼              ▼              ▼                   ▼
//!  block: code    link: links,   render: laid out, built by mdBook ─▶ HTML, or its warnings
//!                 anchors
//! ```
//!
//! The tests walk the same pages: every block is compiled, run or read, every link goes somewhere, every page is a
//! chapter.

pub mod block;
pub mod chapters;
pub mod link;
pub mod page;
pub mod render;
mod warnings;
