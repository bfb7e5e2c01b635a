"""Vectors that need no zone data: overlaps, and durations as typed and as shown. Expected values are by hand."""

from datetime import datetime

M = 60
H = 3600


def overlap_rule(a, b):
    """Half-open, an open end is infinity, nothing overlaps an empty span."""
    far = datetime.fromisoformat("9999-12-31T23:59:59+00:00")

    def edges(one):
        return datetime.fromisoformat(one[0]), datetime.fromisoformat(one[1]) if one[1] else far

    (a_start, a_end), (b_start, b_end) = edges(a), edges(b)
    return a_start < a_end and b_start < b_end and a_start < b_end and b_start < a_end


def june(clock):
    return f"2026-06-15T{clock}:00Z" if clock else None


def june_pair(name, a, b, expected):
    return name, tuple(map(june, a)), tuple(map(june, b)), expected


AUTUMN_FIRST = ("2026-10-25T02:15:00+02:00", "2026-10-25T02:45:00+02:00")
AUTUMN_SECOND = ("2026-10-25T02:15:00+01:00", "2026-10-25T02:45:00+01:00")

OVERLAPS = [
    june_pair("apart", ("08:00", "09:00"), ("10:00", "11:00"), False),
    june_pair("touching", ("08:00", "09:00"), ("09:00", "10:00"), False),
    june_pair("the same span", ("08:00", "09:00"), ("08:00", "09:00"), True),
    june_pair("one inside the other", ("08:00", "12:00"), ("09:00", "10:00"), True),
    june_pair("inside, with the same start", ("08:00", "12:00"), ("08:00", "10:00"), True),
    june_pair("inside, with the same end", ("08:00", "12:00"), ("10:00", "12:00"), True),
    june_pair("partly", ("08:00", "10:00"), ("09:30", "11:00"), True),
    ("by one second", ("2026-06-15T08:00:00Z", "2026-06-15T09:00:01Z"),
     ("2026-06-15T09:00:00Z", "2026-06-15T10:00:00Z"), True),
    ("one second short of touching", ("2026-06-15T08:00:00Z", "2026-06-15T08:59:59Z"),
     ("2026-06-15T09:00:00Z", "2026-06-15T10:00:00Z"), False),
    june_pair("zero length inside another", ("08:00", "12:00"), ("09:00", "09:00"), False),
    june_pair("zero length at the start of another", ("08:00", "12:00"), ("08:00", "08:00"), False),
    june_pair("zero length at the end of another", ("08:00", "12:00"), ("12:00", "12:00"), False),
    june_pair("two of zero length at one moment", ("08:00", "08:00"), ("08:00", "08:00"), False),
    june_pair("zero length inside an open one", ("08:00", None), ("09:00", "09:00"), False),
    june_pair("open, and a later one", ("08:00", None), ("20:00", "21:00"), True),
    ("open, and one years later", ("2026-06-15T08:00:00Z", None),
     ("2031-01-01T00:00:00Z", "2031-01-01T01:00:00Z"), True),
    june_pair("open, and one that ends as it starts", ("08:00", None), ("07:00", "08:00"), False),
    june_pair("open, and one that ends after it starts", ("08:00", None), ("07:00", "08:01"), True),
    june_pair("open, and an earlier one", ("08:00", None), ("06:00", "07:00"), False),
    june_pair("two open ones", ("08:00", None), ("20:00", None), True),
    ("one span in two offsets", ("2026-06-15T08:00:00+02:00", "2026-06-15T09:00:00+02:00"),
     ("2026-06-15T02:00:00-04:00", "2026-06-15T03:00:00-04:00"), True),
    ("touching in two offsets", ("2026-06-15T08:00:00+02:00", "2026-06-15T09:00:00+02:00"),
     ("2026-06-15T12:45:00+05:45", "2026-06-15T14:00:00+05:45"), False),
    ("the same wall clock in the first and in the second pass of the autumn night", AUTUMN_FIRST, AUTUMN_SECOND, False),
    ("both passes against a span of the first only", AUTUMN_FIRST,
     ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"), True),
    ("touching between the passes", ("2026-10-25T01:30:00+02:00", "2026-10-25T02:00:00+01:00"),
     ("2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00"), False),
    ("touching over the spring gap", ("2026-03-29T01:30:00+01:00", "2026-03-29T02:00:00+01:00"),
     ("2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"), False),
    ("over midnight, into the next day's span", ("2026-06-15T20:00:00Z", "2026-06-16T04:00:00Z"),
     ("2026-06-16T03:30:00Z", "2026-06-16T06:00:00Z"), True),
]

TYPED_DURATIONS = [
    # hours and minutes
    ("1:30", 1 * H + 30 * M), ("01:30", 1 * H + 30 * M), ("0:05", 5 * M), (":30", 30 * M), ("7:45", 7 * H + 45 * M),
    ("1:30:15", 1 * H + 30 * M + 15), ("0:00:45", 45), ("0:00", 0), ("23:59:59", 24 * H - 1), ("24:00", 24 * H),
    # a bare number is hours, with a point or a comma, rounded half up to the second
    ("1.5", 90 * M), ("1,5", 90 * M), ("8", 8 * H), ("0", 0), ("24", 24 * H), ("0.25", 15 * M), ("0,01", 36),
    (".5", 30 * M), (",5", 30 * M), ("7.75", 7 * H + 45 * M), ("0.333", 1199), ("0.3333", 1200), ("1,000", 1 * H),
    ("0.0001", 0), ("0.0002", 1), ("24.0", 24 * H),
    # units
    ("90m", 90 * M), ("90 m", 90 * M), ("90min", 90 * M), ("90 min", 90 * M), ("90M", 90 * M), ("0m", 0),
    ("1440m", 24 * H), ("2h", 2 * H), ("2 h", 2 * H), ("2H", 2 * H), ("1.5h", 90 * M), ("1,5 h", 90 * M),
    ("7.75 h", 7 * H + 45 * M), ("7,75 h", 7 * H + 45 * M), ("1h30", 90 * M), ("1h 30", 90 * M), ("1h30m", 90 * M),
    ("1h 30m", 90 * M), ("1 h 30 min", 90 * M), ("1h5", 65 * M), ("1h 30m 15s", 90 * M + 15), ("1h30m15s", 90 * M + 15),
    ("1h 15s", 1 * H + 15), ("90m 30s", 90 * M + 30), ("45s", 45), ("90s", 90), ("5400s", 90 * M),
    # white space around, and the no-break spaces that pages and spreadsheets put in
    ("  1:30  ", 90 * M), ("1:30\t", 90 * M), ("1\u00a0h\u00a030\u00a0m", 90 * M), ("7.75\u202fh", 7 * H + 45 * M),
]

TYPED_SPANS = [
    ("9-10:30", "09:00", "10:30", 0, 90 * M), ("9 - 10:30", "09:00", "10:30", 0, 90 * M),
    ("9\u201310:30", "09:00", "10:30", 0, 90 * M), ("09:00-17:00", "09:00", "17:00", 0, 8 * H),
    ("9:15-9:16", "09:15", "09:16", 0, 1 * M), ("8-12", "08:00", "12:00", 0, 4 * H), ("0-6", "00:00", "06:00", 0, 6 * H),
    ("22-6", "22:00", "06:00", 1, 8 * H), ("22:30-6:15", "22:30", "06:15", 1, 7 * H + 45 * M),
    ("23:59-0:01", "23:59", "00:01", 1, 2 * M), ("10:30-9", "10:30", "09:00", 1, 22 * H + 30 * M),
    ("18-0", "18:00", "00:00", 1, 6 * H), ("18-24", "18:00", "00:00", 1, 6 * H), ("0-24", "00:00", "00:00", 1, 24 * H),
]

REFUSED = [
    ("empty", ["", "   ", "\u00a0"]),
    ("negative", ["-1", "-1:30", "-90m", "-0.5", "\u22121", "- 1h", "-1-2"]),
    ("too long", ["25:00", "24:01", "24:00:01", "25", "90", "24.01", "1441m", "25h", "24h1", "86401s", "300:00",
                  "99999999999999999999", "99999999999999999999:00", "1" + "0" * 400]),
    ("out of range", ["1:60", "1:99", "1:30:60", "0:75", "1h60", "1h90m", "1h 30m 60s", "90m 60s", "9-10:60", "9-25",
                      "24-6", "25-26", "9-24:01"]),
    ("zero or a whole day?", ["9-9", "9:00-09:00"]),
    ("five minutes or fifty?", ["1:5", "1:5:00", "9-10:5"]),
    ("unreadable", ["abc", "eight", "1.", "1,", ".", ",", ":", "-", "9-", "9--10", "9-10-11", "h", "m", "1d", "1h30x",
                    "1.5h 30m", "1:30m", "1m30", "30m 1h", "1h 2h", "1.5.2", "1,5,2", "1.000,5", "1,000.5", "1 5", "1;30",
                    "1:30:00:00", "1.5:30", "1:1.5", "1.5-3", "1e3", "0x10", "NaN", "Infinity", "+1", "=1+1", "1_0",
                    "\u00bd", "\uff19\uff10m", "\u0661:\u0663\u0660", "1\u200b:30", "1:30\u0000", "\U0001f557", "<b>1</b>"]),
]

# date of the cell, what was typed, and what the clock of the zone makes of it
SPANS_ON_A_DATE = [
    ("Europe/Vienna", "2026-06-15", "22-6", "2026-06-15T20:00:00Z", "2026-06-16T04:00:00Z", 8 * H),
    ("Europe/Vienna", "2026-03-28", "22-6", "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z", 7 * H),
    ("Europe/Vienna", "2026-10-24", "22-6", "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z", 9 * H),
    ("Europe/Vienna", "2026-10-25", "0-24", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25 * H),
    ("Australia/Lord_Howe", "2026-04-04", "22-6", "2026-04-04T11:00:00Z", "2026-04-04T19:30:00Z", 8 * H + 30 * M),
    ("Asia/Kathmandu", "2026-12-31", "22-6", "2026-12-31T16:15:00Z", "2027-01-01T00:15:00Z", 8 * H),
    ("America/New_York", "2028-02-28", "22-6", "2028-02-29T03:00:00Z", "2028-02-29T11:00:00Z", 8 * H),
]
REFUSED_ON_A_DATE = [
    ("Europe/Vienna", "2026-10-25", "2:30-4", "start occurs twice"),
    ("Europe/Vienna", "2026-10-24", "22-2:30", "end occurs twice"),
    ("Europe/Vienna", "2026-03-29", "2:30-4", "start does not exist"),
    ("Europe/Vienna", "2026-03-28", "22-2:30", "end does not exist"),
]

# seconds, as hours and minutes, with seconds, decimal in English, decimal in German
SHOWN = [
    (0, "0:00", "0:00:00", "0.00 h", "0,00 h"), (1, "0:00", "0:00:01", "0.00 h", "0,00 h"),
    (17, "0:00", "0:00:17", "0.00 h", "0,00 h"), (18, "0:00", "0:00:18", "0.01 h", "0,01 h"),
    (29, "0:00", "0:00:29", "0.01 h", "0,01 h"), (30, "0:01", "0:00:30", "0.01 h", "0,01 h"),
    (59, "0:01", "0:00:59", "0.02 h", "0,02 h"), (60, "0:01", "0:01:00", "0.02 h", "0,02 h"),
    (89, "0:01", "0:01:29", "0.02 h", "0,02 h"), (90, "0:02", "0:01:30", "0.03 h", "0,03 h"),
    (3569, "0:59", "0:59:29", "0.99 h", "0,99 h"), (3570, "1:00", "0:59:30", "0.99 h", "0,99 h"),
    (3599, "1:00", "0:59:59", "1.00 h", "1,00 h"), (3600, "1:00", "1:00:00", "1.00 h", "1,00 h"),
    (5400, "1:30", "1:30:00", "1.50 h", "1,50 h"), (27900, "7:45", "7:45:00", "7.75 h", "7,75 h"),
    (27917, "7:45", "7:45:17", "7.75 h", "7,75 h"), (27918, "7:45", "7:45:18", "7.76 h", "7,76 h"),
    (27929, "7:45", "7:45:29", "7.76 h", "7,76 h"), (27930, "7:46", "7:45:30", "7.76 h", "7,76 h"),
    (36000, "10:00", "10:00:00", "10.00 h", "10,00 h"), (86399, "24:00", "23:59:59", "24.00 h", "24,00 h"),
    (86400, "24:00", "24:00:00", "24.00 h", "24,00 h"), (90000, "25:00", "25:00:00", "25.00 h", "25,00 h"),
    (1080000, "300:00", "300:00:00", "300.00 h", "300,00 h"), (4444200, "1234:30", "1234:30:00", "1234.50 h", "1234,50 h"),
]


def overlaps():
    cases = []
    for name, a, b, expected in OVERLAPS:
        assert overlap_rule(a, b) == overlap_rule(b, a) == expected, name
        sides = {side: {"start": one[0], "end": one[1]} for side, one in (("a", a), ("b", b))}
        cases.append({"name": name, **sides, "overlap": expected})
    return cases


def typed():
    cases = [{"typed": text, "kind": "duration", "seconds": seconds} for text, seconds in TYPED_DURATIONS]
    for text, start, end, days, seconds in TYPED_SPANS:
        clock = [int(part[:2]) * H + int(part[3:]) * M for part in (start, end)]
        assert clock[1] + days * 24 * H - clock[0] == seconds, text
        cases.append({"typed": text, "kind": "span", "start": start, "end": end, "end_days_later": days, "seconds": seconds})
    cases += [{"typed": text, "kind": "refused", "why": why} for why, texts in REFUSED for text in texts]
    assert len({case["typed"] for case in cases}) == len(cases), "a string is listed twice"
    return cases


def on_a_date():
    keys = ("time_zone", "date", "typed", "start_utc", "end_utc", "seconds")
    cases = [dict(zip(keys, case)) for case in SPANS_ON_A_DATE]
    return cases + [dict(zip(("time_zone", "date", "typed", "refused"), case)) for case in REFUSED_ON_A_DATE]


def shown():
    cases = []
    for seconds, clock, precise, decimal, german in SHOWN:
        minutes, hundredths = (seconds + 30) // 60, (seconds + 18) // 36
        assert clock == f"{minutes // 60}:{minutes % 60:02}", seconds
        assert precise == f"{seconds // H}:{seconds // M % 60:02}:{seconds % 60:02}", seconds
        assert decimal == f"{hundredths // 100}.{hundredths % 100:02} h", seconds
        assert german == decimal.replace(".", ","), seconds
        cases.append({"seconds": seconds, "clock": clock, "clock_with_seconds": precise, "decimal_en": decimal,
                      "decimal_de": german})
    return cases
