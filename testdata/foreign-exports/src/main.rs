//! `foreign-exports --tool toggl --variant plain --rows 1000 --seed 1 --out DIR`

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use foreign_exports::{Tool, Variant, generate, malformed};

/// Writes exports as other time trackers would, each with a sidecar that says what is true about every row.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Whose export; both when left out
    #[arg(long, value_enum)]
    tool: Option<ToolName>,
    /// Which form of it (see --list); every form when left out
    #[arg(long, requires = "tool")]
    variant: Option<String>,
    /// Rows of data in each file
    #[arg(long, default_value_t = 1000)]
    rows: usize,
    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Directory to write TOOL-VARIANT.csv and TOOL-VARIANT.truth.json into
    #[arg(long, required_unless_present = "list")]
    out: Option<PathBuf>,
    /// Write the malformed files instead, as NAME.csv
    #[arg(long, conflicts_with_all = ["tool", "variant"])]
    malformed: bool,
    /// Print the variants and the malformed files
    #[arg(long)]
    list: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum ToolName {
    Toggl,
    Clockify,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("foreign-exports: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let variants = chosen(arguments)?;
    if arguments.list {
        list(&variants);
        return Ok(());
    }
    let out = arguments.out.as_deref().ok_or("--out DIR is needed")?;
    fs::create_dir_all(out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
    if arguments.malformed {
        return malformed::all()
            .iter()
            .try_for_each(|file| write(out, &format!("{}.csv", file.name), &file.bytes));
    }
    for variant in variants {
        let made = generate(variant.tool, variant, arguments.rows, arguments.seed);
        let name = format!("{}-{}", variant.tool.name(), variant.name);
        let truth = serde_json::to_vec_pretty(&made.truth).map_err(|error| error.to_string())?;
        write(out, &format!("{name}.csv"), &made.csv)?;
        write(out, &format!("{name}.truth.json"), &truth)?;
    }
    Ok(())
}

fn chosen(arguments: &Arguments) -> Result<Vec<&'static Variant>, String> {
    let tools = match arguments.tool {
        Some(ToolName::Toggl) => vec![Tool::Toggl],
        Some(ToolName::Clockify) => vec![Tool::Clockify],
        None => vec![Tool::Toggl, Tool::Clockify],
    };
    match (&arguments.variant, &tools[..]) {
        (Some(name), &[tool]) => {
            let unknown = || format!("{} has no variant {name:?}; --list names them", tool.name());
            Ok(vec![Variant::named(tool, name).ok_or_else(unknown)?])
        }
        _ => Ok(tools.into_iter().flat_map(Variant::all).collect()),
    }
}

fn list(variants: &[&Variant]) {
    for variant in variants {
        println!("{:9} {:22} {}", variant.tool.name(), variant.name, variant.about);
    }
    for file in malformed::all() {
        println!("{:9} {:22} {}", "malformed", file.name, file.about);
    }
}

fn write(directory: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    let path = directory.join(name);
    fs::write(&path, bytes).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
