#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code, reason = "every target uses its own part of this")]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::text(data));
