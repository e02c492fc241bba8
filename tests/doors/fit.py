"""Writes the weights of crates/methods/src/doors/cues.txt anew, from its cues and the texts in development/.

Run by hand after the cues changed, with scikit-learn installed: python3 tests/doors/fit.py
The measures are those of crates/methods/src/doors/mod.rs. The texts beside this file are not read: they judge.
"""

import json
import pathlib
import re
import unicodedata

import numpy
from sklearn.linear_model import LogisticRegression

HERE = pathlib.Path(__file__).parent
CUES = HERE / "../../crates/methods/src/doors/cues.txt"
KINDS = ["none", "danger", "wrongdoing", "complaint", "help", "press"]
MEASURES = ["gives an idea", "asks", "exclaims", "length", "short"]
# That somebody gives an idea may not decide alone: it is halved, so that the ridge holds it down.
IDEA = 0.5


def folded(text):
    plain = unicodedata.normalize("NFD", re.sub("['’]", "", text.lower()))
    letters = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


# As in crates/methods/src/doors/cues.rs.
DRAWN = {"cannot": "cant", "can not": "cant", "do not": "dont", "did not": "didnt", "does not": "doesnt"}
DRAWN |= {"will not": "wont", "is not": "isnt", "are not": "arent", "was not": "wasnt", "were not": "werent"}
DRAWN |= {"has not": "hasnt", "have not": "havent", "could not": "couldnt", "would not": "wouldnt"}
DRAWN |= {"should not": "shouldnt", "i am": "im", "i have": "ive"}


def drawn(text):
    text = f" {text} "
    for apart, together in DRAWN.items():
        text = text.replace(f" {apart} ", f" {together} ")
    return text.strip()


def groups(text):
    """The cues of each group, as they are looked for between two spaces."""
    parts = [part.split("]", 1) for part in text.split("\n[")[1:]]
    listed = {name: rest.split("\n", 1)[1] if "\n" in rest else "" for name, rest in parts}
    cues = {name: [" ".join(cue.split()) for cue in rest.split(",")] for name, rest in listed.items()}
    looked_for = lambda cue: " " + cue.removesuffix("*") + ("" if cue.endswith("*") else " ")
    return {name: [looked_for(drawn(cue)) for cue in own if cue] for name, own in cues.items() if any(own)}


def features(text, cues):
    plain = folded(text["problem"] + " " + text["idea"])
    typed = f" {drawn(plain)} "
    counts = [min(sum(cue in typed for cue in own), 3) ** 0.5 for own in cues.values()]
    words = len(plain.split())
    asks, exclaims = "?" in text["problem"], "!" in text["problem"]
    return counts + [IDEA * bool(text["idea"].strip()), asks, exclaims, min(words, 60) / 60, words <= 10]


def main():
    before = CUES.read_text()
    cues = groups(before)
    files = sorted((HERE / "development").glob("*.jsonl"))
    texts = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    kinds = [KINDS.index(text["kind"]) for text in texts]
    model = LogisticRegression(C=0.3, max_iter=5000)
    model.fit(numpy.array([features(text, cues) for text in texts], dtype=float), kinds)
    weights = model.coef_ - model.coef_[0]
    weights[:, len(cues)] *= IDEA
    names = list(cues) + MEASURES
    by_name = {name: weights[1:, place] for place, name in enumerate(names)}
    by_name["always"] = (model.intercept_ - model.intercept_[0])[1:]

    def head(match):
        own = numpy.round(by_name[match.group(1)] * 100).astype(int)
        return f"[{match.group(1)}] " + " ".join(f"{kind} {weight}" for kind, weight in zip(KINDS[1:], own))

    CUES.write_text(re.sub(r"^\[(.+?)\].*$", head, before, flags=re.MULTILINE))


if __name__ == "__main__":
    main()
