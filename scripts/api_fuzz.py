"""Signs people of the demonstration in as a browser does, has them make tokens on the page, and runs schemathesis with
these: the API against its own description. Says what was answered, by operation; fails on any fault and where less is done
than asked for. Started by scripts/api-fuzz."""

import collections
import concurrent.futures
import html
import http.cookiejar
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ORIGIN = os.environ["WAYMARK_ORIGIN"]
PASSWORD = "a bottle of green ink"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
LEAST_DONE_PERCENT = 30
# One person acts a thousand times at once and then five times a second: so many share the work.
TOGETHER = 4
# The most records of each person that are looked at beforehand.
RECORDS = 60
# On how many of them one's own comments are sought.
TALKS = 8
# Among how many the busiest are sought.
LOOKED_AT = 16
SEED = "20261126"


def until_ready():
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{ORIGIN}/health/ready", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit("api-fuzz: the server did not get ready")


class Browser:
    """A browser that is signed in."""

    def __init__(self, mail):
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        page = self.send("/sign-in", {"mail": mail, "password": PASSWORD})
        if "/sign-out" not in page:
            sys.exit(f"api-fuzz: {mail} could not sign in")

    def send(self, path, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(ORIGIN + path, data, {"sec-fetch-site": "same-origin"})
        with self.opener.open(request, timeout=30) as answer:
            return answer.read().decode()

    def token(self):
        page = self.send("/me/tokens")
        once = re.search(r'name="token" value="([0-9a-f]{64})"', page).group(1)
        fields = {"name": "fuzz", "scope": "write", "days": "30", "password": PASSWORD, "token": once}
        return re.search(r"wm_[0-9a-f]{64}", html.unescape(self.send("/me/tokens", fields))).group(0)


def asked(path, token):
    request = urllib.request.Request(f"{ORIGIN}/api/v1{path}", headers={"authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def comments(reference, token):
    """The comments on a record; none for whoever may not read them there."""
    try:
        return asked(f"/records/{reference}/comments", token)["items"]
    except urllib.error.HTTPError as refused:
        if refused.code == 403:
            return []
        raise


def known(token):
    """What there is for a person: values that schemathesis could never guess, and what can be done to each record."""
    work = asked("/work", token)
    lists = [work["brought"], [one["record"] for one in work["waiting"]], work["later"], work["to_take_over"]]
    own = asked("/ideas?mine=true&limit=100", token)["items"]
    records = list(dict.fromkeys(one["reference"] for items in [*lists, own] for one in items))[:RECORDS]
    acts, said = collections.defaultdict(list), {}
    for reference in records:
        record = asked(f"/records/{reference}", token)
        for act in record["acts"]:
            acts[act].append(reference)
        said[reference] = next((word for word in (record["title"]["text"] or "").split() if word.isalpha()), "the")
    roles = asked("/me", token)["roles"]
    works_at = [role["place"] for role in roles]
    if any(role["role"] == "finder" for role in roles):
        for act in ("mask", "preview", "reports", "moderate"):
            acts[act] = records
    queue = asked("/moderation", token)
    waiting = [one["reference"] for one in [*queue["to_list"], *queue["reported"]]]
    acts["moderate"] = waiting or acts["moderate"]
    talks = [(one, comments(one, token)) for one in records[:TALKS]]
    found = [asked(f"/places?search={urllib.parse.quote(name)}", token)["items"][:1] for name in works_at]
    return {
        "token": token,
        "reference": records,
        "place": list(dict.fromkeys(one["id"] for items in found for one in items)),
        "problem": [one["id"] for one in asked("/problems?limit=100", token)["items"]],
        "acts": acts,
        "said": said,
        "comment": [(one, talk["id"]) for one, talks in talks for talk in talks if talk["is_yours"]],
        "others": [(one, talk["id"]) for one, talks in talks for talk in talks if not talk["is_yours"]],
        "shared": [one["id"] for one in asked("/shared", token)["items"]],
        "held": [one["id"] for one in asked("/held", token)["to_read"]],
        "to_answer": [
            {"reference": one["record"]["reference"], "version": one["version"]}
            for one in asked("/shared/records", token)["items"]
        ],
    }


def busiest(mails):
    """Those of some people who can do most: whoever can do nothing is only told so."""
    people = [known(Browser(mail).token()) for mail in mails[:LOOKED_AT]]
    return sorted(people, key=lambda one: -sum(map(len, one["acts"].values())))[:TOGETHER]


def run(role, people, part):
    """One part of the work by schemathesis. Gives its exit code and what it said."""
    name, more = part
    env = dict(os.environ)
    env["SCHEMATHESIS_HOOKS"] = "api_hooks"
    env["PYTHONPATH"] = str(pathlib.Path(__file__).parent)
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    counts = pathlib.Path(f"{role}-{name}.json").resolve()
    # Read anew for each part: what was done in the one before is done.
    people = [known(one["token"]) for one in people]
    env["WAYMARK_FUZZ"] = json.dumps({"people": people, "counts": str(counts)})
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{ORIGIN}/api/v1/openapi.json"]
    command += ["--url", f"{ORIGIN}/api/v1", "--checks", CHECKS, "--seed", SEED, "--continue-on-failure"]
    # One worker: Python 3.11 loses its way where two threads read the same source (its SystemError of AST depth).
    command += ["--suppress-health-check", "all", "--workers", "1", "--no-shrink", "--warnings", "off"]
    command += ["--generation-database", "none", "--no-color", *more]
    done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
    return done, json.loads(counts.read_text())


def fuzz(role, mails, examples):
    """Limits of each value and what is not allowed; then what is allowed, at length; then what is not, at random."""
    people = busiest(mails)
    parts = [
        ("limits", ["--phases", "coverage", "--mode", "all"]),
        ("allowed", ["--phases", "fuzzing", "--mode", "positive", "--max-examples", str(examples)]),
        ("wrong", ["--phases", "fuzzing", "--mode", "negative", "--max-examples", str(max(1, examples // 16))]),
    ]
    counts, faults = collections.defaultdict(collections.Counter), []
    for part in parts:
        done, own = run(role, people, part)
        for operation, statuses in own.items():
            counts[operation].update({int(status): count for status, count in statuses.items()})
        if done.returncode != 0:
            faults.append(f"{part[0]}: {done.stdout[-12_000:]} {done.stderr[-4_000:]}")
    return counts, faults


def say(role, counts, examples):
    total, few = collections.Counter(), []
    for operation in sorted(counts):
        own = counts[operation]
        total.update(own)
        said = ", ".join(f"{status}: {count}" for status, count in sorted(own.items()))
        print(f"  {operation:55} {sum(own.values()):6}  {said}")
        if sum(own.values()) < examples:
            few.append(operation)
    done = sum(count for status, count in total.items() if 200 <= status < 300)
    faults = sum(count for status, count in total.items() if status >= 500)
    percent = 100 * done / max(1, sum(total.values()))
    print(f"As {role}: {sum(total.values())} answers, {percent:.1f} % of them 2xx, {faults} of them 5xx", flush=True)
    if few:
        print(f"As {role}: fewer than {examples} examples of {', '.join(few)}", flush=True)
    return percent >= LEAST_DONE_PERCENT and faults == 0 and not few


def main():
    people = json.loads(pathlib.Path(sys.argv[1]).read_text())
    examples = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    until_ready()
    is_good = True
    with concurrent.futures.ThreadPoolExecutor() as both:
        work = {}
        for role in ("member", "finder"):
            roles = {"member"} | {role}
            own = list(dict.fromkeys(one["email"] for one in people if set(one["roles"]) == roles))
            if not own:
                sys.exit(f"api-fuzz: the demonstration has nobody who is a {role}")
            work[role] = both.submit(fuzz, role, own, examples)
        for role, doing in work.items():
            counts, faults = doing.result()
            is_good = say(role, counts, examples) and not faults and is_good
            for fault in faults:
                print(f"As {role}, {fault}", flush=True)
    if not is_good:
        sys.exit("api-fuzz: there are faults, or too little was done")


if __name__ == "__main__":
    main()
