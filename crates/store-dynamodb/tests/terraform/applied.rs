//! An environment of `infra/envs`, applied at a local AWS.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// Where Terraform finds the AWS provider, laid out as a mirror: `registry.terraform.io/hashicorp/aws/…`.
const PLUGINS: &str = "VIBESHEETS_TEST_TERRAFORM_PLUGINS";

/// What was made, and the folder that knows it.
pub struct Applied {
    /// Removed with this.
    _folder: TempDir,
    outputs: Value,
}

impl Applied {
    /// Applies `environment`, with all of AWS at `endpoint`; `None` where Terraform or its provider is missing, and says
    /// that `what` went unchecked.
    pub fn apply(environment: &str, endpoint: &str, what: &str) -> Option<Self> {
        assert!(endpoint.starts_with("http://127.0.0.1:"), "{endpoint} is not on this machine");
        let Some(plugins) = plugins() else {
            eprintln!("SKIPPED: {PLUGINS} names no folder with the AWS provider, so {what} went unchecked");
            return None;
        };
        if Command::new("terraform").arg("-version").output().is_err() {
            eprintln!("SKIPPED: no terraform here, so {what} went unchecked");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        copy(&project.join("infra"), &folder.path().join("infra"));
        // The modules read it.
        let rights = Path::new("crates/lambda/rights.json");
        fs::create_dir_all(folder.path().join("crates/lambda")).expect("a folder");
        fs::copy(project.join(rights), folder.path().join(rights)).expect("copied");
        let root = folder.path().join("infra/envs").join(environment);
        // The operator's state lies in a bucket.
        fs::write(root.join("backend_override.tf"), "terraform {\n  backend \"local\" {}\n}\n")
            .expect("written");
        let mut plugin_dir = OsString::from("-plugin-dir=");
        plugin_dir.push(plugins);
        terraform(&root, endpoint, &["init".into(), plugin_dir]);
        terraform(&root, endpoint, &["apply".into(), "-auto-approve".into()]);
        // What was made is what is wanted: another run would change nothing.
        terraform(&root, endpoint, &["plan".into(), "-detailed-exitcode".into()]);
        let outputs = terraform(&root, endpoint, &["output".into(), "-json".into()]);
        Some(Self { _folder: folder, outputs: serde_json::from_slice(&outputs).expect("JSON") })
    }

    /// One of its outputs.
    pub fn output(&self, name: &str) -> &str {
        self.outputs[name]["value"].as_str().expect("an output")
    }
}

fn plugins() -> Option<PathBuf> {
    let (_, folder) = std::env::vars_os().find(|(name, _)| name == PLUGINS)?;
    let folder = PathBuf::from(folder);
    assert!(folder.is_absolute() && folder.is_dir(), "{PLUGINS} is {}, which is no folder", folder.display());
    Some(folder)
}

/// Runs it so that nothing but `endpoint` can be reached with rights, and holds that it succeeds.
fn terraform(folder: &Path, endpoint: &str, arguments: &[OsString]) -> Vec<u8> {
    let of_the_machine = std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "HOME");
    let ran = Command::new("terraform")
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .envs(of_the_machine)
        .envs([
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_ENDPOINT_URL", endpoint),
            // No configuration of the machine's user.
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("TF_CLI_CONFIG_FILE", "/dev/null"),
            ("CHECKPOINT_DISABLE", "1"),
            ("TF_IN_AUTOMATION", "1"),
            ("TF_INPUT", "0"),
        ])
        .output()
        .expect("terraform runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(ran.status.success(), "{arguments:?}: {}{}", text(&ran.stdout), text(&ran.stderr));
    ran.stdout
}

/// Copies a folder, without what Terraform left in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for found in fs::read_dir(from).expect("a folder") {
        let found = found.expect("an item");
        let (path, name) = (found.path(), found.file_name());
        if path.is_dir() {
            if name != ".terraform" {
                copy(&path, &to.join(name));
            }
        } else if path.extension().is_some_and(|extension| extension == "tf") {
            fs::copy(&path, to.join(name)).expect("copied");
        }
    }
}
