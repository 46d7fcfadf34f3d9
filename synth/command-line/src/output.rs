//! Standard output, as a command writes to it.

use std::io::{self, BufWriter, StdoutLock, Write};

use crate::Complaint;

/// Standard output whose reader may leave: what is written then is dropped, since the answer is in the exit code, too. Any
/// other failure is an error that names standard output. Where a process begins without one, Rust opens `/dev/null` in its
/// place (`std`, "Closed standard streams"): that takes everything.
#[derive(Debug)]
pub struct Output<W: Write = StdoutLock<'static>> {
    stream: BufWriter<W>,
    reader: Reader,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reader {
    Listens,
    HasLeft,
}

impl Output {
    /// Standard output of this process.
    #[must_use]
    pub fn standard() -> Output {
        Output::to(io::stdout().lock())
    }
}

impl<W: Write> Output<W> {
    fn to(stream: W) -> Output<W> {
        Output { stream: BufWriter::new(stream), reader: Reader::Listens }
    }

    fn attempt<T>(
        &mut self,
        left: T,
        write: impl FnOnce(&mut BufWriter<W>) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.reader == Reader::HasLeft {
            return Ok(left);
        }
        match write(&mut self.stream) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.reader = Reader::HasLeft;
                Ok(left)
            }
            // Callers repeat what was interrupted.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                Err(Complaint::new(format!("standard output could not be written: {error}")).into())
            }
            written => written,
        }
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(bytes.len(), |stream| stream.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt((), BufWriter::flush)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_left_is_no_failure() {
        let mut output = Output::to(Failing(io::ErrorKind::BrokenPipe));
        assert!(output.write_all(b"a page").and_then(|()| output.flush()).is_ok());
        assert!(output.write_all(&[b'a'; 100_000]).is_ok(), "after it has left");
    }

    #[test]
    fn a_full_disk_is_a_failure_that_names_the_stream() {
        let mut output = Output::to(Failing(io::ErrorKind::StorageFull));
        let said =
            output.write_all(b"a page").and_then(|()| output.flush()).map_err(|error| error.to_string());
        assert_eq!(said, Err("standard output could not be written: no storage space".to_owned()));
    }
}
