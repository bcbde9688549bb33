//! Finding and reading `security.toml`.
//! The nearest one wins, from the crate upwards, as with `rustfmt.toml` and `.cargo/config.toml`.

use portcullis_policy::{Roles, RuleBookFile};
use std::{
    borrow::Cow,
    env, fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

/// The name of the file.
const FILE_NAME: &str = "security.toml";

/// What was found as the rule book.
#[derive(Debug)]
pub(crate) enum BookSource {
    Found {
        path: String,
        file: Box<RuleBookFile>,
        /// Whether something in the crate depends on the file by now.
        is_tied: AtomicBool,
    },
    Missing,
    /// Empty where it was reported already.
    Broken {
        messages: Vec<String>,
    },
}

impl BookSource {
    /// Where the file is, if there is a sound one.
    pub(crate) fn path(&self) -> Option<&str> {
        match self {
            Self::Found { path, .. } => Some(path),
            Self::Missing | Self::Broken { .. } => None,
        }
    }

    /// Where the file is, for the first that ties the crate to it: once is enough for the compiler to build the crate again when the file
    /// changes, and every further time it would read the file again.
    pub(crate) fn tie(&self) -> Option<&str> {
        match self {
            Self::Found { path, is_tied, .. } if !is_tied.swap(true, Ordering::Relaxed) => Some(path),
            _ => None,
        }
    }

    /// The hierarchy of the roles; without a sound file, none includes another.
    pub(crate) fn hierarchy(&self) -> Cow<'_, Roles> {
        match self {
            Self::Found { file, .. } => Cow::Borrowed(file.hierarchy()),
            Self::Missing | Self::Broken { .. } => Cow::Owned(Roles::default()),
        }
    }

    /// The rule book of a text.
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        match RuleBookFile::parse(text) {
            Ok(file) => Self::Found { path: path.to_owned(), file: Box::new(file), is_tied: AtomicBool::new(false) },
            Err(errors) => Self::Broken { messages: errors.iter().map(|error| format!("`{FILE_NAME}` {error}")).collect() },
        }
    }
}

/// What tells whether a file was read before: its path, its length, and when it was written.
type Stamp = (String, u64, Option<SystemTime>);

/// The rule book that governs the crate which is being compiled.
pub(crate) fn find() -> Arc<BookSource> {
    /// The last file that was read: a crate has one rule book and hundreds of endpoints.
    static LAST: Mutex<Option<(Stamp, Arc<BookSource>)>> = Mutex::new(None);

    let start = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let Some(file) = nearest(Path::new(&start)) else {
        return Arc::new(BookSource::Missing);
    };
    let Some(path) = file.to_str() else {
        return Arc::new(broken("is in a folder whose name is not Unicode; rename the folder"));
    };
    let stamp = match fs::metadata(&file) {
        Ok(metadata) => (path.to_owned(), metadata.len(), metadata.modified().ok()),
        Err(error) => return Arc::new(broken(&format!("cannot be read: {error}"))),
    };
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, book)) = &*last
        && *known == stamp
    {
        return match **book {
            // One mistake is one error: the first endpoint of the crate reported it, and none of the others can know better.
            BookSource::Broken { .. } => Arc::new(BookSource::Broken { messages: Vec::new() }),
            BookSource::Found { .. } | BookSource::Missing => Arc::clone(book),
        };
    }
    let book = Arc::new(match fs::read_to_string(&file) {
        Ok(text) => BookSource::parse(path, &text),
        Err(error) => broken(&format!("cannot be read: {error}")),
    });
    *last = Some((stamp, Arc::clone(&book)));
    book
}

/// The nearest file, from the folder upwards.
pub(super) fn nearest(start: &Path) -> Option<PathBuf> {
    start.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
}

fn broken(reason: &str) -> BookSource {
    BookSource::Broken { messages: vec![format!("`{FILE_NAME}` {reason}")] }
}
