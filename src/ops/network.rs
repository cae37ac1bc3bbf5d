//! The network as the configuration wants it.

use std::time::Duration;

use crate::config::Config;
use crate::net::Settings;

/// The network's settings. One number says how patient to be; the waits stand in fixed proportions
/// to one another.
#[must_use]
pub fn network(config: &Config) -> Settings {
    let fetch = &config.fetch;
    let patience = Duration::from_secs(u64::from(fetch.timeout_seconds));
    let default = Settings::default();
    Settings {
        connect: patience / 2,
        first_byte: patience,
        stall: patience * 3 / 4,
        whole: patience * 3,
        max_bytes: u64::from(fetch.max_mb) << 20,
        per_host: fetch.per_host as usize,
        parallel: fetch.parallel as usize,
        user_agent: fetch.user_agent.clone().unwrap_or(default.user_agent),
        access: config.access.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_networks_own() {
        assert_eq!(network(&Config::default()), Settings::default());
    }
}
