//! Colours brought down to those a terminal can show.

use ratatui::style::Color;

/// The six steps of each channel in xterm's colour cube (palette entries 16 to 231).
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of xterm's 256 colours; the first sixteen are left out, since people change them.
pub(super) fn to_palette(color: Color) -> Color {
    let Color::Rgb(r, g, b) = color else { return color };
    let step = |channel: u8| (0..CUBE.len()).min_by_key(|i| CUBE[*i].abs_diff(channel)).unwrap_or(0);
    let (i, j, k) = (step(r), step(g), step(b));
    let cube = (16 + 36 * i + 6 * j + k, [CUBE[i], CUBE[j], CUBE[k]]);
    // The ramp of 24 greys, 8 to 238 in tens, is finer than the cube's diagonal.
    let mean = (u32::from(r) + u32::from(g) + u32::from(b)) / 3;
    let n = (mean.saturating_sub(3) / 10).min(23) as usize;
    let grey = 8 + 10 * n as u8;
    let grey = (232 + n, [grey; 3]);
    let nearest = if distance([r, g, b], grey.1) < distance([r, g, b], cube.1) { grey } else { cube };
    // Palette entries are 16 to 255.
    Color::Indexed(u8::try_from(nearest.0).unwrap_or(u8::MAX))
}

/// The sixteen named colours as xterm draws them, near enough to choose by.
const NAMED: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The nearest of the sixteen named colours.
pub(super) fn to_sixteen(color: Color) -> Color {
    let rgb = match color {
        Color::Rgb(r, g, b) => [r, g, b],
        Color::Indexed(n @ 16..=231) => {
            let n = usize::from(n - 16);
            [CUBE[n / 36], CUBE[n / 6 % 6], CUBE[n % 6]]
        }
        Color::Indexed(n @ 232..) => [8 + 10 * (n - 232); 3],
        named => return named,
    };
    NAMED.iter().min_by_key(|(_, known)| distance(rgb, *known)).map_or(color, |(named, _)| *named)
}

/// How unlike two colours look, roughly (squares, the channels weighted as the eye does).
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let square = |i: usize| u32::from(a[i].abs_diff(b[i])).pow(2);
    2 * square(0) + 4 * square(1) + 3 * square(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palette_takes_the_nearest() {
        assert_eq!(to_palette(Color::Rgb(0, 0, 0)), Color::Indexed(16));
        assert_eq!(to_palette(Color::Rgb(255, 255, 255)), Color::Indexed(231));
        assert_eq!(to_palette(Color::Rgb(0x80, 0x80, 0x80)), Color::Indexed(244));
        assert_eq!(to_palette(Color::Rgb(0xff, 0, 0)), Color::Indexed(196));
        assert_eq!(to_palette(Color::Red), Color::Red);
    }

    #[test]
    fn the_sixteen_take_the_nearest() {
        assert_eq!(to_sixteen(Color::Rgb(250, 250, 250)), Color::White);
        assert_eq!(to_sixteen(Color::Indexed(196)), Color::LightRed);
        assert_eq!(to_sixteen(Color::Indexed(244)), Color::DarkGray);
        assert_eq!(to_sixteen(Color::Reset), Color::Reset);
    }
}
