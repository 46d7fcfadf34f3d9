//! Not more terraform at once than the machine can bear, over all processes of all suites.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Files that whoever runs terraform locks: the system lets go of the lock of a process that is killed.
#[derive(Clone, Debug)]
pub(crate) struct Turns {
    folder: PathBuf,
    most: usize,
}

/// Leave to run terraform, as long as this is there.
#[derive(Debug)]
pub(crate) struct Turn {
    _locked: File,
}

/// How often somebody who waits looks again.
const LOOK: Duration = Duration::from_millis(50);

impl Turns {
    /// At most `most` at once, of all who name the same folder.
    pub(crate) fn of(folder: &Path, most: usize) -> Turns {
        Turns { folder: folder.to_owned(), most: most.max(1) }
    }

    /// Waits until it is one's turn; `waiting` is called now and then.
    pub(crate) fn take(&self, mut waiting: impl FnMut()) -> io::Result<Turn> {
        fs::create_dir_all(&self.folder)?;
        let places = (0..self.most).map(|place| File::create(self.folder.join(place.to_string())));
        let mut places: Vec<File> = places.collect::<io::Result<_>>()?;
        loop {
            for (at, place) in places.iter().enumerate() {
                match place.try_lock() {
                    Ok(()) => return Ok(Turn { _locked: places.swap_remove(at) }),
                    Err(TryLockError::WouldBlock) => {}
                    Err(TryLockError::Error(error)) => return Err(error),
                }
            }
            waiting();
            thread::sleep(LOOK);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_more_than_that_many_run_at_once_and_all_come_to_their_turn() {
        let folder = tempfile::tempdir().unwrap();
        let (running, most, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let _turn = Turns::of(folder.path(), 2).take(|| {}).unwrap();
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(20));
                    running.fetch_sub(1, Ordering::SeqCst);
                    done.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!((most.into_inner(), done.into_inner()), (2, 6));
    }

    #[test]
    fn none_at_all_would_be_for_ever_and_means_one() {
        let folder = tempfile::tempdir().unwrap();
        let turns = Turns::of(folder.path(), 0);
        let turn = turns.take(|| {}).unwrap();
        drop(turn);
        turns.take(|| panic!("it was free")).unwrap();
    }
}
