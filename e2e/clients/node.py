"""A real node in a temporary folder: made, filled, served on loopback and ended with the story."""

import json
import os
import pathlib
import subprocess

CONFIGURATION = """\
data_dir = "data"
[party]
short = "{short}"
name_en = "Centre {short}"
name_fr = "Centre {short}"
side = "EU"
roles = ["agency"]
[http]
listen = "127.0.0.1:0"
[log]
format = "json"
"""

AGREEMENT = """\
id = "agreement:0192f0c1-2f00-7000-8000-00000000000a"
version = 1
name = "pilot"
title = {{ en = "Pilot", fr = "Pilote" }}
text = {{ en = "Both share.", fr = "Les deux partagent." }}
active_from = "2026-01-01T00:00:00Z"
active_until = "2096-01-01T00:00:00Z"
{parties}
[[grants]]
what = ["everything"]
up_to = "AMBER"
onward = "as-marked"
purpose = {{ en = "Defence.", fr = "Défense." }}
"""


class Node:
    """One party's node. Commands that fail end the story with what they said."""

    def __init__(self, folder, short):
        self.folder = pathlib.Path(folder) / short
        self.folder.mkdir()
        self.short = short
        self.serving = None
        self.write("entente.toml", CONFIGURATION.format(short=short))
        self.run("init")

    def path(self, name):
        return str(self.folder / name)

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def command(self, arguments):
        return [os.environ["ENTENTE"], "--config", self.path("entente.toml"), *arguments]

    def run(self, *arguments):
        done = subprocess.run(self.command(arguments), capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise RuntimeError(f"entente {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")
        return done

    def ask(self, *arguments):
        return json.loads(self.run(*arguments, "--json").stdout)

    def card(self):
        """Its card as a file, with the fingerprint that belongs to it."""
        said = self.run("party", "card", "export", self.path("card.json")).stderr
        return self.path("card.json"), said.strip().removeprefix("fingerprint").strip()

    def serve(self):
        """Starts serving and returns the base URL."""
        self.serving = subprocess.Popen(self.command(["serve"]), stderr=subprocess.PIPE, text=True)
        for line in self.serving.stderr:
            said = json.loads(line)
            if "http" in said:
                # What follows goes where nobody waits for it, or the pipe would fill.
                self.log = subprocess.Popen(["cat"], stdin=self.serving.stderr, stdout=open(self.path("log"), "w"))
                return f"http://{said['http']}"
        raise RuntimeError(f"entente serve ended with {self.serving.wait()} before it served")

    def stop(self):
        if self.serving is not None:
            self.serving.terminate()
            self.serving.wait(timeout=30)
            self.log.wait(timeout=30)
            self.serving = None


def agree(one, other):
    """Brings the agreement `pilot` into force between two nodes that have no network."""
    for node, peer in ((one, other), (other, one)):
        card, fingerprint = peer.card()
        node.run("party", "trust", card, "--fingerprint", fingerprint)
    parties = "".join(
        f'[[parties]]\nparty = "{one.ask("party", "show", short)["party"]}"\nname = "{short}"\nrole = "agency"\n'
        for short in (one.short, other.short)
    )
    one.write("pilot.toml", AGREEMENT.format(parties=parties))
    one.run("accord", "propose", one.path("pilot.toml"))
    one.run("accord", "sign", "pilot", "--signatory", "Marta Lindqvist, Director")
    for giver, taker in ((one, other), (other, one)):
        giver.run("link", "export", "--for", taker.short, giver.path("records.link"))
        taker.run("link", "import", giver.path("records.link"))
        if taker is other:
            other.run("accord", "sign", "pilot", "--signatory", "Daniel Okafor, Director")
