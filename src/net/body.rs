//! The body of an answer: decompressed and counted as it comes.
//!
//! Done here rather than by reqwest, which hides how many bytes came over the wire: the bound on
//! swelling needs them. Servers that say `gzip` and send plain text are understood as well.

use std::io::{self, Write};

use brotli_decompressor::DecompressorWriter as BrotliDecoder;
use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use zstd::stream::write::Decoder as ZstdDecoder;

use crate::text::Clean;

/// What we say that we understand.
pub(super) const ACCEPT_ENCODING: &str = "gzip, br, zstd, deflate";

/// How many times larger than on the wire an answer may become. The best that gzip makes of real
/// feeds is about 30; its utmost is 1032.
const MAX_SWELLING: u64 = 200;

/// Below this many bytes nobody counts the swelling.
const FREE: u64 = 1024 * 1024;

/// The largest window of zstd, as a power of two: 8 MB, which is all that a server may use (RFC 9659).
/// By itself the decoder would take 128 MB for each answer that asks for it.
const ZSTD_WINDOW: u32 = 23;

/// What the first byte of a brotli stream with a "large window" (up to 1 GB) ends in: no such thing
/// exists on the web (RFC 7932 §9.1).
const BROTLI_LARGE: u8 = 0b001_0001;

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

impl Encoding {
    /// Reads a `Content-Encoding` header; `None` for one that we did not offer.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.trim().to_ascii_lowercase().as_str() {
            "" | "identity" | "none" => Self::Plain,
            "gzip" | "x-gzip" => Self::Gzip,
            "deflate" => Self::Deflate,
            "br" => Self::Brotli,
            "zstd" => Self::Zstd,
            _ => return None,
        })
    }
}

/// Why a body cannot be had.
#[derive(Debug)]
pub(super) enum BodyError {
    /// More bytes than allowed.
    TooLarge,
    /// Not compressed as it says.
    Garbled(Clean),
}

/// A body coming in.
pub(super) struct Body {
    encoding: Encoding,
    limit: u64,
    wire: u64,
    /// The first bytes, kept until there are enough of them to choose the decoder.
    head: Vec<u8>,
    decoder: Option<Decoder>,
}

enum Decoder {
    Plain(Sink),
    Gzip(MultiGzDecoder<Sink>),
    Zlib(ZlibDecoder<Sink>),
    Deflate(DeflateDecoder<Sink>),
    Brotli(Box<BrotliDecoder<Sink>>),
    Zstd(ZstdDecoder<'static, Sink>),
}

/// Bytes that tell the formats apart.
const HEAD: usize = 4;

impl Body {
    /// A body of at most `limit` bytes.
    pub(super) fn new(encoding: Encoding, limit: u64) -> Self {
        Self { encoding, limit, wire: 0, head: Vec::new(), decoder: None }
    }

    /// Takes in bytes from the wire. Never holds more than the limit, whatever they swell to.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), BodyError> {
        self.wire += bytes.len() as u64;
        if self.decoder.is_none() {
            self.head.extend_from_slice(bytes);
            if self.head.len() < HEAD {
                return Ok(());
            }
            return self.begin();
        }
        self.decode(bytes)
    }

    /// The whole body. One that was compressed and is cut short gives what was there.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, BodyError> {
        if self.decoder.is_none() {
            self.begin()?;
        }
        let allowed = self.allowed();
        let Some(mut decoder) = self.decoder else { return Ok(Vec::new()) };
        decoder.sink().allowed = allowed;
        let ended = decoder.flush();
        let sink = decoder.sink();
        match ended {
            Err(error) if sink.bytes.is_empty() && self.wire > 0 => Err(sort(sink, &error)),
            Err(error) if sink.over => Err(sort(sink, &error)),
            _ => Ok(std::mem::take(&mut sink.bytes)),
        }
    }

    /// Chooses the decoder by the first bytes and gives them to it.
    fn begin(&mut self) -> Result<(), BodyError> {
        let head = std::mem::take(&mut self.head);
        let sink = Sink::default();
        let garbled = |error: io::Error| BodyError::Garbled(Clean::new(&error.to_string()));
        self.decoder = Some(match (self.encoding, &head[..]) {
            (Encoding::Gzip, [0x1f, 0x8b, ..]) => Decoder::Gzip(MultiGzDecoder::new(sink)),
            // RFC 9110 §8.4.1.2: "deflate" means zlib; some send the bare stream.
            (Encoding::Deflate, [first, second, ..]) if is_zlib(*first, *second) => {
                Decoder::Zlib(ZlibDecoder::new(sink))
            }
            (Encoding::Deflate, _) => Decoder::Deflate(DeflateDecoder::new(sink)),
            (Encoding::Brotli, [first, ..]) if first & 0x7f == BROTLI_LARGE => {
                return Err(BodyError::Garbled("it wants more memory than an answer may".into()));
            }
            (Encoding::Brotli, _) => Decoder::Brotli(Box::new(BrotliDecoder::new(sink, 8 * 1024))),
            (Encoding::Zstd, [0x28, 0xb5, 0x2f, 0xfd, ..]) => {
                let mut decoder = ZstdDecoder::new(sink).map_err(garbled)?;
                decoder.window_log_max(ZSTD_WINDOW).map_err(garbled)?;
                Decoder::Zstd(decoder)
            }
            _ => Decoder::Plain(sink),
        });
        self.decode(&head)
    }

    fn allowed(&self) -> u64 {
        self.limit.min((self.wire * MAX_SWELLING).max(FREE))
    }

    fn decode(&mut self, bytes: &[u8]) -> Result<(), BodyError> {
        let allowed = self.allowed();
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        decoder.sink().allowed = allowed;
        let written = decoder.write_all(bytes);
        let sink = decoder.sink();
        match written {
            Ok(()) => Ok(()),
            Err(error) => Err(sort(sink, &error)),
        }
    }
}

impl Decoder {
    fn sink(&mut self) -> &mut Sink {
        match self {
            Self::Plain(sink) => sink,
            Self::Gzip(decoder) => decoder.get_mut(),
            Self::Zlib(decoder) => decoder.get_mut(),
            Self::Deflate(decoder) => decoder.get_mut(),
            Self::Brotli(decoder) => decoder.get_mut(),
            Self::Zstd(decoder) => decoder.get_mut(),
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Plain(sink) => sink,
            Self::Gzip(decoder) => decoder,
            Self::Zlib(decoder) => decoder,
            Self::Deflate(decoder) => decoder,
            Self::Brotli(decoder) => decoder,
            Self::Zstd(decoder) => decoder,
        }
    }

    fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.writer().write(bytes)? {
                // The stream is over; what follows is padding that some servers send.
                0 => return Ok(()),
                taken => bytes = &bytes[taken..],
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Gzip(decoder) => decoder.try_finish(),
            Self::Zlib(decoder) => decoder.try_finish(),
            Self::Deflate(decoder) => decoder.try_finish(),
            Self::Brotli(decoder) => decoder.close(),
            Self::Zstd(decoder) => decoder.flush(),
            Self::Plain(_) => Ok(()),
        }
    }
}

/// Whether two bytes can begin a zlib stream (RFC 1950 §2.2).
fn is_zlib(first: u8, second: u8) -> bool {
    first & 0x0f == 8 && (u16::from(first) << 8 | u16::from(second)).is_multiple_of(31)
}

fn sort(sink: &Sink, error: &io::Error) -> BodyError {
    if sink.over { BodyError::TooLarge } else { BodyError::Garbled(Clean::new(&error.to_string())) }
}

/// Where the bytes go. Refuses what is more than allowed, which stops the decoder in its tracks.
#[derive(Debug, Default)]
struct Sink {
    bytes: Vec<u8>,
    allowed: u64,
    over: bool,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.bytes.len() + bytes.len()) as u64 > self.allowed {
            self.over = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const LIMIT: u64 = 4 * 1024 * 1024;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn decode(encoding: Encoding, wire: &[u8], step: usize) -> Result<Vec<u8>, BodyError> {
        let mut body = Body::new(encoding, LIMIT);
        for chunk in wire.chunks(step) {
            body.push(chunk)?;
        }
        body.finish()
    }

    #[test]
    fn no_answer_takes_memory_for_a_window_of_a_hundred_megabytes() {
        let text = b"<rss/>".repeat(3000);
        let with_window = |log: u32| {
            let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
            encoder.window_log(log).unwrap();
            // Of known size it would take a window no larger than that.
            encoder.include_contentsize(false).unwrap();
            encoder.write_all(&text).unwrap();
            encoder.finish().unwrap()
        };
        assert_eq!(decode(Encoding::Zstd, &with_window(23), 100).unwrap(), text);
        assert!(matches!(decode(Encoding::Zstd, &with_window(27), 100), Err(BodyError::Garbled(_))));
        assert!(matches!(decode(Encoding::Brotli, &[0x11, 0x1e, 0, 0, 0, 0], 1), Err(BodyError::Garbled(_))));
    }

    #[test]
    fn every_encoding_in_pieces() {
        let text: Vec<u8> = (0..20_000_u32).flat_map(|n| (n * n).to_string().into_bytes()).collect();
        let zlib = {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&text).unwrap();
            encoder.finish().unwrap()
        };
        let deflate = {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&text).unwrap();
            encoder.finish().unwrap()
        };
        let two_members = [gzip(&text[..1000]), gzip(&text[1000..])].concat();
        for (encoding, wire) in [
            (Encoding::Plain, text.clone()),
            (Encoding::Gzip, gzip(&text)),
            (Encoding::Gzip, two_members),
            (Encoding::Gzip, text.clone()),
            (Encoding::Deflate, zlib),
            (Encoding::Deflate, deflate),
            (Encoding::Zstd, zstd::encode_all(&text[..], 3).unwrap()),
            (Encoding::Zstd, text.clone()),
        ] {
            for step in [1, 7, 4096, wire.len()] {
                let decoded = decode(encoding, &wire, step).unwrap();
                assert!(decoded == text, "{encoding:?} by {step}: {} of {} bytes", decoded.len(), text.len());
            }
        }
    }

    #[test]
    fn brotli() {
        // An uncompressed meta-block, written by hand from RFC 7932 §9.2.
        let stored = [&[0x0b, 0x02, 0x80][..], b"hello", &[0x03]].concat();
        assert_eq!(decode(Encoding::Brotli, &stored, 1).unwrap(), b"hello");
    }

    #[test]
    fn bombs_are_stopped() {
        let zeros = vec![0; 64 * 1024 * 1024];
        for (encoding, wire) in [
            (Encoding::Gzip, gzip(&zeros)),
            (Encoding::Zstd, zstd::encode_all(&zeros[..], 3).unwrap()),
            (Encoding::Plain, zeros),
        ] {
            let error = decode(encoding, &wire, 16 * 1024).unwrap_err();
            assert!(matches!(error, BodyError::TooLarge), "{encoding:?}: {error:?}");
        }
    }

    #[test]
    fn a_cut_body_gives_what_was_there() {
        let text = b"<rss>".repeat(1000);
        let wire = gzip(&text);
        let decoded = decode(Encoding::Gzip, &wire[..wire.len() - 8], 100).unwrap();
        assert_eq!(decoded, text);
        assert_eq!(decode(Encoding::Gzip, b"", 1).unwrap(), b"");
        assert_eq!(decode(Encoding::Plain, b"a", 1).unwrap(), b"a");
    }

    #[test]
    fn garbage_is_said() {
        let wire = [&gzip(b"x")[..10], &[0xff; 100]].concat();
        assert!(matches!(decode(Encoding::Gzip, &wire, 1000), Err(BodyError::Garbled(_))));
        assert!(matches!(decode(Encoding::Deflate, &[0xff; 100], 1000), Err(BodyError::Garbled(_))));
        assert_eq!(Encoding::named("GZip"), Some(Encoding::Gzip));
        assert_eq!(Encoding::named("rot13"), None);
    }
}
