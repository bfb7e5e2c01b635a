//! Chances that fall the same way every time.

/// SplitMix64 (Steele, Lea, Flood, 2014): small, fast, and good enough to look like people.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The chances of one person on one day.
    pub fn of(person: usize, day: i64) -> Self {
        let mut chance = Self((person as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ day.cast_unsigned());
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = (high - low + 1).unsigned_abs();
        low + (self.next() % span).cast_signed()
    }

    /// Whether something happens that happens `percent` times in a hundred.
    pub fn percent(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of them.
    pub fn one<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let last = i64::try_from(choices.len()).unwrap_or(1) - 1;
        &choices[usize::try_from(self.between(0, last)).unwrap_or(0)]
    }
}
