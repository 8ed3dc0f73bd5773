"""STIX 2.1 objects by number: the same number is the same object on every machine."""

import hashlib
import json
import uuid

GREEN = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"

# Of ten objects in a row six are indicators.
TYPES = ["indicator"] * 6 + ["malware", "malware", "vulnerability", "campaign"]


def type_of(number):
    """The STIX type of an object."""
    return TYPES[number % len(TYPES)]


def id_of(number):
    """Its id, a UUID of version 4 as STIX asks for, drawn from the number."""
    digest = hashlib.sha256(b"entente client test %d" % number).digest()
    return f"{type_of(number)}--{uuid.UUID(bytes=digest[:16], version=4)}"


def make(number, modified="2026-11-01T00:00:00.000Z"):
    """The object."""
    made = {
        "type": type_of(number),
        "spec_version": "2.1",
        "id": id_of(number),
        "created": "2026-11-01T00:00:00.000Z",
        "modified": modified,
        "name": f"Observation {number}",
        "description": f"Number {number} of a series that an agency might hand on, long enough to be read as a sentence.",
        "object_marking_refs": [GREEN],
    }
    kind = made["type"]
    if kind == "indicator":
        octets = number >> 16 & 255, number >> 8 & 255, number & 255
        made["pattern"] = "[ipv4-addr:value = '203.%d.%d.%d']" % octets
        made["pattern_type"] = "stix"
        made["valid_from"] = "2026-11-01T00:00:00Z"
        made["indicator_types"] = ["malicious-activity"]
    elif kind == "malware":
        made["is_family"] = number % 2 == 0
    elif kind == "vulnerability":
        made["external_references"] = [{"source_name": "cve", "external_id": f"CVE-2026-{10000 + number}"}]
    return made


def write(path, count):
    """Writes the first `count` objects, one a line."""
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(make(number), separators=(",", ":")) + "\n")
