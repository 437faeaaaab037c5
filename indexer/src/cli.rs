//! The command line.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use tokio_util::sync::CancellationToken;

use crate::config::Deployment;
use crate::error::{Error, Result};
use crate::follow::{Follower, Shared};
use crate::store;

/// Follows the chain, keeps the read model, and serves it.
#[derive(Debug, Parser)]
#[command(name = "muster", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Follows the chain.
    Run {
        /// The file that scripts/deploy writes.
        #[arg(long)]
        deployment: PathBuf,
        /// The database.
        #[arg(long, default_value = "sqlite://muster.db")]
        db: String,
        /// Stops once this height is indexed.
        #[arg(long)]
        until: Option<u64>,
    },
    /// Prints the SHA-256 over everything that was indexed.
    Hash {
        /// The database.
        #[arg(long, default_value = "sqlite://muster.db")]
        db: String,
        /// Refuses unless exactly this height is indexed.
        #[arg(long)]
        height: Option<u64>,
    },
}

/// Does what the command line says.
///
/// # Errors
/// One line for the person at the terminal.
pub async fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Hash { db, height } => hash(&db, height).await,
        Command::Run {
            deployment,
            db,
            until,
        } => {
            let deployment = Deployment::load(&deployment)?;
            let denoms = deployment
                .denoms
                .iter()
                .filter_map(|d| Some(d.get("denom")?.as_str()?.to_owned()));
            let shared = Arc::new(Shared::new(denoms));
            let stop = CancellationToken::new();
            stop_on_signals(&stop)?;
            let mut follower = Follower::start(&deployment, &db, shared).await?;
            follower.run(until, &stop).await
        }
    }
}

async fn hash(db: &str, height: Option<u64>) -> Result<()> {
    let mut db = store::open_writer(db).await?;
    let at = store::cursor(&mut db).await?.unwrap_or_default().height;
    if height.is_some_and(|h| h != at) {
        return Err(Error::Config(format!(
            "--height: indexed is {at}; `muster run --until` stops where you want it"
        )));
    }
    let hash = store::state_hash(&mut db).await?;
    println!("{hash}");
    Ok(())
}

fn stop_on_signals(stop: &CancellationToken) -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
        stop.cancel();
    });
    Ok(())
}
