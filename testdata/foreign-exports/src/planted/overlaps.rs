//! Pairs of spans of one person that overlap, and pairs that only look so.

use super::{ALEX, ANNA, LEE, MARYAM, NACHO, OTHER_ALEX, Planter, SEAN, ZOE};

pub(super) fn plant(planter: &mut Planter) {
    for _ in 0..2 {
        planter.local("the same row twice", ZOE, "2024-07-01T08:00", "2024-07-01T12:00").description =
            "double click".into();
    }
    planter.local("overlapped at its end", SEAN, "2024-07-01T08:00", "2024-07-01T12:00");
    planter.local("overlaps an end", SEAN, "2024-07-01T11:30", "2024-07-01T13:00");
    planter.local("around another", ANNA, "2024-07-01T08:00", "2024-07-01T16:00");
    planter.local("inside another", ANNA, "2024-07-01T10:00", "2024-07-01T11:00");
    planter.local("overlapped by a second", MARYAM, "2024-07-01T08:00", "2024-07-01T12:00:01");
    planter.local("overlaps by a second", MARYAM, "2024-07-01T12:00", "2024-07-01T13:00");
    planter.local("chain, first", NACHO, "2024-07-01T09:00", "2024-07-01T12:00");
    planter.local("chain, overlaps the first", NACHO, "2024-07-01T11:00", "2024-07-01T14:00");
    planter.local("chain, overlaps only the refused second", NACHO, "2024-07-01T13:00", "2024-07-01T15:00");
    planter.local("night shift into an early start", LEE, "2024-07-01T22:00", "2024-07-02T06:00");
    planter.local("early start within a night shift", LEE, "2024-07-02T05:30", "2024-07-02T08:00");
    planter.local("same name, another address", ALEX, "2024-07-01T08:00", "2024-07-01T12:00");
    planter.local("same name, another address", OTHER_ALEX, "2024-07-01T09:00", "2024-07-01T13:00");
    planter.local("same start, the shorter", ALEX, "2024-07-03T08:00", "2024-07-03T09:00");
    planter.local("same start, the longer", ALEX, "2024-07-03T08:00", "2024-07-03T10:00");
    planter.local("48 h around another", OTHER_ALEX, "2024-07-08T08:00", "2024-07-10T08:00");
    planter.local("inside 48 h", OTHER_ALEX, "2024-07-09T09:00", "2024-07-09T12:00");
}
