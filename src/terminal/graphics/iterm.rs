//! iTerm2's inline images (<https://iterm2.com/documentation-images.html>).

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The bytes that show a PNG at the cursor, in one row of so many columns.
pub(super) fn inline(png: &[u8], columns: u16) -> Vec<u8> {
    let mut out = Vec::with_capacity(png.len() * 4 / 3 + 128);
    // Writing into memory does not fail.
    let _ = write!(
        out,
        "\x1b]1337;File=inline=1;size={};width={columns};height=1;preserveAspectRatio=0;doNotMoveCursor=1:{}\x07",
        png.len(),
        STANDARD.encode(png)
    );
    out
}
