//! Compiles `schema/proto` with protox, so that nobody needs `protoc`; and looks whether the pages'
//! script and style are there to be embedded.

use std::path::PathBuf;

/// Relative to the root of `schema/proto`.
const FILES: [&str; 4] = [
    "muster/v1/view.proto",
    "muster/v1/cause.proto",
    "muster/v1/pledge.proto",
    "muster/v1/status.proto",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let web = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../web/dist");
    // Names change with content, so the folder is what is watched.
    println!("cargo:rerun-if-changed={}", web.display());
    if !web.join("manifest.json").is_file() {
        return Err("web/dist is missing: run `npm ci && npm run build:web` in the root of the repository first".into());
    }
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../schema/proto");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    println!("cargo:rerun-if-changed={}", root.display());
    let mut compiler = protox::Compiler::new([&root])?;
    compiler
        .include_source_info(true)
        .include_imports(true)
        .open_files(FILES)?;
    // Reflection serves this very set.
    std::fs::write(
        out.join("muster.v1.bin"),
        compiler.encode_file_descriptor_set(),
    )?;
    tonic_prost_build::configure()
        .build_client(true)
        .build_transport(false)
        .compile_fds(compiler.file_descriptor_set())?;
    Ok(())
}
