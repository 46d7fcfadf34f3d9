//! Notices an emulator that no longer answers: one that is frozen holds every call to it forever.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::version;

/// Asks an emulator again and again whether it is there, until this is dropped.
#[derive(Debug)]
pub(super) struct Pulse {
    last: Arc<Mutex<Instant>>,
    patience: Duration,
    /// Its end is the thread's.
    _ended: Sender<()>,
}

/// How often it is asked within the time that it has to answer.
const ASKED: u32 = 4;

impl Pulse {
    /// Begins to ask the emulator at `endpoint`, which was there a moment ago.
    pub(super) fn of(endpoint: &str, patience: Duration) -> Pulse {
        let last = Arc::new(Mutex::new(Instant::now()));
        let (ended, end) = channel::<()>();
        let (heard, endpoint) = (Arc::clone(&last), endpoint.to_owned());
        thread::spawn(move || {
            while end.recv_timeout(patience / ASKED) == Err(RecvTimeoutError::Timeout) {
                if version::answers(&endpoint, patience / ASKED) {
                    *heard.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
                }
            }
        });
        Pulse { last, patience, _ended: ended }
    }

    /// Why the emulator is no longer of use, if so.
    pub(super) fn check(&self) -> Result<(), String> {
        let silent = self.last.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
        if silent <= self.patience {
            return Ok(());
        }
        Err(format!(
            "LocalStack has not answered for {} s: it is frozen, or the machine is too busy for it",
            silent.as_secs()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    #[test]
    fn what_answers_lives_and_what_falls_silent_does_not() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let pulse =
            Pulse::of(&format!("http://{}", listener.local_addr().unwrap()), Duration::from_millis(400));
        let answered = Instant::now();
        while answered.elapsed() < Duration::from_millis(800) {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 1024]).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}").unwrap();
            assert_eq!(pulse.check(), Ok(()));
        }
        // Frozen: its socket still takes connections.
        let silent = Instant::now();
        while pulse.check().is_ok() {
            assert!(silent.elapsed() < Duration::from_secs(10), "nobody noticed");
            thread::sleep(Duration::from_millis(10));
        }
    }
}
