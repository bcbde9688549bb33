//! Where a type picks its files up while it is read out of a form: they have no place in what serde hands around.
//! Of this thread, and only for as long as that takes, so that no other input can get at a file.

use super::sink::Rules;
use std::{
    any::Any,
    cell::{Cell, RefCell},
    sync::Arc,
};

/// A file that was received and stored.
pub(super) type Stored = Arc<dyn Any + Send + Sync>;

thread_local! {
    static FILES: RefCell<Vec<Stored>> = const { RefCell::new(Vec::new()) };
    static ASKED: Cell<Option<Rules>> = const { Cell::new(None) };
}

/// Reads a type while these files lie ready.
pub(super) fn with<T>(files: Vec<Stored>, read: impl FnOnce() -> T) -> T {
    /// Takes the files away again, also where a `Deserialize` panics.
    struct Clear;
    impl Drop for Clear {
        fn drop(&mut self) {
            FILES.take();
        }
    }

    FILES.set(files);
    let _clear = Clear;
    read()
}

/// The file of this number.
pub(super) fn pick_up(number: u64) -> Option<Stored> {
    FILES.with_borrow(|files| files.get(usize::try_from(number).ok()?).cloned())
}

/// Notes that a file is asked for under these rules.
pub(super) fn ask(rules: Rules) {
    ASKED.set(Some(rules));
}

/// The rules that were asked for meanwhile.
pub(super) fn asked(read: impl FnOnce()) -> Option<Rules> {
    ASKED.take();
    read();
    ASKED.take()
}
