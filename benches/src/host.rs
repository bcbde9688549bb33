//! The servers, all on one thread: one runtime of one thread, one socket each, so that whoever is asked has one core.
//! Those that are not asked wait for their sockets, which costs nothing.

use crate::Result;
use axum::Router;
use std::{fs, net::SocketAddr, path::PathBuf, sync::mpsc, thread, time::Duration};
use tokio::{net::TcpListener, runtime};

/// The thread that serves. It ends with the program.
pub(crate) struct Host {
    /// Where each router is served, in their order.
    pub(crate) addresses: Vec<SocketAddr>,
    /// Where Linux tells what the thread has used; other systems have no such file.
    usage: Option<PathBuf>,
}

impl Host {
    pub(crate) fn start(routers: Vec<Router>) -> Result<Self> {
        let (started, is_started) = mpsc::channel();
        thread::Builder::new().name("server".to_owned()).spawn(move || {
            if let Err(error) = serve(routers, &started) {
                let _ = started.send(Err(error));
            }
        })?;
        is_started.recv()?
    }

    /// The time that the server's thread has had a core for, where the system tells.
    pub(crate) fn processor_time(&self) -> Option<Duration> {
        let text = fs::read_to_string(self.usage.as_ref()?).ok()?;
        text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    }
}

fn serve(routers: Vec<Router>, started: &mpsc::Sender<Result<Host>>) -> Result<()> {
    let thread = fs::read_link("/proc/thread-self").ok();
    let usage = thread.map(|thread| PathBuf::from("/proc").join(thread).join("schedstat"));
    runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let mut addresses = Vec::new();
        for router in routers {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
            addresses.push(listener.local_addr()?);
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            tokio::spawn(async move { axum::serve(listener, service).await });
        }
        started.send(Ok(Host { addresses, usage }))?;
        std::future::pending().await
    })
}
