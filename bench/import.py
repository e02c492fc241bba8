"""Measures how fast files come in: 35,000 ideas, organisations and people, made up but of real lengths and kinds.

Usage: bench/import.py PROGRAM DATABASE [ROWS]; the database must be empty, such as `sqlite:/tmp/import.db`. It founds the
demonstration there first. Prints, for each file, rows, seconds, how many of them the program's own core worked, rows a second and the
most memory of the program.
"""

import csv
import datetime
import os
import random
import subprocess
import sys
import tempfile
import time

FIRST = "Ada Bea Cai Dan Ela Fay Gwen Huw Ivo Jo Kit Len Mair Nia Olu Pia Rae Sam Tom Una Vic Wyn Zoe".split()
LAST = "Price Okafor Hughes Morgan Singh Lewis Adeyemi McKay Grant Ward Dunn Field Reed Khan Evans Brown Patel".split()
WORDS = """ward patient bed shift rota theatre clinic porter linen trolley blood sample form printer password login
letter appointment discharge pharmacy drug chart oxygen monitor pump cable battery store order delivery lift corridor
sign visitor parking queue phone call bleep handover night weekend nurse doctor cleaner manager student training waste
recycling heating window light safety fall pressure ulcer infection glove apron mask swab test result late early lost
found broken missing slow again every morning evening because without before after until never always often we they""".split()
STATES = ["kept"] * 45 + ["dropped"] * 30 + ["answered"] * 10 + ["open"] * 15


class Maker:
    """Makes rows; the same seed makes the same rows."""

    def __init__(self):
        self.dice = random.Random(35_000)

    def text(self, least, most):
        words = self.dice.choices(WORDS, k=self.dice.randint(least, most))
        sentences = [" ".join(words[i : i + 12]).capitalize() + "." for i in range(0, len(words), 12)]
        return " ".join(sentences)

    def name(self):
        return f"{self.dice.choice(FIRST)} {self.dice.choice(LAST)}"

    def idea(self, number, teams):
        state, name = self.dice.choice(STATES), self.name()
        age = self.dice.randint(0, 9) if state == "open" and self.dice.random() < 0.5 else self.dice.randint(30, 3_000)
        told = datetime.date.today() - datetime.timedelta(days=age)
        answered = told + datetime.timedelta(days=self.dice.randint(1, max(1, min(age, 60))))
        has_answer = state != "open"
        return {
            "id": f"S-{number}",
            "title": self.text(3, 9).rstrip(".")[:140],
            "problem": self.text(20, 120),
            "solution": self.text(10, 80) if self.dice.random() < 0.8 else "",
            "told by": name,
            "mail": f"{name.lower().replace(' ', '.')}.{number % 20_000}@import.example" if self.dice.random() < 0.6 else "",
            "told on": told.isoformat(),
            "state": state,
            "answer": self.text(15, 80) if has_answer else "",
            "answered on": min(answered, datetime.date.today()).isoformat() if has_answer else "",
            "answered by": self.name() if has_answer else "",
            "organisation": teams[number % len(teams)],
        }

    def organisation(self, number):
        if number % 35 == 0:
            return {"id": f"o{number}", "name": f"Hospital {number // 35}", "parent": "", "level": "organisation", "body": "yes"}
        above = f"o{number - number % 35}"
        return {"id": f"o{number}", "name": f"Ward {number}", "parent": above, "level": "team", "body": "no"}

    def person(self, number, teams):
        roles = "team-lead" if number < len(teams) else ""
        mail = f"person.{number}@import.example"
        return {"id": f"p{number}", "name": self.name(), "mail": mail, "organisation": teams[number % len(teams)], "roles": roles}


def written(folder, name, rows):
    path = os.path.join(folder, name + ".csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def measure(program, database, kind, path, rows):
    began = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen([program, "import", kind, path, "--database", database], stdout=said, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        took, worked = time.monotonic() - began, used.ru_utime + used.ru_stime
        said.seek(0)
        text = said.read()
    speed = f"{took:7.1f} s ({worked:.1f} s of work) {rows / took:7.0f} a second {used.ru_maxrss / 1024:6.0f} MiB"
    print(f"{kind:14} {rows:6} rows {speed}  {text.splitlines()[-1]}", flush=True)
    if status != 0:
        sys.exit(text[-4_000:])


def main(program, database, rows=35_000):
    maker, rows = Maker(), int(rows)
    subprocess.run([program, "demo", "--database", database], check=True, stdout=subprocess.DEVNULL)
    organisations = [maker.organisation(number) for number in range(rows)]
    teams = [one["id"] for one in organisations if one["level"] == "team"]
    with tempfile.TemporaryDirectory() as folder:
        for kind, made in (
            ("organisations", organisations),
            ("people", [maker.person(number, teams) for number in range(rows)]),
            ("ideas", [maker.idea(number, teams) for number in range(rows)]),
        ):
            measure(program, database, kind, written(folder, kind, made), rows)


main(*sys.argv[1:])
