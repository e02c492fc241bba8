"""Signs people of the demonstration in as a browser does, has them make tokens on the page, and runs schemathesis with
these: the API against its own description. Says what was answered, by operation; fails on any fault and where less is done
than asked for. Started by scripts/api-fuzz."""

import collections
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


def known(token):
    """What there is, as the person sees it: values that schemathesis could never guess."""
    work = asked("/work", token)
    lists = [work["brought"], [one["record"] for one in work["waiting"]], work["later"], work["to_take_over"]]
    records = [one["reference"] for items in lists for one in items]
    ideas = asked("/ideas?limit=100", token)["items"]
    return {
        "reference": list(dict.fromkeys(records + [one["reference"] for one in ideas])),
        "place": list(dict.fromkeys(one["place"]["id"] for one in ideas)),
        "problem": [one["id"] for one in asked("/problems?limit=100", token)["items"]],
    }


def merged(all_known):
    return {name: list(dict.fromkeys(value for one in all_known for value in one[name])) for name in all_known[0]}


def fuzz(role, people, examples):
    tokens = [Browser(mail).token() for mail in people]
    counts = pathlib.Path(f"{role}.json")
    env = dict(os.environ)
    env["SCHEMATHESIS_HOOKS"] = "api_hooks"
    env["PYTHONPATH"] = str(pathlib.Path(__file__).parent)
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    env["WAYMARK_FUZZ"] = json.dumps(
        {"tokens": tokens, "known": merged([known(token) for token in tokens]), "counts": str(counts.resolve())}
    )
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{ORIGIN}/api/v1/openapi.json"]
    command += ["--url", f"{ORIGIN}/api/v1", "--checks", CHECKS, "--max-examples", str(examples), "--seed", SEED]
    command += ["--phases", "examples,coverage,fuzzing", "--generation-database", "none", "--continue-on-failure"]
    command += ["--suppress-health-check", "all", "--workers", "2", "--no-shrink", "--warnings", "off"]
    print(f"As {role}: {len(tokens)} people", flush=True)
    done = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stdout[-12_000:], done.stderr[-4_000:], flush=True)
    return done.returncode, json.loads(counts.read_text())


def say(role, counts):
    total = collections.Counter()
    for operation in sorted(counts):
        own = collections.Counter({int(status): count for status, count in counts[operation].items()})
        total.update(own)
        said = ", ".join(f"{status}: {count}" for status, count in sorted(own.items()))
        print(f"  {operation:55} {sum(own.values()):6}  {said}")
    done = sum(count for status, count in total.items() if 200 <= status < 300)
    faults = sum(count for status, count in total.items() if status >= 500)
    percent = 100 * done / max(1, sum(total.values()))
    print(f"As {role}: {sum(total.values())} answers, {percent:.1f} % of them 2xx, {faults} of them 5xx", flush=True)
    return percent >= LEAST_DONE_PERCENT and faults == 0


def main():
    people = json.loads(pathlib.Path(sys.argv[1]).read_text())
    examples = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    until_ready()
    is_good = True
    for role in ("member", "finder"):
        roles = {"member"} | {role}
        own = list(dict.fromkeys(one["email"] for one in people if set(one["roles"]) == roles))[:TOGETHER]
        if not own:
            sys.exit(f"api-fuzz: the demonstration has nobody who is a {role}")
        code, counts = fuzz(role, own, examples)
        is_good = say(role, counts) and code == 0 and is_good
    if not is_good:
        sys.exit("api-fuzz: there are faults, or too little was done")


if __name__ == "__main__":
    main()
