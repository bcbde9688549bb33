//! The load: connections that each ask, read the whole answer, and ask again (HTTP/1.1 keep-alive, no pipelining).
//! On the calling thread only, so that the server has a core of its own; the request is formatted once.

use crate::{Result, arguments::Arguments, response};
use http::StatusCode;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime,
    task::JoinSet,
    time,
};

/// What a server did under load.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Load {
    /// Requests per second in which the server's thread had a core. Where the system does not tell, per second by the clock.
    pub(crate) per_core_second: f64,
    /// Requests per second by the clock.
    pub(crate) per_second: f64,
    /// The share of the time in which the server's thread had a core: below 1 it waited for requests or for other programs.
    pub(crate) busy: Option<f64>,
}

/// Asks for as long as the arguments say, after a fifth of that time to warm up.
pub(crate) fn measure(
    address: SocketAddr,
    request: &[u8],
    arguments: &Arguments,
    processor_time: impl Fn() -> Option<Duration>,
) -> Result<Load> {
    let period = Duration::from_secs_f64(arguments.seconds);
    let answered = Arc::new(AtomicU64::new(0));
    runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let mut connections = JoinSet::new();
        for _ in 0..arguments.connections {
            let stream = TcpStream::connect(address).await?;
            connections.spawn(ask_forever(stream, request.to_vec(), Arc::clone(&answered)));
        }
        run_for(&mut connections, period / 5).await?;
        let (count, used, begun) = (answered.load(Ordering::Relaxed), processor_time(), Instant::now());
        run_for(&mut connections, period).await?;
        let (count, seconds) = (answered.load(Ordering::Relaxed) - count, begun.elapsed().as_secs_f64());
        let used = used.zip(processor_time()).map(|(before, after)| after.saturating_sub(before));
        #[expect(clippy::cast_precision_loss, reason = "no run has 2^53 requests")]
        let count = count as f64;
        let used = used.map(|used| used.as_secs_f64());
        Ok(Load {
            per_core_second: count / used.unwrap_or(seconds),
            per_second: count / seconds,
            busy: used.map(|used| used / seconds),
        })
    })
}

/// Lets the connections run, and reports the first that fails.
async fn run_for(connections: &mut JoinSet<Result<()>>, period: Duration) -> Result<()> {
    match time::timeout(period, connections.join_next()).await {
        Err(_) => Ok(()),
        Ok(ended) => ended.ok_or("there is no connection")??,
    }
}

/// Returns only when something is wrong: an answer other than 200, or none.
async fn ask_forever(mut stream: TcpStream, request: Vec<u8>, answered: Arc<AtomicU64>) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; 8 * 1024];
    loop {
        stream.write_all(&request).await?;
        let status = read_answer(&mut stream, &mut buffer).await?;
        if status != StatusCode::OK {
            return Err(format!("a request was answered {status}").into());
        }
        answered.fetch_add(1, Ordering::Relaxed);
    }
}

/// Reads one whole answer and nothing after it.
async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<StatusCode> {
    let mut filled = 0;
    loop {
        let free = buffer.get_mut(filled..).filter(|free| !free.is_empty()).ok_or("the answer is longer than 8 KiB")?;
        match stream.read(free).await? {
            0 => return Err("the server closed the connection".into()),
            read => filled += read,
        }
        let Some(answer) = response::parse(buffer.get(..filled).unwrap_or_default())? else { continue };
        match filled.checked_sub(answer.length) {
            Some(0) => return Ok(answer.status),
            Some(_) => return Err("the server answered more than it was asked".into()),
            None => {}
        }
    }
}
