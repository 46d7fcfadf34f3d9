//! What is known of a provider from earlier runs. Nothing is lost when it is lost.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::handshake::Protocol;
use crate::installed::Installed;
use crate::shape::{Shape, hex};

/// A folder for one provider package.
#[derive(Clone, Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
}

/// The first word of the schema's file: another layout is another word.
const LAYOUT: &str = "warm-provider-schema-1";

impl Cache {
    /// The cache for `provider` below `root`.
    pub(crate) fn of(root: &Path, provider: &Installed) -> Cache {
        let name = format!("{}-{}-{}", provider.name(), provider.version, provider.identity);
        Cache { folder: root.join(name) }
    }

    /// The provider's schema; none if it is not here, or not as it was written.
    pub(crate) fn schema(&self) -> Option<(Protocol, Bytes)> {
        let file = Bytes::from(fs::read(self.folder.join("schema")).ok()?);
        let end = file.iter().position(|byte| *byte == b'\n')?;
        let schema = file.slice(end + 1..);
        let head = std::str::from_utf8(file.get(..end)?).ok()?;
        let protocol = Protocol::numbered(head.split(' ').nth(1)?)?;
        (head == header(protocol, &schema)).then_some((protocol, schema))
    }

    /// Keeps the provider's schema.
    pub(crate) fn keep_schema(&self, protocol: Protocol, schema: &Bytes) {
        self.write("schema", &[header(protocol, schema).as_bytes(), b"\n", schema]);
    }

    /// Whether the provider is known to find nothing wrong with configurations of this shape.
    pub(crate) fn accepts(&self, shape: &Shape) -> bool {
        self.folder.join(accepted(shape)).exists()
    }

    /// Remembers that it does not.
    pub(crate) fn accept(&self, shape: &Shape) {
        self.write(&accepted(shape), &[]);
    }

    /// The checksum of the provider's package in Terraform's scheme `h1`, computed when it is not known.
    pub(crate) fn checksum(&self, compute: impl FnOnce() -> Option<String>) -> Option<String> {
        if let Ok(known) = fs::read_to_string(self.folder.join("h1"))
            && known.starts_with("h1:")
        {
            return Some(known);
        }
        let computed = compute()?;
        self.write("h1", &[computed.as_bytes()]);
        Some(computed)
    }

    /// Writes a file as a whole or not at all. What cannot be kept is made again next time.
    fn write(&self, name: &str, content: &[&[u8]]) {
        let write = || {
            let path = self.folder.join(name);
            let parent = path.parent().unwrap_or(&self.folder);
            fs::create_dir_all(parent)?;
            let mut file = tempfile::NamedTempFile::new_in(parent)?;
            content.iter().try_for_each(|part| file.write_all(part))?;
            file.persist(path).map_err(|refused| refused.error)
        };
        let _ = write();
    }
}

fn accepted(shape: &Shape) -> String {
    format!("accepted/{}", shape.name())
}

fn header(protocol: Protocol, schema: &[u8]) -> String {
    format!("{LAYOUT} {} {}", protocol.number(), hex(&Sha256::digest(schema)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn with_cache(test: impl FnOnce(&Cache)) {
        let folder = tempfile::tempdir().unwrap();
        test(&Cache { folder: folder.path().join("below") });
    }

    #[test]
    fn an_empty_cache_knows_nothing() {
        with_cache(|cache| {
            assert!(cache.schema().is_none());
            assert!(!cache.accepts(&Shape::of(b"x")));
        });
    }

    #[test]
    fn a_shape_is_remembered() {
        with_cache(|cache| {
            cache.accept(&Shape::of(b"x"));
            assert!(cache.accepts(&Shape::of(b"x")));
            assert!(!cache.accepts(&Shape::of(b"y")));
        });
    }

    #[test]
    fn a_checksum_is_computed_once() {
        with_cache(|cache| {
            assert_eq!(cache.checksum(|| None), None);
            assert_eq!(cache.checksum(|| Some("h1:x".into())).unwrap(), "h1:x");
            assert_eq!(cache.checksum(|| None).unwrap(), "h1:x");
        });
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_error() {
        let cache = Cache { folder: "/dev/null/x".into() };
        cache.keep_schema(Protocol::Five, &Bytes::new());
        assert!(cache.schema().is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_schema_comes_back_unless_a_byte_of_it_changed(schema: Vec<u8>, at: prop::sample::Index, flip in 1_u8..) {
            with_cache(|cache| {
                let schema = Bytes::from(schema);
                cache.keep_schema(Protocol::Six, &schema);
                assert_eq!(cache.schema(), Some((Protocol::Six, schema)));

                let path = cache.folder.join("schema");
                let mut file = fs::read(&path).unwrap();
                let at = at.index(file.len());
                file[at] ^= flip;
                fs::write(&path, file).unwrap();
                assert_eq!(cache.schema(), None);
            });
        }

        #[test]
        fn a_schema_that_was_cut_off_does_not_come_back(schema: Vec<u8>, at: prop::sample::Index) {
            with_cache(|cache| {
                cache.keep_schema(Protocol::Five, &Bytes::from(schema));
                let path = cache.folder.join("schema");
                let file = fs::read(&path).unwrap();
                fs::write(&path, &file[..at.index(file.len())]).unwrap();
                assert_eq!(cache.schema(), None);
            });
        }
    }
}
