//! The cost of a call without a socket: the router as a service, asked again and again.
//! Requests are made outside of the time that counts; their end and the answer's are inside it.

use crate::{Result, contestant::RequestTemplate, statistics::Series};
use axum::{Router, body::Body, extract::ConnectInfo, response::Response};
use http::{Request, StatusCode};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};
use tokio::{runtime, task};
use tower_service::Service;

/// The peer of a call that has none.
pub(crate) const PEER: ConnectInfo<SocketAddr> = ConnectInfo(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 40_000));

/// How many requests are made at a time: few enough to stay in the nearest cache, many enough to outweigh reading the clock.
const BATCH: u32 = 32;

/// The nanoseconds of a call, by the median of the batches that the period has room for, so that one in which the thread lost its
/// core does not count. A fifth of the period warms up before.
pub(crate) fn measure(router: &Router, request: &RequestTemplate, period: Duration) -> Result<f64> {
    let mut router = router.clone();
    runtime()?.block_on(async {
        batches(&mut router, request, period / 5).await?;
        batches(&mut router, request, period).await
    })
}

async fn batches(router: &mut Router, request: &RequestTemplate, period: Duration) -> Result<f64> {
    let (mut series, mut spent) = (Series::default(), Duration::ZERO);
    while spent < period {
        let batch: Vec<_> = (0..BATCH).map(|_| request.make()).collect();
        let mut refused = None;
        let begun = Instant::now();
        for request in batch {
            let answer = ask(router, request).await?;
            if answer.status() != StatusCode::OK {
                refused = Some(answer.status());
            }
        }
        let took = begun.elapsed();
        if let Some(status) = refused {
            return Err(format!("a call was answered {status}").into());
        }
        spent += took;
        series.push(took.as_secs_f64() * 1e9 / f64::from(BATCH));
        // As between two reads of a socket: timers and others get their turn.
        task::yield_now().await;
    }
    Ok(series.summary(|nanoseconds| *nanoseconds).median)
}

/// One call, on a runtime of its own.
pub(crate) fn call(router: &Router, request: Request<Body>) -> Result<Response> {
    let mut router = router.clone();
    runtime()?.block_on(ask(&mut router, request))
}

async fn ask(router: &mut Router, request: Request<Body>) -> Result<Response> {
    std::future::poll_fn(|cx| Service::<Request<Body>>::poll_ready(router, cx)).await?;
    Ok(router.call(request).await?)
}

fn runtime() -> Result<runtime::Runtime> {
    Ok(runtime::Builder::new_current_thread().enable_time().build()?)
}
