//! The program: see [`dateline`], where everything is.

fn main() {}
