//! The command line.

mod limits;
mod sponsor;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio_util::sync::CancellationToken;

use self::limits::LimitArgs;
use self::sponsor::SponsorArgs;
use crate::attest::{self, Attest};
use crate::config::Deployment;
use crate::error::{Error, Result};
use crate::follow::{Follower, Shared};
use crate::pages;
use crate::read::Reader;
use crate::serve::forward::ChainInfo;
use crate::serve::limits::{Clients, Limits};
use crate::serve::node::Node;
use crate::serve::{self, ServeState};
use crate::{solvency, store};

/// Follows the chain, keeps the read model, and serves it.
#[derive(Debug, Parser)]
#[command(name = "muster", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Follows the chain and serves what it finds.
    Run(Box<RunArgs>),
    /// Signs attestations that gates ask for, lists and revokes them.
    #[command(subcommand)]
    Attest(Box<Attest>),
    /// Takes what people without coins signed, and pays for sending it.
    Sponsor(Box<SponsorArgs>),
    /// Prints the SHA-256 over everything that was indexed.
    Hash {
        /// The database.
        #[arg(long, env = "MUSTER_DB", default_value = "sqlite://muster.db")]
        db: String,
        /// Refuses unless exactly this height is indexed.
        #[arg(long)]
        height: Option<u64>,
    },
}

#[derive(Args, Debug)]
struct RunArgs {
    /// The file that scripts/deploy writes.
    #[arg(long, env = "MUSTER_DEPLOYMENT")]
    deployment: PathBuf,
    /// The database.
    #[arg(long, env = "MUSTER_DB", default_value = "sqlite://muster.db")]
    db: String,
    /// Where to listen; loopback unless told otherwise.
    #[arg(long, env = "MUSTER_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Stops once this height is indexed, without serving.
    #[arg(long)]
    until: Option<u64>,
    /// Who sends what people without coins sign (`muster sponsor`): addresses on the web, several
    /// with commas, the preferred first; besides those of the deployment file.
    #[arg(
        long,
        env = "MUSTER_SPONSORS",
        value_name = "URL",
        value_delimiter = ','
    )]
    sponsor: Vec<String>,
    #[command(flatten)]
    limits: LimitArgs,
}

/// Does what the command line says.
///
/// # Errors
/// One line for the person at the terminal.
pub async fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Hash { db, height } => hash(&db, height).await,
        Command::Attest(what) => attest::run(*what),
        Command::Sponsor(args) => {
            let stop = CancellationToken::new();
            stop_on_signals(&stop)?;
            crate::sponsor::run((*args).into(), stop).await
        }
        Command::Run(args) => {
            let stop = CancellationToken::new();
            stop_on_signals(&stop)?;
            follow(*args, stop).await
        }
    }
}

async fn follow(args: RunArgs, stop: CancellationToken) -> Result<()> {
    let deployment = Deployment::load(&args.deployment)?;
    let denoms = deployment
        .denoms
        .iter()
        .filter_map(|d| Some(d.get("denom")?.as_str()?.to_owned()));
    let metrics = PrometheusBuilder::new()
        .install_recorder()
        .map_err(|e| Error::Config(format!("metrics: {e}")))?;
    let shared = Arc::new(Shared::new(denoms));
    let mut follower = tokio::select! {
        () = stop.cancelled() => return Ok(()),
        started = Follower::start(&deployment, &args.db, shared.clone()) => started?,
    };
    if args.until.is_some() {
        return follower.run(args.until, &stop).await;
    }
    let socket = serve::bind(args.listen).await.map_err(Error::Config)?;
    let limits: Arc<Limits> = Arc::new(args.limits.into());
    let reader = Reader::open(&args.db, shared.clone()).await?;
    let state = ServeState {
        source: Arc::new(reader.clone()),
        node: Node::new(deployment.rpc.clone())?,
        chain: Arc::new(chain_info(&args.deployment, args.sponsor)?),
        clients: Clients::new(limits.clone()),
        limits,
        metrics: Some(metrics),
        shutdown: stop.clone(),
    };
    let following = async {
        let result = follower.run(None, &stop).await;
        stop.cancel(); // without its follower, a server would only grow stale
        result
    };
    let pages = pages::router(state.clone());
    let serving = async {
        let result = serve::serve(socket, state, pages).await;
        stop.cancel();
        result
    };
    let comparing = solvency::watch(reader, deployment, shared, stop.clone());
    let (followed, served, ()) = tokio::join!(following, serving, comparing);
    followed.and(served.map_err(Error::from))
}

fn chain_info(path: &Path, sponsors: Vec<String>) -> Result<ChainInfo> {
    let text = std::fs::read_to_string(path)?;
    let mut info = ChainInfo::from_deployment(&text)
        .map_err(|e| Error::Config(format!("deployment file: {e}")))?;
    info.sponsors.extend(sponsors);
    Ok(info)
}

async fn hash(db: &str, height: Option<u64>) -> Result<()> {
    let mut db = store::open_reader(db).await?;
    // One snapshot, in case somebody is writing.
    sqlx::query("BEGIN").execute(&mut db).await?;
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
    let (mut term, mut int) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
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
