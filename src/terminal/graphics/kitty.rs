//! kitty's graphics protocol (<https://sw.kovidgoyal.net/kitty/graphics-protocol/>).
//!
//! A picture is sent once, under a number, and then shown, cut and taken away by that number. Every
//! command says `q=2`: an answer to it would only be one more thing to read.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The question whether the terminal can do it: a picture of one pixel that is not kept. It has a
/// number that none of ours gets.
pub(in crate::terminal) const QUESTION: &str = "\x1b_Gi=4294967295,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\";

/// The most that one command may carry, in bytes of base64.
const CHUNK: usize = 4096;

/// Whether a reply (the body of an APC) says that it can.
pub(in crate::terminal) fn says_yes(body: &[u8]) -> bool {
    body.starts_with(b"G") && body.ends_with(b";OK")
}

/// The commands that hand over a PNG under a number.
pub(super) fn transmit(id: u32, png: &[u8]) -> Vec<u8> {
    let data = STANDARD.encode(png);
    let chunks: Vec<&[u8]> = data.as_bytes().chunks(CHUNK).collect();
    let mut out = Vec::with_capacity(data.len() + 32 * chunks.len());
    for (n, chunk) in chunks.iter().enumerate() {
        let more = u8::from(n + 1 < chunks.len());
        // Writing into memory does not fail.
        let _ = match n {
            0 => write!(out, "\x1b_Ga=t,f=100,t=d,i={id},q=2,m={more};"),
            _ => write!(out, "\x1b_Gm={more},q=2;"),
        };
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\x1b\\");
    }
    out
}

/// Rows of a picture that are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) id: u32,
    /// The first pixel from the top, and how many.
    pub(super) from: u32,
    pub(super) height: u32,
    pub(super) width: u32,
    pub(super) columns: u16,
    pub(super) rows: u16,
}

/// Shows a piece at the cursor, which stays where it is. A picture may be shown in several places,
/// each with a `number` (not 0) of its own.
pub(super) fn show(piece: &Piece, number: usize, out: &mut Vec<u8>) {
    let Piece { id, from, height, width, columns, rows } = piece;
    let _ =
        write!(out, "\x1b_Ga=p,i={id},p={number},x=0,y={from},w={width},h={height},c={columns},r={rows},C=1,q=2\x1b\\");
}

/// Takes a picture off the screen; with `data` for good.
pub(super) fn delete(id: u32, data: bool, out: &mut Vec<u8>) {
    let what = if data { 'I' } else { 'i' };
    let _ = write!(out, "\x1b_Ga=d,d={what},i={id},q=2\x1b\\");
}
