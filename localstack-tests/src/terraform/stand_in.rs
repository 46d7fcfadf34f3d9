//! What init looks at in the place of the AWS provider: it reads all 700 MB for a checksum that is known.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;
use tempfile::TempDir;
use warm_provider::{Folder, Installed};

use super::{Engine, Mirror};

/// A mirror with the same versions of the AWS provider, all of whose files are empty: terraform chooses among them, or
/// refuses, as it would among the real ones.
#[derive(Debug)]
pub(super) struct StandIn {
    mirror: TempDir,
    address: String,
    platform: String,
    /// The real packages, by version.
    packages: BTreeMap<String, PathBuf>,
}

impl StandIn {
    /// For what `mirrors` hold of the provider; none if they hold nothing of it, or hold it packed.
    pub(super) fn of(mirrors: &[Mirror], engine: &Engine) -> io::Result<Option<StandIn>> {
        let address = format!("{}/hashicorp/aws", engine.product.registry());
        let mut packages = BTreeMap::new();
        for mirror in mirrors.iter().filter(|mirror| mirror.providers.contains(&address)) {
            for entry in fs::read_dir(mirror.folder.join(&address))? {
                let entry = entry?;
                if entry.path().is_file() {
                    return Ok(None);
                }
                let package = entry.path().join(&engine.platform);
                if package.is_dir() {
                    // Terraform takes a version from the first mirror that has it.
                    packages.entry(entry.file_name().to_string_lossy().into_owned()).or_insert(package);
                }
            }
        }
        if packages.is_empty() {
            return Ok(None);
        }
        let platform = engine.platform.clone();
        let stand_in = StandIn { mirror: tempfile::tempdir()?, address, platform, packages };
        for (version, package) in &stand_in.packages {
            let empty = stand_in.below(stand_in.mirror.path(), version);
            fs::create_dir_all(&empty)?;
            for file in fs::read_dir(package)? {
                fs::write(empty.join(file?.file_name()), [])?;
            }
        }
        Ok(Some(stand_in))
    }

    /// `mirrors` with this one in front, which alone has the provider.
    pub(super) fn among(&self, mirrors: &[Mirror]) -> Vec<Mirror> {
        let own = Mirror {
            folder: self.mirror.path().to_owned(),
            providers: [self.address.clone()].into_iter().collect(),
        };
        let mut all = vec![own];
        for mirror in mirrors {
            let mut other = mirror.clone();
            other.providers.remove(&self.address);
            if !other.providers.is_empty() {
                all.push(other);
            }
        }
        all
    }

    /// Puts the package that init has chosen for `folder` in its place, and its checksum into the lock file.
    ///
    /// # Errors
    /// If init has left anything but a link and one checksum, or the package cannot be read: nobody should work there.
    pub(super) fn give_way(&self, folder: &Path, cache: &Path) -> io::Result<()> {
        let path = folder.join(".terraform.lock.hcl");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            // A stack without providers.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut locked: Body = text.parse().map_err(io::Error::other)?;
        let blocks = locked.get_blocks_mut("provider");
        let mut ours =
            blocks.filter(|block| block.labels.first().is_some_and(|label| label.as_str() == self.address));
        let Some(block) = ours.next() else { return Ok(()) };

        let unknown = || io::Error::other("a lock file of another layout");
        let version = block.body.get_attribute("version").and_then(|version| version.value.as_str());
        let version = version.ok_or_else(unknown)?;
        let package = self.packages.get(version).ok_or_else(unknown)?;
        let folder = Folder::new(folder);
        let link = self.below(&folder.data.join("providers"), version);
        // No link can be removed where terraform has copied the package instead.
        fs::remove_file(&link)?;
        symlink(package, &link)?;

        let installed = Installed::find(&folder).map_err(io::Error::other)?.ok_or_else(unknown)?;
        let checksum = installed.checksum(cache).ok_or_else(unknown)?;
        let mut hashes = block.body.get_attribute_mut("hashes").ok_or_else(unknown)?;
        let list = hashes.value_mut().as_array_mut().filter(|list| list.len() == 1).ok_or_else(unknown)?;
        let Some(Expression::String(hash)) = list.get_mut(0) else { return Err(unknown()) };
        *hash.value_mut() = checksum;
        drop(ours);
        fs::write(path, locked.to_string())
    }

    /// Where a package is in `folder`, a mirror or what init has installed.
    fn below(&self, folder: &Path, version: &str) -> PathBuf {
        folder.join(&self.address).join(version).join(&self.platform)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terraform::Product;
    use semver::Version;

    const ADDRESS: &str = "registry.terraform.io/hashicorp/aws";

    /// A mirror with one version, and a folder in which init has chosen it from the stand-in.
    struct Chosen {
        root: TempDir,
        stand_in: StandIn,
    }

    fn engine() -> Engine {
        Engine {
            program: "terraform".into(),
            product: Product::Terraform,
            version: Version::new(1, 11, 4),
            platform: "linux_amd64".to_owned(),
        }
    }

    fn mirror(folder: &Path, others: &[&str]) -> Mirror {
        let providers = others.iter().map(|other| (*other).to_owned()).chain([ADDRESS.to_owned()]).collect();
        Mirror { folder: folder.to_owned(), providers }
    }

    impl Chosen {
        fn new() -> Chosen {
            let root = tempfile::tempdir().unwrap();
            let package = root.path().join("mirror").join(ADDRESS).join("5.1.0/linux_amd64");
            fs::create_dir_all(&package).unwrap();
            fs::write(package.join("terraform-provider-aws_v5.1.0"), "a program").unwrap();
            let mirrors = [mirror(&root.path().join("mirror"), &[])];
            let stand_in = StandIn::of(&mirrors, &engine()).unwrap().unwrap();
            let chosen = Chosen { root, stand_in };
            fs::create_dir_all(chosen.link().parent().unwrap()).unwrap();
            symlink(chosen.empty(), chosen.link()).unwrap();
            chosen.lock("hashes = [\n    \"h1:empty\",\n  ]");
            chosen
        }

        fn lock(&self, hashes: &str) {
            let lock = format!("provider \"{ADDRESS}\" {{\n  version = \"5.1.0\"\n  {hashes}\n}}\n");
            fs::write(self.root.path().join(".terraform.lock.hcl"), lock).unwrap();
        }

        fn link(&self) -> PathBuf {
            self.stand_in.below(&self.root.path().join(".terraform/providers"), "5.1.0")
        }

        fn empty(&self) -> PathBuf {
            self.stand_in.below(self.stand_in.mirror.path(), "5.1.0")
        }

        fn give_way(&self) -> io::Result<String> {
            self.stand_in.give_way(self.root.path(), &self.root.path().join("cache"))?;
            fs::read_to_string(self.root.path().join(".terraform.lock.hcl"))
        }
    }

    #[test]
    fn a_stand_in_has_the_files_without_their_content() {
        let chosen = Chosen::new();
        let file = chosen.empty().join("terraform-provider-aws_v5.1.0");
        assert_eq!(fs::read(file).unwrap(), b"");
    }

    #[test]
    fn the_package_and_its_checksum_take_the_place() {
        let chosen = Chosen::new();
        let locked = chosen.give_way().unwrap();
        let program = fs::read(chosen.link().join("terraform-provider-aws_v5.1.0")).unwrap();
        assert_eq!(program, b"a program");
        // printf '%s  terraform-provider-aws_v5.1.0\n' "$(printf 'a program' | sha256sum | cut -d' ' -f1)" |
        //   openssl dgst -sha256 -binary | base64
        let expected = "hashes = [\n    \"h1:7k+4LIPKaHFKDyZeox9T5H1XLXiwKTKscZVTuIKw8dw=\",\n  ]\n}\n";
        assert!(locked.ends_with(expected), "{locked}");
    }

    #[test]
    fn a_package_that_changed_has_its_new_checksum() {
        let chosen = Chosen::new();
        let before = chosen.give_way().unwrap();
        let program = chosen.stand_in.packages["5.1.0"].join("terraform-provider-aws_v5.1.0");
        fs::write(program, "another program").unwrap();
        fs::remove_file(chosen.link()).unwrap();
        symlink(chosen.empty(), chosen.link()).unwrap();
        assert_ne!(chosen.give_way().unwrap(), before);
    }

    #[test]
    fn what_init_is_not_known_to_leave_is_refused() {
        let copied = Chosen::new();
        fs::remove_file(copied.link()).unwrap();
        fs::create_dir(copied.link()).unwrap();
        assert!(copied.give_way().is_err());
        for hashes in
            ["", "hashes = []", "hashes = [\"h1:x\", \"zh:y\"]", "hashes = [7]", "hashes = \"h1:x\"", "= {"]
        {
            let chosen = Chosen::new();
            chosen.lock(hashes);
            assert!(chosen.give_way().is_err(), "{hashes}");
        }
    }

    #[test]
    fn a_stack_without_the_provider_stays_as_it_is() {
        let chosen = Chosen::new();
        let lock = chosen.root.path().join(".terraform.lock.hcl");
        let others = "provider \"registry.terraform.io/hashicorp/random\" {\n  version = \"3.0.0\"\n}\n";
        fs::write(&lock, others).unwrap();
        assert_eq!(chosen.give_way().unwrap(), others);
        fs::remove_file(&lock).unwrap();
        chosen.stand_in.give_way(chosen.root.path(), chosen.root.path()).unwrap();
        assert!(!lock.exists());
    }

    #[test]
    fn a_provider_that_is_packed_or_absent_has_no_stand_in() {
        let root = tempfile::tempdir().unwrap();
        let packages = root.path().join(ADDRESS);
        fs::create_dir_all(packages.join("5.1.0/darwin_arm64")).unwrap();
        let mirrors = [mirror(root.path(), &[])];
        assert!(StandIn::of(&mirrors, &engine()).unwrap().is_none());
        fs::create_dir_all(packages.join("5.1.0/linux_amd64")).unwrap();
        assert!(StandIn::of(&mirrors, &engine()).unwrap().is_some());
        fs::write(packages.join("terraform-provider-aws_5.2.0_linux_amd64.zip"), "").unwrap();
        assert!(StandIn::of(&mirrors, &engine()).unwrap().is_none());
        assert!(StandIn::of(&[], &engine()).unwrap().is_none());
    }

    #[test]
    fn other_providers_come_from_where_they_are() {
        let chosen = Chosen::new();
        let random = "registry.terraform.io/hashicorp/random";
        let real = Path::new("/mirror");
        let among = chosen.stand_in.among(&[mirror(real, &[random]), mirror(real, &[])]);
        let held: Vec<(&Path, Vec<&str>)> = among
            .iter()
            .map(|mirror| (mirror.folder.as_path(), mirror.providers.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(held, [(chosen.stand_in.mirror.path(), vec![ADDRESS]), (real, vec![random])]);
    }
}
