"""What schemathesis cannot guess: tokens, and references and ids of what there is. One value in eight stays as it was
guessed, so that what is not there is asked for as well. Loaded by schemathesis; see scripts/api_fuzz.py."""

import atexit
import collections
import datetime
import itertools
import json
import os
import pathlib
import threading
import unicodedata
import uuid
import zlib

import schemathesis

GIVEN = json.loads(os.environ["WAYMARK_FUZZ"])
TURNS = itertools.cycle(GIVEN["people"])
LOCK = threading.Lock()
COUNTS = collections.defaultdict(collections.Counter)
SOON = str(datetime.date.today() + datetime.timedelta(days=14))
# The day of a meeting: yesterday, which is past in every time zone.
MET = str(datetime.date.today() - datetime.timedelta(days=1))
# What *to* may be where it says who may see a record, and not to whom it goes.
SEEN_BY = ("handlers", "body", "bodies", "everyone")
# What stands for somebody or something that is there.
MEANT = {"until": SOON, "on": MET, "who": "me", "to": "finder"}
# Somebody for whom it is typed: the first time they are invited, and known from then on.
AGREED = {"name": "Nia Puw", "mail": "nia.puw@tarrowmere.example.org", "agreed": True}
# Words that could stand in a problem.
SOUGHT = ("ward", "the bottles", '"each week"')


def place_of(guessed):
    """A number that follows from a guess, so that a run can be repeated."""
    return zlib.crc32(repr(guessed).encode())


def is_left(guessed):
    """One guess in eight stays as it is."""
    return place_of(guessed) % 8 == 0


def chosen(values, guessed):
    """A value that there is, the same one for the same guess."""
    return guessed if not values or is_left(guessed) else values[place_of(guessed) // 8 % len(values)]


def act_of(path):
    """Which act an operation does: the last part of its path, or any of the four answers, also in a meeting."""
    if "/meeting/" in path:
        return "meeting"
    return "answer" if "/answers/" in path else path.rsplit("/", 1)[-1]


def typed(text):
    """A text as somebody could have typed it: no control characters, and not only blanks."""
    plain = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()
    return plain or "x"


def listed(path, person, guessed):
    """Records of a list in a body that an operation can do something with; as guessed where there are none."""
    if path.endswith("/work/news"):
        records = person["acts"].get("news")
        return [{"reference": chosen(records, guessed), "news": "It goes on."}] if records else guessed
    records = person["to_answer"]
    return [chosen(records, guessed)] if records and not is_left(guessed) else guessed


def meant_at(case, body, person):
    """The same for what an operation takes besides: records of a list, and words that stand in a record."""
    path = case.operation.path
    if not isinstance(body, dict) or is_left(body):
        return body
    if isinstance(body.get("records"), list):
        body["records"] = listed(path, person, body["records"])
    if isinstance(body.get("words"), list):
        # Of a problem or a shared answer, a word that stands in most.
        body["words"] = [person["said"].get((case.path_parameters or {}).get("reference"), "the")]
    return body


def meant(body, person):
    """A body that means something to a person; what is of another kind than it should be stays so."""
    if not isinstance(body, dict) or is_left(body):
        return body
    body = {name: typed(value) if isinstance(value, str) else value for name, value in body.items()}
    # Whoever guesses a version is always too late, and no guess is a problem's id.
    for name in ("version", "answers", "people", "own_share_percent"):
        body.pop(name, None)
    # Nobody guesses an address that a name could have.
    if isinstance(body.get("behalf"), dict):
        body["behalf"] = AGREED
    # Nor a comment's, where one says what is wrong with it.
    if "because" in body:
        body.pop("comment", None)
    if isinstance(body.get("place"), str):
        body["place"] = chosen(person["place"], body["place"])
    is_telling = "origin" in body
    if is_telling and "did" not in body and not body.get("solution"):
        body["unknown"] = True
    for name, value in MEANT.items():
        is_choice = (name == "who" and is_telling) or (name == "to" and body.get("to") in SEEN_BY)
        if isinstance(body.get(name), str) and not is_choice:
            body[name] = value
    return body


@schemathesis.hook
def before_call(_context, case, _kwargs):
    with LOCK:
        person = next(TURNS)
    case.headers["Authorization"] = f"Bearer {person['token']}"
    # The same key again would only be told that it was used; one in eight is.
    key = case.headers.get("idempotency-key")
    if key and not is_left(key):
        case.headers["idempotency-key"] = str(uuid.uuid4())
    parts = case.path_parameters or {}
    if "reference" in parts:
        records = person["acts"].get(act_of(case.operation.path)) or person["reference"]
        parts["reference"] = chosen(records, parts["reference"])
    # One takes back one's own, and moderates what others said.
    comments = person["others" if act_of(case.operation.path) == "moderate" else "comment"]
    if "comment" in parts and comments and not is_left(parts["comment"]):
        parts["reference"], parts["comment"] = chosen(comments, parts["comment"])
    for name in ("place", "problem", "shared", "held"):
        if name in parts:
            parts[name] = chosen(person[name], parts[name])
    if isinstance(case.query, dict):
        if "place" in case.query:
            case.query["place"] = chosen(person["place"], case.query["place"])
        # Most guesses have no letter in them. Elsewhere they stay: letters of every kind are to be looked for.
        if "search" in case.query and case.operation.path == "/problems":
            case.query["search"] = chosen(SOUGHT, case.query["search"])
        # No guess is a place where a list goes on.
        if "after" in case.query and not is_left(case.query["after"]):
            case.query.pop("after")
    case.body = meant_at(case, meant(case.body, person), person)


@schemathesis.hook
def after_call(_context, case, response):
    with LOCK:
        COUNTS[f"{case.operation.method.upper()} {case.operation.path}"][response.status_code] += 1


@atexit.register
def keep():
    pathlib.Path(GIVEN["counts"]).write_text(json.dumps(COUNTS))
