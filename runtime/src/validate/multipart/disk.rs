//! The sink that most want: a file in the folder for temporary ones, readable by this user only.
//! Its name is random and has nothing of the client's; it is removed unless it is kept.

use super::sink::Sink;
use bytes::{Bytes, BytesMut};
use std::{
    fs::File,
    io::{self, Write as _},
    path::Path,
};
use tempfile::TempPath;

/// How many bytes are written at once.
const AT_ONCE: usize = 64 * 1024;

/// A file in the folder for temporary ones (`TMPDIR`). Removed when it is dropped.
#[derive(Debug)]
pub struct Disk {
    path: TempPath,
    /// There while the file is received.
    file: Option<File>,
    pending: BytesMut,
}

impl Disk {
    /// Where it lies for as long as this lives.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves it to a place where it stays. What is there already is replaced. Blocks for as long as a renaming takes.
    ///
    /// # Errors
    ///
    /// The file system's, and always where the place is in another file system: copy it from its [`path`](Self::path) then. The file is
    /// removed in either case.
    pub fn keep_at(self, place: impl AsRef<Path>) -> io::Result<()> {
        self.path.persist(place).map_err(|error| error.error)
    }

    /// Writes what is pending on a thread that may block.
    async fn flush(&mut self) -> io::Result<()> {
        let mut file = self.file.take().ok_or_else(|| io::Error::other("the file is finished"))?;
        let pending = self.pending.split().freeze();
        let written = tokio::task::spawn_blocking(move || file.write_all(&pending).map(|()| file));
        self.file = Some(written.await.map_err(io::Error::other)??);
        Ok(())
    }
}

impl Sink for Disk {
    async fn open() -> io::Result<Self> {
        let created = tokio::task::spawn_blocking(|| tempfile::Builder::new().prefix("portcullis-").tempfile());
        let (file, path) = created.await.map_err(io::Error::other)??.into_parts();
        Ok(Self { path, file: Some(file), pending: BytesMut::new() })
    }

    async fn write(&mut self, chunk: Bytes) -> io::Result<()> {
        self.pending.extend_from_slice(&chunk);
        if self.pending.len() < AT_ONCE { Ok(()) } else { self.flush().await }
    }

    async fn finish(&mut self) -> io::Result<()> {
        self.flush().await?;
        self.file = None;
        self.pending = BytesMut::new();
        Ok(())
    }
}
