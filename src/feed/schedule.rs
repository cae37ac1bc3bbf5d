//! When a feed asks to be fetched and when not: `ttl`, `skipHours`, `skipDays` (RSS 2.0) and
//! `sy:updatePeriod` (RSS 1.0 syndication module).

use super::entry::FeedHead;

/// The longest interval believed, in minutes: a week. Feeds have been seen that ask for years.
const MAX_TTL: u32 = 7 * 24 * 60;

/// What a feed asked for, as it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Schedule {
    ttl: Option<u32>,
    period: Option<u32>,
    frequency: Option<u32>,
    /// A bit for each hour.
    hours: u32,
    /// A bit for each day, Monday first.
    days: u8,
}

impl Schedule {
    pub(super) fn ttl(&mut self, text: &str) {
        self.ttl = text.trim().parse().ok().filter(|minutes| *minutes > 0).or(self.ttl);
    }

    pub(super) fn period(&mut self, text: &str) {
        let minutes = match text.trim().to_ascii_lowercase().as_str() {
            "hourly" => 60,
            "daily" => 24 * 60,
            "weekly" => 7 * 24 * 60,
            "monthly" => 30 * 24 * 60,
            "yearly" => 365 * 24 * 60,
            _ => return,
        };
        self.period = Some(minutes);
    }

    pub(super) fn frequency(&mut self, text: &str) {
        self.frequency = text.trim().parse().ok().filter(|times| *times > 0).or(self.frequency);
    }

    pub(super) fn skip_hour(&mut self, text: &str) {
        // RSS 0.91 counted from 1 to 24.
        if let Some(hour) = text.trim().parse::<u32>().ok().filter(|hour| *hour <= 24) {
            self.hours |= 1 << (hour % 24);
        }
    }

    pub(super) fn skip_day(&mut self, text: &str) {
        const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let text = text.trim();
        let head = text.get(..3).unwrap_or("");
        if let Some(day) = DAYS.iter().position(|name| head.eq_ignore_ascii_case(name)) {
            self.days |= 1 << day;
        }
    }

    /// Writes what was asked for into the head of the feed. A feed that asks to be left alone at
    /// all hours or on all days is not believed.
    pub(super) fn apply(self, head: &mut FeedHead) {
        let period = self.period.map(|minutes| minutes / self.frequency.unwrap_or(1).min(minutes).max(1));
        head.ttl_minutes = self.ttl.or(period).map(|minutes| minutes.clamp(1, MAX_TTL));
        if self.hours.count_ones() < 24 {
            head.skip_hours = (0..24).filter(|hour| self.hours & (1 << hour) != 0).collect();
        }
        if self.days.count_ones() < 7 {
            head.skip_days = (0..7).filter(|day| self.days & (1 << day) != 0).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(of: impl FnOnce(&mut Schedule)) -> FeedHead {
        let (mut schedule, mut head) = (Schedule::default(), FeedHead::default());
        of(&mut schedule);
        schedule.apply(&mut head);
        head
    }

    #[test]
    fn ttl_goes_before_period() {
        assert_eq!(head(|s| s.ttl(" 60 ")).ttl_minutes, Some(60));
        assert_eq!(head(|s| s.ttl("0")).ttl_minutes, None);
        assert_eq!(head(|s| s.ttl("999999999")).ttl_minutes, Some(MAX_TTL));
        let both = head(|s| {
            s.period("daily");
            s.frequency("4");
            s.ttl("soon");
        });
        assert_eq!(both.ttl_minutes, Some(360));
        let mad = head(|s| {
            s.period("hourly");
            s.frequency("1000000");
        });
        assert_eq!(mad.ttl_minutes, Some(1));
    }

    #[test]
    fn hours_and_days() {
        let head = head(|s| {
            ["24", "3", "3", "99", "x"].iter().for_each(|hour| s.skip_hour(hour));
            ["Sunday", "mon", "Каб"].iter().for_each(|day| s.skip_day(day));
        });
        assert_eq!(head.skip_hours, [0, 3]);
        assert_eq!(head.skip_days, [0, 6]);
    }

    #[test]
    fn always_is_never() {
        let head = head(|s| (0..24).for_each(|hour| s.skip_hour(&hour.to_string())));
        assert!(head.skip_hours.is_empty());
    }
}
