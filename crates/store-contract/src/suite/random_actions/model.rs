//! The rules between spans, told a second time and as simply as they can be.

/// Seconds since the scene began; without an end it is open.
pub(super) type Span = (i64, Option<i64>);

/// A member's entries in the order of their making: span, and whether it is deleted.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) entries: Vec<(Span, bool)>,
}

fn overlap((start, end): Span, (other_start, other_end): Span) -> bool {
    let infinity = i64::MAX;
    let (end, other_end) = (end.unwrap_or(infinity), other_end.unwrap_or(infinity));
    start != end && other_start != other_end && start.max(other_start) < end.min(other_end)
}

impl Model {
    fn open(&self) -> Option<usize> {
        self.entries.iter().position(|((_, end), deleted)| end.is_none() && !deleted)
    }

    fn is_free(&self, span: Span, except: Option<usize>) -> bool {
        self.entries
            .iter()
            .enumerate()
            .all(|(index, (other, deleted))| *deleted || Some(index) == except || !overlap(span, *other))
    }

    pub(super) fn is_free_of_overlaps(&self) -> bool {
        (0..self.entries.len())
            .all(|index| self.entries[index].1 || self.is_free(self.entries[index].0, Some(index)))
    }

    pub(super) fn clock_in(&mut self, now: i64) -> bool {
        self.open().is_none() && self.create((now, None))
    }

    pub(super) fn clock_out(&mut self, now: i64) -> bool {
        match self.open() {
            Some(index) if self.entries[index].0.0 <= now => {
                self.entries[index].0.1 = Some(now);
                true
            }
            _ => false,
        }
    }

    pub(super) fn switch(&mut self, now: i64) -> bool {
        let Some(index) = self.open() else { return false };
        if self.entries[index].0.0 > now || !self.is_free((now, None), Some(index)) {
            return false;
        }
        self.entries[index].0.1 = Some(now);
        self.entries.push(((now, None), false));
        true
    }

    pub(super) fn create(&mut self, span: Span) -> bool {
        let free = self.is_free(span, None);
        if free {
            self.entries.push((span, false));
        }
        free
    }

    pub(super) fn edit(&mut self, index: usize, span: Span) -> bool {
        let fits = !self.entries[index].1 && self.is_free(span, Some(index));
        if fits {
            self.entries[index].0 = span;
        }
        fits
    }

    pub(super) fn delete(&mut self, index: usize) -> bool {
        !std::mem::replace(&mut self.entries[index].1, true)
    }

    pub(super) fn restore(&mut self, index: usize) -> bool {
        let (span, deleted) = self.entries[index];
        let second_open = span.1.is_none() && self.open().is_some();
        let fits = deleted && !second_open && self.is_free(span, Some(index));
        if fits {
            self.entries[index].1 = false;
        }
        fits
    }
}
