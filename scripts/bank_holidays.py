#!/usr/bin/env python3
"""Write the bank holidays of the United Kingdom as Rust tables.

    pip install govuk-bank-holidays==0.19 holidays==0.109
    python3 scripts/bank_holidays.py          writes crates/domain/src/route/holidays/*.rs
    python3 scripts/bank_holidays.py --check  writes nothing, fails when a file differs

The dates are the government's own list, as shipped inside `govuk-bank-holidays` (MIT, Ministry of
Justice). A second, independent package, `holidays` (MIT), computes them from the Acts; the two must
agree on every weekday of every year, or nothing is written. A day that was proclaimed after the first
package was released stands in PROCLAIMED, with the proclamation as its source.
"""

import datetime
import importlib.metadata
import importlib.resources
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).parent.parent / "crates/domain/src/route/holidays"
DIVISIONS = {
    "england-and-wales": ["ENG", "WLS"],
    "scotland": ["SCT"],
    "northern-ireland": ["NIR"],
}
WORLD_CUP = "Royal Proclamation of 3 February 2026"
PROCLAIMED = {"scotland": [("2026-06-15", "World Cup bank holiday", WORLD_CUP)]}

HEADER = """\
//! Bank holidays: {division}, {first} to {last}. Written by `scripts/bank_holidays.py`; do not edit.

use super::{{HolidayList, holiday}};

/// Every bank holiday of the division, in order of date, substitute days included.
pub const LIST: HolidayList = HolidayList {{
    source: "{source}",
    first_year: {first},
    last_year: {last},
    holidays: &[
"""


def official_days(division):
    """The package's days as {date: title}; a proclaimed day that it has by now is left to it."""
    data = importlib.resources.files("govuk_bank_holidays") / "bank-holidays.json"
    events = json.loads(data.read_text(encoding="utf-8"))[division]["events"]
    days = {event["date"]: title_of(event) for event in events}
    if len(days) != len(events):
        sys.exit(f"{division}: a date occurs twice")
    return days


def title_of(event):
    substitute = event["notes"].strip().lower() == "substitute day"
    return event["title"].strip() + (" (substitute day)" if substitute else "")


def add_proclaimed(division, days):
    """Adds what the package lacks; returns the sources of what was added."""
    missing = [day for day in PROCLAIMED.get(division, []) if day[0] not in days]
    days.update({date: title for date, title, _ in missing})
    return [f"{date} by {source}" for date, _, source in missing]


def years_of(days):
    years = sorted({int(date[:4]) for date in days})
    if years != list(range(years[0], years[-1] + 1)):
        sys.exit(f"a year is missing: {years}")
    return years


def computed_weekdays(subdivision, years):
    """What `holidays` computes, without Saturdays and Sundays (no working days anyhow)."""
    import holidays

    found = holidays.UnitedKingdom(subdiv=subdivision, years=years)
    return {date.isoformat() for date in found if date.weekday() < 5}


def differences(division, days):
    weekdays = {date for date in days if datetime.date.fromisoformat(date).weekday() < 5}
    for subdivision in DIVISIONS[division]:
        computed = computed_weekdays(subdivision, years_of(days))
        for date in sorted(weekdays ^ computed):
            who = "only in govuk-bank-holidays" if date in weekdays else "only in holidays"
            yield f"{division} ({subdivision}) {date}: {who}"


def rust(division, days, added):
    version = importlib.metadata.version("govuk-bank-holidays")
    source = "; ".join([f"PyPI govuk-bank-holidays {version} (gov.uk/bank-holidays)", *added])
    years = years_of(days)
    text = HEADER.format(division=division, source=source, first=years[0], last=years[-1])
    for date, title in sorted(days.items()):
        year, month, dom = map(int, date.split("-"))
        text += f'        holiday({year}, {month}, {dom}, "{title}"),\n'
    return text + "    ],\n};\n"


def main():
    check, faults = "--check" in sys.argv, []
    texts = {}
    for division in DIVISIONS:
        days = official_days(division)
        added = add_proclaimed(division, days)
        faults += differences(division, days)
        texts[FOLDER / f"{division.replace('-', '_')}.rs"] = rust(division, days, added)
    for path, text in texts.items():
        if check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            faults.append(f"{path.name} differs from what this script writes")
    if faults:
        sys.exit("\n".join(faults))
    if not check:
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
