"""Holds docs/security.md to the code. Names every breach and fails when there is one: a requirement that is missing, there
twice or out of order; a row without an answer; a file, a test, a decision or a heading that is not there; counts in the
head that are not those of the rows. Started by scripts/security-check."""

import collections
import pathlib
import re
import sys

# The requirements of ASVS 5.0.0, levels 1 and 2: section, then its numbers; those of level 1 have a mark.
REQUIREMENTS = """
1.1: 1 2 | 1.2: 1* 2* 3* 4* 5* 6 7 8 9 | 1.3: 1* 2* 3 4 5 6 7 8 9 10 11 | 1.4: 1 2 3 | 1.5: 1* 2
2.1: 1* 2 3 | 2.2: 1* 2* 3 | 2.3: 1* 2 3 4 | 2.4: 1
3.2: 1* 2* | 3.3: 1* 2 3 4 | 3.4: 1* 2* 3 4 5 6 | 3.5: 1* 2* 3* 4 5 | 3.7: 1 2
4.1: 1* 2 3 | 4.2: 1 | 4.3: 1 2 | 4.4: 1* 2 3 4
5.1: 1 | 5.2: 1* 2* 3 | 5.3: 1* 2* | 5.4: 1 2 3
6.1: 1* 2 3 | 6.2: 1* 2* 3* 4* 5* 6* 7* 8* 9 10 11 12 | 6.3: 1* 2* 3 4 | 6.4: 1* 2* 3 4
6.5: 1 2 3 4 5 | 6.6: 1 2 3 | 6.8: 1 2 3 4
7.1: 1 2 3 | 7.2: 1* 2* 3* 4* | 7.3: 1 2 | 7.4: 1* 2* 3 4 5 | 7.5: 1 2 | 7.6: 1 2
8.1: 1* 2 | 8.2: 1* 2* 3 | 8.3: 1* | 8.4: 1
9.1: 1* 2* 3* | 9.2: 1* 2 3 4
10.1: 1 2 | 10.2: 1 2 | 10.3: 1 2 3 4 | 10.4: 1* 2* 3* 4* 5* 6 7 8 9 10 11 | 10.5: 1 2 3 4 5 | 10.6: 1 2 | 10.7: 1 2 3
11.1: 1 2 | 11.2: 1 2 3 | 11.3: 1* 2* 3 | 11.4: 1* 2 3 4 | 11.5: 1 | 11.6: 1
12.1: 1* 2 3 | 12.2: 1* 2* | 12.3: 1 2 3 4
13.1: 1 | 13.2: 1 2 3 4 5 | 13.3: 1 2 | 13.4: 1* 2 3 4 5
14.1: 1 2 | 14.2: 1* 2 3 4 | 14.3: 1* 2 3
15.1: 1* 2 3 | 15.2: 1* 2 3 | 15.3: 1* 2 3 4 5 6 7
16.1: 1 | 16.2: 1 2 3 4 5 | 16.3: 1 2 3 4 | 16.4: 1 2 3 | 16.5: 1 2 3
17.1: 1 | 17.2: 1 2 3 4 | 17.3: 1 2
"""
ANSWERS = ("met", "does not apply", "not met")
NO_TEST = "no test"
NOTHING = "—"
# Where a path in a row may begin.
ROOTS = ("", "crates/", "tests/browser/")
TESTED = ("crates/*/tests", "crates/*/src", "tests/browser")
PATH = re.compile(r"[\w./-]+\.(?:rs|js|mjs|toml|lock|md|txt|json|html|xml)|scripts/[\w-]+")
Row = collections.namedtuple("Row", "id level asks answer text tests")


def wanted():
    """Each id with its level, in the order of the standard."""
    for part in REQUIREMENTS.replace("\n", " | ").split("|"):
        section, colon, numbers = part.strip().partition(":")
        for number in numbers.split() if colon else ():
            yield f"v5.0.0-{section}.{number.rstrip('*')}", "1" if number.endswith("*") else "2"


def rows(text):
    for line in text.splitlines():
        if line.startswith("| v5.0.0-"):
            yield Row(*[cell.strip() for cell in line.strip().strip("|").split(" | ")])


def found(path):
    return next((file for root in ROOTS if (file := pathlib.Path(root + path)).is_file()), None)


def tests():
    """The text of every source file by its own name: a row names a test by file and function."""
    texts = collections.defaultdict(str)
    for folder in TESTED:
        for base in pathlib.Path().glob(folder):
            for file in base.rglob("*.rs"):
                texts[file.name] += file.read_text()
    return texts


def anchors(text):
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


class Check:
    def __init__(self, text):
        self.text, self.breaches, self.tests, self.anchors = text, [], tests(), anchors(text)

    def breach(self, row, what):
        self.breaches.append(f"{row.id}: {what}" if row else what)

    def order(self, all_rows):
        expected, ids = list(wanted()), [row.id for row in all_rows]
        for id, times in collections.Counter(ids).items():
            if times > 1:
                self.breach(None, f"{id}: there {times} times")
        known = dict(expected)
        for id in known.keys() - set(ids):
            self.breach(None, f"{id}: missing")
        for row in all_rows:
            if row.id not in known:
                self.breach(row, "no such requirement of levels 1 and 2")
            elif row.level != known[row.id]:
                self.breach(row, f"it is of level {known[row.id]}")
        if not self.breaches and ids != list(known):
            self.breach(None, "the rows are not in the order of the standard")

    def answered(self, row):
        if row.answer not in ANSWERS:
            return self.breach(row, f"{row.answer!r} is no answer")
        if not row.asks or not row.text or not row.tests:
            return self.breach(row, "something is empty")
        if row.answer != "met":
            if row.tests != NOTHING:
                self.breach(row, "only what is met is tested")
            return None
        names_place = any(PATH.fullmatch(word) for word in quoted(row.text))
        if not (names_place or "](#" in row.text or re.search(r"[Dd]ecision", row.text)):
            self.breach(row, "it does not say where it is met")
        names_test = any("::" in word or PATH.fullmatch(word) for word in quoted(row.tests))
        if not names_test and NO_TEST not in row.tests:
            self.breach(row, f"it names no test and does not say “{NO_TEST}”")
        return None

    def named(self, row):
        both = f"{row.text} {row.tests}"
        for word in quoted(both):
            if "::" in word:
                self.is_test(row, *word.split("::", 1))
            elif PATH.fullmatch(word) and not found(word):
                self.breach(row, f"there is no {word}")
        for path, names in re.findall(r"`([^`]+)` \(((?:`\w+`(?:, )?)+)\)", both):
            if file := found(path):
                text = file.read_text()
                for name in quoted(names):
                    if name not in text:
                        self.breach(row, f"there is no {name} in {path}")
        for numbers in re.findall(r"[Dd]ecisions? ((?:\d+(?:, | and )?)+)", both):
            for number in re.findall(r"\d+", numbers):
                if not list(pathlib.Path("docs/decisions").glob(f"{int(number):04}-*.md")):
                    self.breach(row, f"there is no decision {number}")
        for anchor in re.findall(r"\]\(#([^)]+)\)", both):
            if anchor not in self.anchors:
                self.breach(row, f"there is no heading #{anchor}")

    def is_test(self, row, file, name):
        if not re.search(rf"\bfn {re.escape(name)}\b", self.tests.get(file, "")):
            self.breach(row, f"there is no {name} in any {file}")

    def counted(self, all_rows):
        count = collections.Counter((row.level, row.answer) for row in all_rows)
        lines = [(answer, [count[level, answer] for level in "12"]) for answer in ANSWERS]
        lines.append(("all", [sum(row.level == level for row in all_rows) for level in "12"]))
        untested = [row for row in all_rows if row.answer == "met" and row.tests.startswith(NO_TEST)]
        lines.append(("met, with no test", [sum(row.level == level for row in untested) for level in "12"]))
        for name, (first, second) in lines:
            line = f"| {name} | {first} | {second} | {first + second} |"
            if line not in self.text:
                self.breach(None, f"the head should have the line {line}")


def quoted(text):
    return re.findall(r"`([^`]+)`", text)


def main():
    text = pathlib.Path(sys.argv[1]).read_text()
    all_rows, check = list(rows(text)), Check(text)
    check.order(all_rows)
    for row in all_rows:
        check.answered(row)
        check.named(row)
    check.counted(all_rows)
    for breach in check.breaches:
        print(f"docs/security.md: {breach}")
    sys.exit(1 if check.breaches else 0)


if __name__ == "__main__":
    main()
