//! Durations as tools write them.

/// A duration and how exact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Duration {
    pub(super) seconds: i64,
    /// By how many seconds rounding may have moved it.
    pub(super) slack: i64,
}

const LONGEST_PART: usize = 9;

impl Duration {
    /// Reads `26:30:00`, `1:15`, or hours with a decimal point or comma such as `1.25`.
    pub(super) fn read(text: &str) -> Option<Self> {
        match text.splitn(4, ':').collect::<Vec<_>>().as_slice() {
            [hours] => Self::decimal_hours(hours),
            [hours, minutes] => {
                Some(Self { seconds: number(hours)? * 3600 + sixtieth(minutes)? * 60, slack: 59 })
            }
            [hours, minutes, seconds] => Some(Self {
                seconds: number(hours)? * 3600 + sixtieth(minutes)? * 60 + sixtieth(seconds)?,
                slack: 0,
            }),
            _ => None,
        }
    }

    /// Reads whole seconds.
    pub(super) fn whole_seconds(text: &str) -> Option<Self> {
        Some(Self { seconds: number(text)?, slack: 0 })
    }

    fn decimal_hours(text: &str) -> Option<Self> {
        let Some((hours, fraction)) = text.split_once(['.', ',']) else {
            // Written without its zeros: still a number of hundredths.
            return Some(Self { seconds: number(text)? * 3600, slack: 36 });
        };
        let unit = 10_i64.pow(u32::try_from(fraction.len()).ok().filter(|digits| *digits <= 9)?);
        let part = (number(fraction)? * 3600 * 2 + unit) / (unit * 2);
        Some(Self { seconds: number(hours)? * 3600 + part, slack: (3600 / unit).clamp(1, 36) })
    }
}

fn number(text: &str) -> Option<i64> {
    let plain = (1..=LONGEST_PART).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn sixtieth(text: &str) -> Option<i64> {
    number(text).filter(|number| text.len() == 2 && *number < 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_may_exceed_a_day_and_be_decimal() {
        let seconds = |text| Duration::read(text).map(|duration| duration.seconds);
        assert_eq!(seconds("26:30:01"), Some(26 * 3600 + 30 * 60 + 1));
        assert_eq!(seconds("1:15"), Some(4500));
        assert_eq!(seconds("1.25"), Some(4500));
        assert_eq!(seconds("0,33"), Some(1188));
        assert_eq!(seconds("8"), Some(28_800));
        assert_eq!(seconds("0.000277778"), Some(1));
        for text in
            ["", "-1:00:00", "1:60:00", "1:2:3", "1.", ".5", "1h", "1:00:00:00", "9999999999", "1.2.3"]
        {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn rounding_is_known_from_the_way_it_is_written() {
        let slack = |text| Duration::read(text).map(|duration| duration.slack);
        assert_eq!(
            [slack("1:00:00"), slack("1:00"), slack("1.00"), slack("1.0000")],
            [Some(0), Some(59), Some(36), Some(1)]
        );
    }
}
