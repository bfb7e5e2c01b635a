"""Vectors that hang on time zone data: spans, local times, weeks."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

VIENNA = "Europe/Vienna"
NEW_YORK = "America/New_York"
LORD_HOWE = "Australia/Lord_Howe"
CASABLANCA = "Africa/Casablanca"
KATHMANDU = "Asia/Kathmandu"
CAIRO = "Africa/Cairo"
HAVANA = "America/Havana"
APIA = "Pacific/Apia"

# Morocco ends its clock change on this day for good; zone data before 2026c does not know it.
MOROCCO_CHANGE = datetime(2026, 9, 20, tzinfo=timezone.utc)
MOROCCO_SINCE = "2026c"


def instants(zone, local):
    """Every instant that a clock on the wall of `zone` shows as the civil time `local`, ascending."""
    found = set()
    for fold in (0, 1):
        instant = local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(timezone.utc)
        if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == local:
            found.add(instant)
    return sorted(found)


def utc(instant):
    return instant.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def with_offset(zone, instant):
    return instant.astimezone(ZoneInfo(zone)).isoformat()


def needs(zone, *moments):
    """The oldest zone data that agrees with this vector, where not any recent one does."""
    late = zone == CASABLANCA and any(moment >= MOROCCO_CHANGE for moment in moments)
    return {"since_tzdata": MOROCCO_SINCE} if late else {}


def at(zone, text):
    """`2026-10-25 02:30` or, where the hour occurs twice, `2026-10-25 02:30 first` (or `second`)."""
    day, clock, *which = text.split()
    local = datetime.fromisoformat(f"{day}T{clock}")
    found = instants(zone, local)
    if which:
        assert len(found) == 2, f"{zone} {text} does not occur twice"
        return found[("first", "second").index(which[0])]
    assert len(found) == 1, f"{zone} {text} is not one instant: {found}"
    return found[0]


def span(name, zone, start_text, end_text):
    start, end = at(zone, start_text), at(zone, end_text)
    return {
        "name": name,
        "time_zone": zone,
        "start_local": with_offset(zone, start),
        "end_local": with_offset(zone, end),
        "start_utc": utc(start),
        "end_utc": utc(end),
        "seconds": int((end - start).total_seconds()),
        "work_date": start.astimezone(ZoneInfo(zone)).date().isoformat(),
        **needs(zone, start, end),
    }


SPANS = [
    ("an ordinary morning", VIENNA, "2026-06-15 08:00", "2026-06-15 12:15"),
    ("one second", VIENNA, "2026-06-15 08:00:00", "2026-06-15 08:00:01"),
    ("zero length", VIENNA, "2026-06-15 12:15", "2026-06-15 12:15"),
    ("zero length in the second 02:30", VIENNA, "2026-10-25 02:30 second", "2026-10-25 02:30 second"),
    ("touching, first half", VIENNA, "2026-06-16 08:00", "2026-06-16 12:00"),
    ("touching, second half", VIENNA, "2026-06-16 12:00", "2026-06-16 16:30"),
    ("touching at midnight, before", VIENNA, "2026-06-16 20:00", "2026-06-17 00:00"),
    ("touching at midnight, after", VIENNA, "2026-06-17 00:00", "2026-06-17 04:00"),
    ("ordinary night shift is 8 h", VIENNA, "2026-06-17 22:00", "2026-06-18 06:00"),
    ("spring night shift is 7 h, 2026", VIENNA, "2026-03-28 22:00", "2026-03-29 06:00"),
    ("autumn night shift is 9 h, 2026", VIENNA, "2026-10-24 22:00", "2026-10-25 06:00"),
    ("spring night shift is 7 h, 2025", VIENNA, "2025-03-29 22:00", "2025-03-30 06:00"),
    ("autumn night shift is 9 h, 2025", VIENNA, "2025-10-25 22:00", "2025-10-26 06:00"),
    ("over the spring gap, 01:59:59 to 03:00:00 is 1 s", VIENNA, "2026-03-29 01:59:59", "2026-03-29 03:00:00"),
    ("first 02:30 to second 02:30 is 1 h", VIENNA, "2026-10-25 02:30 first", "2026-10-25 02:30 second"),
    ("within the first pass", VIENNA, "2026-10-25 02:10 first", "2026-10-25 02:50 first"),
    ("within the second pass", VIENNA, "2026-10-25 02:10 second", "2026-10-25 02:50 second"),
    ("the wall clock runs backwards", VIENNA, "2026-10-25 02:50 first", "2026-10-25 02:10 second"),
    ("until the first 02:30", VIENNA, "2026-10-25 01:30", "2026-10-25 02:30 first"),
    ("until the second 02:30", VIENNA, "2026-10-25 01:30", "2026-10-25 02:30 second"),
    ("from the first 02:30", VIENNA, "2026-10-25 02:30 first", "2026-10-25 03:30"),
    ("from the second 02:30", VIENNA, "2026-10-25 02:30 second", "2026-10-25 03:30"),
    ("both 02:30s of 2025", VIENNA, "2025-10-26 02:30 first", "2025-10-26 02:30 second"),
    ("over 24 h", VIENNA, "2026-06-19 09:00", "2026-06-20 11:30"),
    ("same time next day over the spring night is 23 h", VIENNA, "2026-03-28 12:00", "2026-03-29 12:00"),
    ("same time next day over the autumn night is 25 h", VIENNA, "2026-10-24 12:00", "2026-10-25 12:00"),
    ("a forgotten timer of 300 h", VIENNA, "2026-05-04 08:00", "2026-05-16 20:00"),
    ("leap day 2028", VIENNA, "2028-02-29 08:00", "2028-02-29 16:00"),
    ("into leap day 2028", VIENNA, "2028-02-28 22:00", "2028-02-29 06:00"),
    ("out of leap day 2024", VIENNA, "2024-02-29 22:00", "2024-03-01 06:00"),
    ("across leap day 2024", VIENNA, "2024-02-28 12:00", "2024-03-01 12:00"),
    ("no leap day in 2026", VIENNA, "2026-02-28 22:00", "2026-03-01 06:00"),
    ("over the year's end 2025", VIENNA, "2025-12-31 22:00", "2026-01-01 06:00"),
    ("over the year's end 2026", NEW_YORK, "2026-12-31 20:00", "2027-01-01 02:00"),
    ("year's end where UTC is a year behind", KATHMANDU, "2026-01-01 00:30", "2026-01-01 05:45"),
    ("year's end where UTC is a year ahead", NEW_YORK, "2025-12-31 21:00", "2025-12-31 23:00"),
    ("spring night shift, 2026", NEW_YORK, "2026-03-07 22:00", "2026-03-08 06:00"),
    ("autumn night shift, 2026", NEW_YORK, "2026-10-31 22:00", "2026-11-01 06:00"),
    ("spring night shift, 2025", NEW_YORK, "2025-03-08 22:00", "2025-03-09 06:00"),
    ("autumn night shift, 2025", NEW_YORK, "2025-11-01 22:00", "2025-11-02 06:00"),
    ("first 01:30 to second 01:30 is 1 h", NEW_YORK, "2026-11-01 01:30 first", "2026-11-01 01:30 second"),
    ("evening: the UTC date is tomorrow's", NEW_YORK, "2026-07-01 19:30", "2026-07-01 23:30"),
    ("spring night shift is 7.5 h, 2026", LORD_HOWE, "2026-10-03 22:00", "2026-10-04 06:00"),
    ("autumn night shift is 8.5 h, 2026", LORD_HOWE, "2026-04-04 22:00", "2026-04-05 06:00"),
    ("spring night shift is 7.5 h, 2025", LORD_HOWE, "2025-10-04 22:00", "2025-10-05 06:00"),
    ("autumn night shift is 8.5 h, 2025", LORD_HOWE, "2025-04-05 22:00", "2025-04-06 06:00"),
    ("first 01:45 to second 01:45 is 30 min", LORD_HOWE, "2026-04-05 01:45 first", "2026-04-05 01:45 second"),
    ("morning: the UTC date is yesterday's", LORD_HOWE, "2026-07-02 08:00", "2026-07-02 16:00"),
    ("into Ramadan, 2026: 9 h", CASABLANCA, "2026-02-14 22:00", "2026-02-15 06:00"),
    ("out of Ramadan, 2026: 7 h", CASABLANCA, "2026-03-21 22:00", "2026-03-22 06:00"),
    ("into Ramadan, 2025: 9 h", CASABLANCA, "2025-02-22 22:00", "2025-02-23 06:00"),
    ("out of Ramadan, 2025: 7 h", CASABLANCA, "2025-04-05 22:00", "2025-04-06 06:00"),
    ("both 02:30s before Ramadan, 2026", CASABLANCA, "2026-02-15 02:30 first", "2026-02-15 02:30 second"),
    ("the last change, September 2026: 9 h", CASABLANCA, "2026-09-19 22:00", "2026-09-20 06:00"),
    ("after the last change", CASABLANCA, "2026-11-02 09:00", "2026-11-02 17:00"),
    ("night shift where the clock never changes", KATHMANDU, "2026-03-28 22:00", "2026-03-29 06:00"),
    ("morning before 05:45: the UTC date is yesterday's", KATHMANDU, "2026-10-25 05:00", "2026-10-25 05:44:59"),
    ("from the day that begins at 01:00", CAIRO, "2026-04-23 22:00", "2026-04-24 06:00"),
    ("midnight occurs twice", HAVANA, "2025-11-02 00:00 first", "2025-11-02 00:00 second"),
    ("23:30 occurs twice, and midnight follows the second", CAIRO, "2026-10-29 23:30 first", "2026-10-29 23:30 second"),
]

LOCAL_TIMES = {
    VIENNA: ["2026-03-29 01:59:59", "2026-03-29 02:00:00", "2026-03-29 02:30:00", "2026-03-29 02:59:59",
             "2026-03-29 03:00:00", "2026-10-25 01:59:59", "2026-10-25 02:00:00", "2026-10-25 02:30:00",
             "2026-10-25 02:59:59", "2026-10-25 03:00:00", "2025-03-30 02:30:00", "2025-10-26 02:30:00",
             "2024-03-31 02:30:00", "2024-10-27 02:30:00", "2028-02-29 12:00:00", "2026-01-01 00:00:00"],
    NEW_YORK: ["2026-03-08 01:59:59", "2026-03-08 02:00:00", "2026-03-08 02:30:00", "2026-03-08 03:00:00",
               "2026-11-01 00:59:59", "2026-11-01 01:00:00", "2026-11-01 01:30:00", "2026-11-01 01:59:59",
               "2026-11-01 02:00:00", "2025-03-09 02:30:00", "2025-11-02 01:30:00"],
    LORD_HOWE: ["2026-10-04 01:59:59", "2026-10-04 02:00:00", "2026-10-04 02:15:00", "2026-10-04 02:29:59",
                "2026-10-04 02:30:00", "2026-04-05 01:29:59", "2026-04-05 01:30:00", "2026-04-05 01:45:00",
                "2026-04-05 01:59:59", "2026-04-05 02:00:00", "2025-10-05 02:15:00", "2025-04-06 01:45:00"],
    CASABLANCA: ["2026-02-15 01:59:59", "2026-02-15 02:30:00", "2026-02-15 03:00:00", "2026-03-22 02:30:00",
                 "2026-03-22 03:00:00", "2025-02-23 02:30:00", "2025-04-06 02:30:00", "2026-09-20 01:30:00",
                 "2026-12-01 09:00:00", "2027-02-10 02:30:00", "2027-06-01 09:00:00"],
    KATHMANDU: ["2026-03-29 02:30:00", "2026-10-25 02:30:00", "2026-01-01 00:00:00"],
    CAIRO: ["2026-04-23 23:59:59", "2026-04-24 00:00:00", "2026-04-24 00:59:59", "2026-04-24 01:00:00",
            "2026-10-29 23:00:00", "2026-10-29 23:59:59", "2026-10-30 00:00:00"],
    HAVANA: ["2025-11-01 23:59:59", "2025-11-02 00:00:00", "2025-11-02 00:30:00", "2025-11-02 01:00:00",
             "2025-03-09 00:30:00"],
    APIA: ["2011-12-29 23:59:59", "2011-12-30 00:00:00", "2011-12-30 12:00:00", "2011-12-31 00:00:00"],
}


def local_time(zone, text):
    local = datetime.fromisoformat(text)
    found = instants(zone, local)
    about_when = [local.replace(tzinfo=timezone.utc)] + found
    return {
        "time_zone": zone,
        "local": local.isoformat(),
        "resolution": ("gap", "unique", "fold")[len(found)],
        "instants_utc": [utc(instant) for instant in found],
        **needs(zone, *about_when),
    }


WEEK_DATES = ["2026-06-17", "2020-12-31", "2021-01-03", "2021-01-04", "2024-02-29", "2024-12-29", "2024-12-30",
              "2025-12-28", "2025-12-29", "2025-12-31", "2026-01-01", "2026-01-04", "2026-01-05", "2026-12-31",
              "2027-01-01", "2027-01-03", "2027-01-04", "2028-02-29", "2028-03-01"]


def week_start(day, first_day_of_week):
    return day - timedelta(days=(day.isoweekday() - first_day_of_week) % 7)


def week_cases():
    for text in WEEK_DATES:
        day = date.fromisoformat(text)
        for first in range(1, 8):
            yield {"date": text, "first_day_of_week": first, "week_start": week_start(day, first).isoformat()}


def iso_week(text):
    year, week, _ = date.fromisoformat(text).isocalendar()
    return {"date": text, "iso_year": year, "iso_week": week}


def first_instant(zone, day):
    """The first instant of a civil date: where its midnight is skipped, the end of the gap."""
    low = datetime(day.year, day.month, day.day, tzinfo=timezone.utc) - timedelta(hours=16)
    # Zone rules change on whole minutes, so walking by the minute finds the boundary exactly.
    while low.astimezone(ZoneInfo(zone)).date() < day:
        low += timedelta(minutes=1)
    return low


CLOCK_WEEKS = [
    (VIENNA, "2026-06-15", 1), (VIENNA, "2026-03-23", 1), (VIENNA, "2026-10-19", 1), (VIENNA, "2026-03-29", 7),
    (VIENNA, "2026-10-25", 7), (VIENNA, "2025-03-24", 1), (VIENNA, "2025-10-20", 1), (VIENNA, "2028-02-28", 1),
    (NEW_YORK, "2026-03-02", 1), (NEW_YORK, "2026-10-26", 1), (NEW_YORK, "2026-03-08", 7),
    (NEW_YORK, "2026-11-01", 7), (NEW_YORK, "2025-03-03", 1), (NEW_YORK, "2025-10-27", 1),
    (LORD_HOWE, "2026-09-28", 1), (LORD_HOWE, "2026-03-30", 1), (LORD_HOWE, "2025-09-29", 1),
    (LORD_HOWE, "2025-03-31", 1), (CASABLANCA, "2026-02-09", 1), (CASABLANCA, "2026-03-16", 1),
    (CASABLANCA, "2025-02-17", 1), (CASABLANCA, "2025-03-31", 1), (CASABLANCA, "2026-09-14", 1),
    (KATHMANDU, "2026-03-23", 1), (KATHMANDU, "2026-10-19", 1), (CAIRO, "2026-04-20", 1),
    (CAIRO, "2026-10-26", 1), (CAIRO, "2026-04-18", 6), (HAVANA, "2025-10-27", 1), (HAVANA, "2025-03-03", 1), (APIA, "2011-12-26", 1),
]


def clock_week(zone, start_text, first):
    start = date.fromisoformat(start_text)
    assert start.isoweekday() == first, start_text
    edges = [first_instant(zone, start + timedelta(days=n)) for n in range(8)]
    days = [
        {"date": (start + timedelta(days=n)).isoformat(), "seconds_in_day": int((edges[n + 1] - edges[n]).total_seconds())}
        for n in range(7)
    ]
    return {
        "time_zone": zone,
        "first_day_of_week": first,
        "week_start": start_text,
        "start_utc": utc(edges[0]),
        "end_utc": utc(edges[7]),
        "seconds_in_week": sum(day["seconds_in_day"] for day in days),
        "days": days,
        **needs(zone, *edges),
    }


def spans():
    return [span(*case) for case in SPANS]


def local_times():
    return [local_time(zone, text) for zone, texts in LOCAL_TIMES.items() for text in texts]


def weeks():
    return list(week_cases()), [iso_week(text) for text in WEEK_DATES], [clock_week(*case) for case in CLOCK_WEEKS]
