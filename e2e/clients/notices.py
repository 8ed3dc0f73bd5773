"""Notices from a real node to a real mail server (aiosmtpd) and to a webhook whose receiver checks each signature with the
reference library of Standard Webhooks. A legal clock with less than an hour left is what there is to tell.

Each check is one line; a failed one names itself. The last lines are the counts, as `cargo xtask check` reads them.
"""

import datetime
import email
import email.policy
import http.server
import logging
import os
import queue
import re
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from node import Node

PASSWORD = "correct horse battery"
SECRET = "the password of the mail server"
# Far more than the node needs; a hang must not outlast the story.
PATIENCE_S = 60


class Mailbox:
    """Keeps what it is handed, from whoever has signed in."""

    def __init__(self):
        self.letters = queue.Queue()

    async def handle_DATA(self, server, session, envelope):
        self.letters.put((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 kept"

    def authenticate(self, server, session, envelope, mechanism, data):
        return AuthResult(success=data.login == b"desk" and data.password == SECRET.encode())


class Office(Controller):
    """Listens on a port that the system chose, and knows which."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Receiver(http.server.BaseHTTPRequestHandler):
    posted = queue.Queue()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        Receiver.posted.put((dict(self.headers.items()), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Browser:
    """Signs in, keeps the cookie, and fills in forms."""

    def __init__(self, base):
        self.base, self.cookie = base, ""
        answer = self.post("/login", user="duty", password=PASSWORD)
        self.cookie = re.search(r"(entente=[^;]+)", answer.headers["Set-Cookie"]).group(1)

    def open(self, path, form=None):
        class Unredirected(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None

        request = urllib.request.Request(self.base + path, form, {"Cookie": self.cookie})
        try:
            return urllib.request.build_opener(Unredirected).open(request, timeout=30)
        except urllib.error.HTTPError as answer:
            return answer

    def page(self, path):
        return self.open(path).read().decode()

    def post(self, path, **fields):
        return self.open(path, urllib.parse.urlencode(fields).encode())

    def submit(self, path, **fields):
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.page("/account/notices")).group(1)
        return self.post(path, csrf=csrf, **fields)


def same(what, found, wanted):
    if found != wanted:
        raise AssertionError(f"{what}: expected {wanted!r}, found {found!r}")


class Story:
    def __init__(self, folder):
        self.mailbox = Mailbox()
        self.smtp = Office(
            self.mailbox,
            hostname="127.0.0.1",
            port=0,
            auth_required=True,
            auth_require_tls=False,
            authenticator=self.mailbox.authenticate,
        )
        self.smtp.start()
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.node = Node(folder, "eu")
        self.node.write("mail.password", SECRET + "\n")
        os.chmod(self.node.path("mail.password"), 0o600)
        with open(self.node.path("entente.toml"), "a", encoding="utf-8") as file:
            file.write(
                '[outbound]\nallow = ["127.0.0.1"]\n[webhook]\non = true\n[mail]\nserver = "127.0.0.1"\n'
                f'port = {self.smtp.port}\ntls = "none"\nuser = "desk"\npassword_file = "mail.password"\n'
                'from = "desk@eu.example"\n'
            )
        self.node.write("password", PASSWORD)
        self.node.run(
            "account", "add", "duty", "--role", "officer", "--clearance", "red",
            "--password-file", self.node.path("password"),
        )  # fmt: skip

    def close(self):
        self.node.stop()
        self.smtp.stop()
        self.http.shutdown()

    def an_address_is_proved_by_a_code(self):
        self.browser = Browser(self.node.serve())
        same("asked", self.browser.submit("/account/notices/address", address="duty@eu.example").status, 303)
        to, letter = self.mailbox.letters.get(timeout=PATIENCE_S)
        same("to", to, ["duty@eu.example"])
        same("automatic", letter["Auto-Submitted"], "auto-generated")
        code = re.search(r"^(\d{8})\s*$", letter.get_content(), re.MULTILINE).group(1)
        same("proved", self.browser.submit("/account/notices/address/prove", code=code).status, 303)

    def a_webhook_is_given_its_secret(self):
        url = f"http://127.0.0.1:{self.http.server_port}/hook"
        page = self.browser.submit("/account/notices/webhook", url=url).read().decode()
        self.secret = re.search(r"whsec_[A-Za-z0-9+/=]+", page).group(0)
        # Quiet now, whatever the hour: what comes in spite of it is the clock of the law.
        hour = datetime.datetime.now(datetime.timezone.utc).hour
        form = {
            "mail": "low",
            "webhook": "low",
            "language": "fr",
            "quiet_from": f"{(hour - 1) % 24:02}:00",
            "quiet_until": f"{(hour + 3) % 24:02}:00",
            "digest": "off",
            "digest_at": "",
            "clock_h": "4",
        }
        same("wishes", self.browser.submit("/account/notices", **form).status, 303)

    def a_clock_of_the_law_is_about_to_run_out(self):
        self.node.stop()
        aware = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=71, minutes=30)
        said = self.node.run("notify", "incident", "open", "Records of Port Meridian", "--by", "A. Berg").stdout
        incident = re.search(r"incident:[0-9a-f-]+", said).group(0)
        by = ("--by", "A. Berg")
        self.node.run("notify", "incident", "determine", incident, "applies GDPR", "--outcome", "yes", *by, "--rationale", "clients")
        self.node.run("notify", "incident", "fact", incident, "aware", aware.isoformat().replace("+00:00", "Z"), *by)
        self.browser = Browser(self.node.serve())

    def it_is_mailed_with_no_word_too_many(self):
        to, letter = self.mailbox.letters.get(timeout=PATIENCE_S)
        same("to", to, ["duty@eu.example"])
        text = letter["Subject"] + letter.get_content()
        if "Un élément TLP:AMBER+STRICT vous attend" not in text:
            raise AssertionError(text)
        for secret in ("Meridian", "gdpr", "GDPR", "incident"):
            if secret in text:
                raise AssertionError(f"{secret} in {text}")

    def it_is_posted_and_the_reference_library_believes_it(self):
        headers, body = Receiver.posted.get(timeout=PATIENCE_S)
        message = Webhook(self.secret).verify(body, headers)
        same("type", message["type"], "entente.notices")
        same("keys", sorted(message["data"]["notices"][0]), ["link", "reference", "tlp", "urgency"])
        same("urgency", message["data"]["notices"][0]["urgency"], "urgent")
        try:
            Webhook(self.secret).verify(body.replace("urgent", "normal"), headers)
        except WebhookVerificationError:
            return
        raise AssertionError("a changed message was believed")

    def the_console_says_what_became_of_it(self):
        until = time.monotonic() + PATIENCE_S
        while self.browser.page("/notices").count("delivered") < 2:
            if time.monotonic() > until:
                raise AssertionError("it never says so")
            time.sleep(0.2)
        if "One hour left" not in self.browser.page("/notices"):
            raise AssertionError("the console tells everything")

    def the_password_is_in_no_log(self):
        self.node.stop()
        with open(self.node.path("log"), encoding="utf-8") as log:
            if SECRET in log.read():
                raise AssertionError("it is")


CHECKS = [
    Story.an_address_is_proved_by_a_code,
    Story.a_webhook_is_given_its_secret,
    Story.a_clock_of_the_law_is_about_to_run_out,
    Story.it_is_mailed_with_no_word_too_many,
    Story.it_is_posted_and_the_reference_library_believes_it,
    Story.the_console_says_what_became_of_it,
    Story.the_password_is_in_no_log,
]


def main():
    # Passwords without TLS are meant here: it is a loopback.
    warnings.simplefilter("ignore")
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        story = Story(folder)
        try:
            for check in CHECKS:
                try:
                    check(story)
                    passed += 1
                    print(f"ok      {check.__name__}", flush=True)
                except Exception as error:
                    failed += 1
                    print(f"FAILED  {check.__name__}: {type(error).__name__}: {error}", flush=True)
                    break
        finally:
            story.close()
    print(f"ℹ pass {passed}\nℹ fail {failed}\nℹ skipped 0")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
