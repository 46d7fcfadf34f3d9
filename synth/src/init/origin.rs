//! Where a project finds synth itself.

use std::path::PathBuf;

use thiserror::Error;

/// Where the crates and programs of synth come from. They are in no registry: `synth` and `policy` of crates.io are
/// others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody said it.
    Unsaid,
    /// A clone of its repository, by its absolute path.
    Clone(String),
    /// The address of its repository.
    Repository(String),
}

/// Why something is no origin.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum OriginError {
    /// The address is none.
    #[error(
        "the address of synth's repository holds {0:?}: write one as cargo and git take it, such as `https://example.org/synth`"
    )]
    Character(char),
    /// What stands before `@` may be a password. It is not repeated.
    #[error(
        "the address of synth's repository names who asks for it, and it will be committed: leave out what stands before `@`"
    )]
    Credentials,
    /// The folder is no clone.
    #[error("`{}` is no clone of synth's repository: it has no `{lacks}`", .folder.display())]
    NoClone {
        /// The folder.
        folder: PathBuf,
        /// The file that a clone has.
        lacks: &'static str,
    },
    /// A manifest is text.
    #[error("`{}` cannot be written in a manifest: it is not UTF-8", .0.display())]
    NotText(PathBuf),
}

impl Origin {
    /// What somebody wrote, if it is an address.
    pub(crate) fn address(text: &str) -> Option<Result<Origin, OriginError>> {
        let (scheme, rest) = text.split_once("://")?;
        // What RFC 3986 has in an address, but for what ends a text or begins an expression in the files of a project.
        let legal = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!&()*+,;=%".contains(c);
        let user = rest.split('/').next().unwrap_or_default().rsplit_once('@').map(|(user, _)| user);
        // A user of ssh is no secret.
        let secret = user.is_some_and(|user| scheme != "ssh" || user.contains(':'));
        Some(match text.chars().find(|character| !legal(*character)) {
            _ if secret => Err(OriginError::Credentials),
            Some(character) => Err(OriginError::Character(character)),
            None => Ok(Origin::Repository(text.to_owned())),
        })
    }

    /// A clone in a folder whose path is absolute.
    pub(crate) fn clone_in(folder: PathBuf) -> Result<Origin, OriginError> {
        for lacks in ["synth/Cargo.toml", "localstack-tests/Cargo.toml"] {
            if !folder.join(lacks).is_file() {
                return Err(OriginError::NoClone { folder, lacks });
            }
        }
        match folder.into_os_string().into_string() {
            Ok(folder) => Ok(Origin::Clone(folder)),
            Err(folder) => Err(OriginError::NotText(folder.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_folder_by_its_scheme() {
        for address in ["https://example.org/synth", "ssh://git@example.org/synth.git", "file:///srv/synth"] {
            assert_eq!(Origin::address(address), Some(Ok(Origin::Repository(address.to_owned()))));
        }
        for folder in ["", "-", "../synth", "/srv/synth", "example.org/synth", "C:\\synth"] {
            assert_eq!(Origin::address(folder), None, "{folder}");
        }
    }

    #[test]
    fn an_address_with_a_password_is_refused_and_not_repeated() {
        for address in [
            "https://ada:hunter2@example.org/synth",
            "https://hunter2@example.org/synth",
            "ssh://git:hunter2@example.org/x",
        ] {
            let error = Origin::address(address).unwrap().unwrap_err();
            assert_eq!(error, OriginError::Credentials);
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn an_address_that_would_be_more_than_a_text_is_refused() {
        for (address, character) in [
            ("https://example.org/\"\nrun: x", '"'),
            ("https://example.org/${{ secrets.X }}", '$'),
            ("https://example.org/a b", ' '),
            ("https://example.org/a\\b", '\\'),
            ("https://exämple.org", 'ä'),
        ] {
            assert_eq!(Origin::address(address), Some(Err(OriginError::Character(character))), "{address}");
        }
    }

    #[test]
    fn a_folder_that_is_no_clone_is_refused_with_what_it_lacks() {
        let folder = tempfile::tempdir().unwrap();
        let error = Origin::clone_in(folder.path().to_owned()).unwrap_err().to_string();
        assert!(error.ends_with("it has no `synth/Cargo.toml`"), "{error}");
    }
}
