"""The HTTP API against its own description: schemathesis reads the OpenAPI document of a real node, and tries every
operation with good and with broken requests. The last lines are the counts, as `cargo xtask check` reads them.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

import objects
from node import Node, agree

# The same requests each time, so no clock ends the run; by hand, SEED=2 LIMIT_S=900 goes on for a quarter of an hour.
SEED = os.environ.get("SEED", "1")
EXAMPLES = os.environ.get("EXAMPLES", "30")
LIMIT_S = os.environ.get("LIMIT_S")
PASSWORD = "correct horse battery"


# What these take is law: which facts, stages and questions there are no schema says. They refuse with 422 and what to do.
LAW = """
[[operations]]
include-path-regex = "^/api/v1/notify/(methods/practices|mailboxes|incidents/(import|[^/]+/(facts|determinations|submissions|mailings/[^/]+|stages/[^/]+/(filing|mail))))$"

[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", 401, 403, 404, 409, 422]
"""


class Unredirected(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def session(base):
    """Signs in as a person would; the cookie's value is also taken as a bearer token."""
    form = urllib.parse.urlencode({"user": "duty", "password": PASSWORD}).encode()
    try:
        urllib.request.build_opener(Unredirected).open(f"{base}/login", form)
    except urllib.error.HTTPError as answer:
        return re.search(r"entente=([^;]+)", answer.headers["Set-Cookie"]).group(1)
    raise RuntimeError("signing in led nowhere")


def counts(report):
    """Passed and failed test cases of a JUnit report."""
    suites = re.findall(r'<testsuites[^>]*\btests="(\d+)"[^>]*', report.read_text(encoding="utf-8"))
    text = report.read_text(encoding="utf-8")
    total = sum(int(count) for count in suites) or len(re.findall(r"<testcase\b", text))
    failed = len(re.findall(r"<(?:failure|error)\b", text))
    return total - min(total, failed), failed


def run(folder):
    eu, us = Node(folder, "eu"), Node(folder, "us")
    try:
        agree(eu, us)
        eu.write("password", PASSWORD)
        eu.run("account", "add", "duty", "--role", "officer", "--clearance", "red", "--password-file", eu.path("password"))
        eu.write("few.json", json.dumps({"objects": [objects.make(n) for n in range(20)]}))
        eu.run("exchange", "import", eu.path("few.json"), "--under", "pilot")
        base = eu.serve()
        (pathlib.Path(folder) / "schemathesis.toml").write_text(LAW, encoding="utf-8")
        report = pathlib.Path(folder) / "report.xml"
        done = subprocess.run(
            [
                os.path.join(os.path.dirname(sys.executable), "st"),
                "run",
                f"{base}/api/v1/openapi.json",
                "--header", f"Authorization: Bearer {session(base)}",
                "--checks", "all",
                "--phases", "examples,coverage,fuzzing",
                "--seed", SEED,
                "--max-examples", EXAMPLES,
                *(["--max-time", LIMIT_S] if LIMIT_S else []),
                "--no-shrink",
                "--suppress-health-check", "all",
                "--request-timeout", "30",
                "--continue-on-failure",
                "--report", "junit",
                "--report-junit-path", str(report),
                "--no-color",
            ],
            cwd=folder,
            timeout=int(LIMIT_S or "60") * 4,
        )
        return done.returncode, *counts(report)
    finally:
        eu.stop()
        us.stop()


def main():
    with tempfile.TemporaryDirectory() as folder:
        code, passed, failed = run(folder)
    failed = failed or int(code != 0)
    print(f"ℹ pass {passed}\nℹ fail {failed}", flush=True)
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
