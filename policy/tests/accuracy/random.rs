//! Values made from templates: no token stands in the repository.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";

/// Random characters that depend on nothing but a seed (xorshift, Marsaglia 2003).
pub(crate) struct Random(u64);

impl Random {
    /// FNV-1a of the seed, so that similar seeds differ.
    pub(crate) fn new(seed: &str) -> Random {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Random(seed.bytes().fold(0xcbf2_9ce4_8422_2325, step))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn characters(&mut self, alphabet: &str, count: usize) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        (0..count).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }

    /// A template with every `{…}` that is one replaced.
    pub(crate) fn fill(&mut self, template: &str) -> String {
        let mut made = String::new();
        let mut rest = template;
        while let Some(start) = rest.find('{') {
            made.push_str(&rest[..start]);
            rest = &rest[start..];
            let filled = closing(rest).and_then(|end| Some((self.one(&rest[1..end], &made)?, end)));
            match filled {
                Some((characters, end)) => {
                    made.push_str(&characters);
                    rest = &rest[end + 1..];
                }
                None => {
                    made.push('{');
                    rest = &rest[1..];
                }
            }
        }
        made + rest
    }

    /// What stands for the inside of braces; nothing if they are no template.
    fn one(&mut self, inside: &str, before: &str) -> Option<String> {
        if inside == "crc" {
            return Some(checksum(&before[before.len() - 30..]));
        }
        let (name, argument) = inside.split_once(':')?;
        match name {
            "base64" => return Some(STANDARD.encode(self.fill(argument).replace("\\n", "\n"))),
            "base64url" => return Some(URL_SAFE_NO_PAD.encode(argument)),
            "utf16" => {
                let bytes: Vec<u8> = argument.encode_utf16().flat_map(u16::to_le_bytes).collect();
                return Some(STANDARD.encode(bytes));
            }
            _ => {}
        }
        let alphabet = match name {
            "alnum" => format!("{LOWER}{UPPER}{DIGITS}"),
            "alpha" => format!("{LOWER}{UPPER}"),
            "b32" => format!("{UPPER}234567"),
            "b64" => format!("{LOWER}{UPPER}{DIGITS}+/"),
            "bech" => "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".to_owned(),
            "digits" => DIGITS.to_owned(),
            "hex" => format!("{DIGITS}abcdef"),
            "hexupper" => format!("{DIGITS}ABCDEF"),
            "lowernum" => format!("{LOWER}{DIGITS}"),
            "uppernum" => format!("{UPPER}{DIGITS}"),
            _ => return None,
        };
        Some(self.characters(&alphabet, argument.parse().ok()?))
    }
}

/// The brace that closes the first one.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The CRC-32 in six digits of base 62 (github.blog, "Behind GitHub's new authentication token formats").
fn checksum(random: &str) -> String {
    let digits: Vec<char> = format!("{DIGITS}{UPPER}{LOWER}").chars().collect();
    let mut number = crc32fast::hash(random.as_bytes()) as usize;
    let mut written = Vec::new();
    for _ in 0..6 {
        written.insert(0, digits[number % 62]);
        number /= 62;
    }
    written.into_iter().collect()
}
