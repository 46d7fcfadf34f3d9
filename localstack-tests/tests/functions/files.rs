//! What the functions that read files find.

pub(crate) const FILES: &[(&str, &str)] = &[
    ("greeting.txt", "hello\n"),
    ("greeting.tftpl", "hello ${name}"),
    // Made for this test; it opens nothing.
    ("unused.pem", include_str!("unused.pem")),
];
