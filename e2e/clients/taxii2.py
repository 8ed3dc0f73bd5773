"""The unmodified taxii2-client against a real node with 100,000 objects: every call it has, and what must come back.

Each check is one line; a failed one names the call. The last lines are the counts, as `cargo xtask check` reads them.
"""

import json
import logging
import os
import signal
import sys
import tempfile
import time
import uuid

import requests
from taxii2client.exceptions import AccessError
from taxii2client.v21 import Server, Status, as_pages

import objects
from node import Node, agree

COUNT = int(os.environ.get("OBJECTS", "100000"))
PAGE = 5_000
# A hang must not outlast the story; the node is ended on the way out.
LIMIT_S = int(os.environ.get("LIMIT_S", "240"))


def same(what, found, wanted):
    if found != wanted:
        raise AssertionError(f"{what}: expected {wanted!r}, found {found!r}")


def ids(envelope):
    return [one["id"] for one in envelope.get("objects", [])]


class Story:
    """What the client does, in order; later checks use what earlier ones found."""

    def __init__(self, base, token):
        self.base, self.token = base, token
        self.server = Server(f"{base}/taxii2/", user="soc", password=token)

    def discovery(self):
        same("api roots", len(self.server.api_roots), 1)
        self.root = self.server.api_roots[0]
        same("versions", self.root.versions, ["application/taxii+json;version=2.1"])
        if self.root.max_content_length <= 0:
            raise AssertionError("max_content_length is not positive")

    def without_credentials(self):
        try:
            Server(f"{self.base}/taxii2/", user="soc", password="wrong").title
        except requests.exceptions.HTTPError as error:
            same("status", error.response.status_code, 401)
            return
        raise AssertionError("a wrong password was let in")

    def collections(self):
        same("collections", len(self.root.collections), 1)
        self.collection = self.root.collections[0]
        same("rights", (self.collection.can_read, self.collection.can_write), (True, True))
        same("version of the id", uuid.UUID(self.collection.id).version, 4)
        self.collection.refresh()

    def get_objects_in_pages(self):
        seen = set()
        pages = 0
        for envelope in as_pages(self.collection.get_objects, per_request=PAGE):
            pages += 1
            found = ids(envelope)
            doubled = seen.intersection(found)
            if doubled or len(set(found)) != len(found):
                raise AssertionError(f"page {pages} repeats an object")
            seen.update(found)
        same("objects", len(seen), COUNT)
        same("pages", pages, -(-COUNT // PAGE))
        same("missing", {objects.id_of(n) for n in range(COUNT)} - seen, set())

    def get_objects_in_odd_pages(self):
        few = as_pages(self.collection.get_objects, per_request=7, type="campaign")
        first = [ids(next(few)) for _ in range(3)]
        same("sizes", [len(page) for page in first], [7, 7, 7])
        same("order", sum(first, []), [objects.id_of(n) for n in range(COUNT) if n % 10 == 9][:21])

    def filter_by_type(self):
        pages = as_pages(self.collection.get_objects, per_request=PAGE, type="malware,vulnerability")
        found = sum((ids(page) for page in pages), [])
        same("objects", len(found), sum(n % 10 in (6, 7, 8) for n in range(COUNT)))
        same("no other types", {one.split("--")[0] for one in found}, {"malware", "vulnerability"})

    def filter_by_id_and_specification(self):
        wanted = [objects.id_of(n) for n in (1, COUNT // 2, COUNT - 1)]
        envelope = self.collection.get_objects(id=wanted, spec_version="2.1")
        same("objects", sorted(ids(envelope)), sorted(wanted))
        same("of 2.0", self.collection.get_objects(id=wanted, spec_version="2.0").get("objects", []), [])

    def get_one_object(self):
        envelope = self.collection.get_object(objects.id_of(42))
        same("the object", envelope["objects"], [objects.make(42)])

    def manifest_and_added_after(self):
        manifest = self.collection.get_manifest(limit=100)
        same("more", manifest["more"], True)
        records = manifest["objects"]
        same("ids", [one["id"] for one in records], [objects.id_of(n) for n in range(100)])
        same("version", records[0]["version"], "2026-11-01T00:00:00.000Z")
        dates = [one["date_added"] for one in records]
        same("dates", dates, sorted(set(dates)))
        # A manifest has no `next` in the standard: a client goes on by date.
        later = self.collection.get_manifest(limit=100, added_after=dates[-1])
        same("next ids", [one["id"] for one in later["objects"]], [objects.id_of(n) for n in range(100, 200)])
        news = self.collection.get_objects(added_after=dates[9], limit=5)
        same("objects after the tenth", ids(news), [objects.id_of(n) for n in range(10, 15)])
        everything = self.collection.get_manifest(id=objects.id_of(COUNT - 1))["objects"][0]["date_added"]
        same("nothing after the last", self.collection.get_objects(added_after=everything), {})

    def add_objects_with_a_bad_one(self):
        good = [objects.make(COUNT + n) for n in range(3)]
        bad = objects.make(COUNT + 10)
        del bad["pattern"]
        known = objects.make(7)
        bundle = {"type": "bundle", "id": f"bundle--{uuid.uuid4()}", "objects": [good[0], bad, *good[1:], known]}
        # Written as the known one was: an object counts as held already when its bytes are the same.
        text = json.dumps(bundle, separators=(",", ":"))
        status = self.collection.add_objects(text, poll_interval=0.1, timeout=30)
        same("status", status.status, "complete")
        same("counts", (status.total_count, status.success_count, status.failure_count), (5, 4, 1))
        same("the bad one", status.failures[0]["id"], bad["id"])
        if "pattern" not in status.failures[0]["message"]:
            raise AssertionError(f"the reason says nothing of the pattern: {status.failures[0]['message']}")
        again = self.root.get_status(status.id)
        same("status asked for", (again.status, again.failure_count), ("complete", 1))
        same("what came in", sorted(ids(self.collection.get_objects(id=[one["id"] for one in good]))),
             sorted(one["id"] for one in good))

    def add_an_envelope_and_poll(self):
        envelope = {"objects": [objects.make(COUNT + 20)]}
        status = self.collection.add_objects(envelope, wait_for_completion=False)
        status.wait_until_final(poll_interval=0.1, timeout=30)
        same("status", (status.status, status.success_count), ("complete", 1))
        url = f"{self.root.url}status/{status.id}/"
        same("by its URL", Status(url, user="soc", password=self.token).status, "complete")

    def versions(self):
        one = objects.id_of(42)
        newer = "2026-11-02T00:00:00.000Z"
        status = self.collection.add_objects({"objects": [objects.make(42, modified=newer)]})
        same("success", status.success_count, 1)
        same("versions", self.collection.object_versions(one)["versions"], ["2026-11-01T00:00:00.000Z", newer])
        picked = {}
        for version in ("first", "last", "all", newer):
            found = self.collection.get_object(one, version=version)["objects"]
            picked[version] = [held["modified"] for held in found]
        older = "2026-11-01T00:00:00.000Z"
        same("by version", picked, {"first": [older], "last": [newer], "all": [older, newer], newer: [newer]})

    def a_conflict_is_a_failure(self):
        other = objects.make(43)
        other["name"] = "Another under the same version"
        status = self.collection.add_objects({"objects": [other]})
        same("failure", (status.success_count, status.failure_count), (0, 1))

    def delete_object(self):
        one = objects.id_of(COUNT + 20)
        self.collection.delete_object(one)
        try:
            self.collection.get_object(one)
        except requests.exceptions.HTTPError as error:
            same("status", error.response.status_code, 404)
        else:
            raise AssertionError("a deleted object is still served")
        same("in the manifest", self.collection.get_manifest(id=one), {})

    def reading_account_may_not_write(self, reader):
        server = Server(f"{self.base}/taxii2/", user="reader", password=reader)
        collection = server.api_roots[0].collections[0]
        same("can_write", collection.can_write, False)
        try:
            collection.add_objects({"objects": [objects.make(1)]})
        except AccessError:
            return
        raise AssertionError("the client did not see that it may not write")


def consumer(node, name, *more):
    rights = ("--relation", "organisation", "--clearance", "amber", "--agreement", "pilot")
    return node.ask("party", "consumer", "add", name, *rights, *more)["token"]


def checks(story, reader):
    yield story.discovery
    yield story.without_credentials
    yield story.collections
    yield story.get_objects_in_pages
    yield story.get_objects_in_odd_pages
    yield story.filter_by_type
    yield story.filter_by_id_and_specification
    yield story.get_one_object
    yield story.manifest_and_added_after
    yield story.add_objects_with_a_bad_one
    yield story.add_an_envelope_and_poll
    yield story.versions
    yield story.a_conflict_is_a_failure
    yield story.delete_object

    def reading_account_may_not_write():
        story.reading_account_may_not_write(reader)

    yield reading_account_may_not_write


def play(folder):
    """Makes, fills and serves the node, then runs every check; returns how many passed and failed."""
    began = time.monotonic()
    node, peer = Node(folder, "eu"), Node(folder, "us")
    agree(node, peer)
    objects.write(node.path("feed.ndjson"), COUNT)
    done = node.ask("exchange", "import", node.path("feed.ndjson"), "--under", "pilot")
    same("imported", (done["accepted"], done["refused"]), (COUNT, 0))
    writer, reader = consumer(node, "soc", "--write"), consumer(node, "reader")
    passed = failed = 0
    try:
        story = Story(node.serve(), writer)
        print(f"a node with {COUNT} objects serves after {time.monotonic() - began:.1f} s", flush=True)
        for check in checks(story, reader):
            started = time.monotonic()
            try:
                check()
                passed += 1
                print(f"ok      {check.__name__} ({time.monotonic() - started:.2f} s)", flush=True)
            except Exception as error:  # whatever the client raises is a failure of this call
                failed += 1
                print(f"FAILED  {check.__name__}: {type(error).__name__}: {error}", flush=True)
    finally:
        node.stop()
    return passed, failed


def too_late(*_):
    raise TimeoutError(f"the story did not end within {LIMIT_S} s")


def main():
    # as_pages warns when the last page is short, which is no fault.
    logging.getLogger("taxii2client").setLevel(logging.ERROR)
    signal.signal(signal.SIGALRM, too_late)
    signal.alarm(LIMIT_S)
    with tempfile.TemporaryDirectory(prefix="entente-clients-") as folder:
        passed, failed = play(folder)
    print(f"ℹ pass {passed}\nℹ fail {failed}")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
