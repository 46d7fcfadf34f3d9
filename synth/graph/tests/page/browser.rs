//! A page in Chromium without a window: what a script sees in it, and whatever its console says.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// Where the script leaves what it saw, for `--dump-dom` to print.
const MARK: &str = "observed-by-the-test";

/// Browsers of Chromium's family, as distributions call them.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// What a script returns that runs in the loaded page. Errors and refusals of the page itself fail the test. Nothing, where
/// `SYNTH_WITHOUT_CHROMIUM` says that there is no browser.
pub(crate) fn observed(page: &str, script: &str) -> Option<Value> {
    if std::env::var_os("SYNTH_WITHOUT_CHROMIUM").is_some() {
        println!("NOT PROVEN: the page in a browser (SYNTH_WITHOUT_CHROMIUM is set)");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    fs::write(&file, with_script(page, script)).unwrap();
    let output = Command::new(browser())
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1600,1000"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .args(["--enable-logging=stderr", "--dump-dom"])
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let console: Vec<&str> = said.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert_eq!(console, Vec::<&str>::new());
    let dom = String::from_utf8(output.stdout).unwrap();
    let start = format!("<output id=\"{MARK}\">");
    let Some((_, rest)) = dom.split_once(&start) else { panic!("the page did not end: {said}") };
    let text = rest.split("</output>").next().unwrap();
    let unescaped =
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&nbsp;", "\u{a0}");
    Some(serde_json::from_str(&unescaped).unwrap())
}

fn with_script(page: &str, script: &str) -> String {
    let observer = format!(
        "<script>
         const seen = (() => {{ {script} }})();
         const output = document.createElement('output');
         output.id = '{MARK}';
         output.textContent = JSON.stringify(seen);
         document.documentElement.append(output);
         </script></body>"
    );
    page.replace("</body>", &observer)
}

fn browser() -> PathBuf {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return PathBuf::from(named);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let found = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file());
    found.unwrap_or_else(|| {
        panic!(
            "no Chromium: install it (Debian: `apt-get install chromium`), name one in CHROMIUM, or set \
             SYNTH_WITHOUT_CHROMIUM=1 to pass with nothing proven"
        )
    })
}
