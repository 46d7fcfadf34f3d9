//! Names, and whether a text is a template at all.

/// Whether a text is a name ("Identifiers" in HCL's specification, and an underscore at the start).
pub(crate) fn is_identifier(text: &str) -> bool {
    !text.is_empty() && length(text) == text.len()
}

/// Whether an ASCII character may stand in a name.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it: 256 places for every byte")]
static CONTINUES: [bool; 256] = {
    let mut continues = [false; 256];
    let mut bytes: &[u8] = b"_-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    while let [first, rest @ ..] = bytes {
        continues[*first as usize] = true;
        bytes = rest;
    }
    continues
};

/// The bytes of the name at the start of a text.
pub(super) fn length(text: &str) -> usize {
    // Nearly every name is ASCII, and ends before anything else begins.
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => {
            let ascii = |byte: &u8| CONTINUES.get(usize::from(*byte)) == Some(&true);
            let length = bytes.iter().take_while(|byte| ascii(byte)).count();
            if bytes.get(length).is_none_or(u8::is_ascii) {
                return length;
            }
        }
        Some(byte) if byte.is_ascii() => return 0,
        _ => {}
    }
    if !text.starts_with(char::is_alphabetic) && !text.starts_with('_') {
        return 0;
    }
    let continues = |character: char| matches!(character, '_' | '-') || character.is_alphanumeric();
    text.find(|character| !continues(character)).unwrap_or(text.len())
}

/// Whether anything in a text is not literal: `${` and `%{` are unless their first character is doubled.
pub(crate) fn is_template(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.contains(&b'{') && bytes.windows(2).any(|pair| matches!(pair, b"${" | b"%{"))
}
