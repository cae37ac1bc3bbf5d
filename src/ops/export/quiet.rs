//! A file that fails once.
//!
//! A writer of archives that cannot write the end tries again as it is dropped, and says what goes wrong
//! with that on standard error: in the middle of the reader's screen, where the disk is full. What failed
//! once is told once; after that there is nothing left to fail.

use std::io::{self, Seek, SeekFrom, Write};

/// Hands everything on to `W` until that fails, and nothing after.
#[derive(Debug)]
pub(super) struct Quiet<W> {
    inner: W,
    /// Where the next byte goes.
    at: u64,
    /// The furthest place that was written to.
    end: u64,
    failed: bool,
}

impl<W: Write + Seek> Quiet<W> {
    /// Around a writer at its beginning.
    pub(super) fn around(inner: W) -> Self {
        Self { inner, at: 0, end: 0, failed: false }
    }

    /// What came of something; `instead` where it is not even tried any more.
    fn once<T>(&mut self, instead: T, act: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.failed {
            return Ok(instead);
        }
        let done = act(&mut self.inner);
        // Interrupted is no failure: whoever writes tries again.
        self.failed = done.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        done
    }
}

impl<W: Write + Seek> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.once(bytes.len(), |inner| inner.write(bytes))?;
        self.at = self.at.saturating_add(written as u64);
        self.end = self.end.max(self.at);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.once((), W::flush)
    }
}

impl<W: Write + Seek> Seek for Quiet<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        // It may have failed in the middle of going back: whoever asks where it is, is at the end, which
        // no place that was seen before lies beyond.
        let instead = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(_) | SeekFrom::End(_) => self.end,
        };
        self.at = self.once(instead, |inner| inner.seek(to))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::export::book::Book;

    /// A disk with room for so many bytes; counts how often it said that it is full.
    struct Small<'a> {
        room: usize,
        at: u64,
        refused: &'a mut usize,
    }

    impl Write for Small<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if bytes.len() > self.room {
                *self.refused += 1;
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.room -= bytes.len();
            self.at += bytes.len() as u64;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Small<'_> {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.at = match to {
                SeekFrom::Start(at) => at,
                SeekFrom::Current(by) | SeekFrom::End(by) => self.at.saturating_add_signed(by),
            };
            Ok(self.at)
        }
    }

    #[test]
    fn a_full_disk_is_told_once_wherever_the_book_breaks_off() {
        let broken = (0..100_000).step_by(3).take_while(|room| {
            let mut refused = 0;
            let disk = Quiet::around(Small { room: *room, at: 0, refused: &mut refused });
            let done = Book::begin(disk, &"A book".into())
                .and_then(|book| book.end(crate::model::Time(0), &jiff::tz::TimeZone::UTC));
            // Its writer is dropped by now, as far as it ever is: the disk was not asked again.
            assert_eq!(refused, usize::from(done.is_err()), "room for {room} bytes");
            done.is_err()
        });
        assert!((100..30_000).contains(&broken.count()), "it fits in the end");
    }
}
