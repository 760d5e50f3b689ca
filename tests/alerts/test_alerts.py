"""Alerts tell each article once, by files, a real mail server, a real web server."""

import email
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.policy import SMTP
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from xml.etree import ElementTree

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import Envelope, Session

from commands import indexed, pages_in, run
from indexer.alerts import alert_targets
from indexer.alerts.alert_store import AlertStore
from indexer.errors import AlertError

MINISTER = "التقى الوزير الأردني السفير الفرنسي في عمان وبحثا التعاون بين البلدين في التعليم."
BOAT = "رست السفينة في الميناء الجديد صباح أمس وعلى متنها بضائع كثيرة من بلاد بعيدة."
KING = "استقبل الوزير الأردني وفدا من البرلمان الياباني وبحث معه شؤون المياه والزراعة."
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return indexed(tmp_path, {"a": f"لقاء في عمان\n\n{MINISTER}\n", "b": f"سفينة\n\n{BOAT}\n"})


def publish(index: Path, name: str, title: str, text: str) -> None:
    pages = pages_in(index.parent / "pages", {name: f"{title}\n\n{text}\n"})
    done = run("index", pages, "--index", index)
    assert done.exit_code == 0, done.output


def add(index: Path, *options: object, name: str = "jo", query: str = "الوزير") -> str:
    done = run("alerts", "add", name, query, "--index", index, *options)
    assert done.exit_code == 0, done.output
    return done.output


def tell(index: Path, expected: int = 0) -> str:
    done = run("alerts", "run", "--index", index)
    assert done.exit_code == expected, done.output
    return done.output


def files(folder: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))]


def told(folder: Path) -> list[str]:
    return [article["title"] for one in files(folder) for article in one["articles"]]  # type: ignore[attr-defined]


class Hook:
    """A web server that listens, and what it was sent."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[tuple[str, dict[str, object]]] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if hook.status == 200:
                    hook.got.append((self.headers["Idempotency-Key"], json.loads(body)))
                self.send_response(hook.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def hook() -> Iterator[Hook]:
    one = Hook()
    thread = threading.Thread(target=one.server.serve_forever)
    thread.start()
    yield one
    one.server.shutdown()
    thread.join()
    one.server.server_close()


class Mailbox:
    """What a mail server does with a message: keep it, or refuse."""

    def __init__(self) -> None:
        self.answer = "250 OK"
        self.got: list[email.message.EmailMessage] = []

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.got.append(email.message_from_bytes(envelope.content, policy=SMTP))  # type: ignore[arg-type]
        return self.answer


@contextmanager
def mail_server(mailbox: Mailbox, port: int) -> Iterator[None]:
    controller = Controller(mailbox, "127.0.0.1", port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def test_only_what_is_new_is_told_and_only_once(index: Path, tmp_path: Path) -> None:
    assert "1 are known" in add(index, "--json", tmp_path / "out")
    assert tell(index) == "jo: 0 new, 0 delivered\n"
    publish(index, "c", "وفد ياباني", KING)
    assert tell(index) == "jo: 1 new, 1 delivered\n"
    assert tell(index) == "jo: 0 new, 0 delivered\n"
    assert told(tmp_path / "out") == ["وفد ياباني"]


def test_what_is_there_is_told_when_asked_for(index: Path, tmp_path: Path) -> None:
    add(index, "--json", tmp_path / "out", "--all")
    tell(index)
    assert told(tmp_path / "out") == ["لقاء في عمان"]


def test_an_index_made_anew_tells_nothing_twice(index: Path, tmp_path: Path) -> None:
    add(index, "--json", tmp_path / "out", "--all")
    tell(index)
    assert run("index", tmp_path / "pages", "--index", index, "--rebuild").exit_code == 0
    assert tell(index) == "jo: 0 new, 0 delivered\n"


def test_a_copy_of_what_was_told_is_not_told(index: Path, tmp_path: Path) -> None:
    add(index, "--json", tmp_path / "out", "--all")
    add(index, "--json", tmp_path / "each", "--all", "--copies", name="each")
    long = " ".join([MINISTER, KING, BOAT] * 4)
    publish(index, "c", "لقاء", long)
    tell(index)
    publish(index, "d", "لقاء", long)
    tell(index)
    assert told(tmp_path / "out").count("لقاء") == 1
    assert told(tmp_path / "each").count("لقاء") == 2


def test_articles_that_lack_a_word_are_not_told(index: Path, tmp_path: Path) -> None:
    add(index, "--json", tmp_path / "out", "--all", query="الوزير البركان الفلاني")
    assert tell(index) == "jo: 0 new, 0 delivered\n"


def test_filters_hold(index: Path, tmp_path: Path) -> None:
    add(index, "--json", tmp_path / "out", "--all", "--countries", "-FR")
    publish(index, "c", "وفد ياباني", KING)
    tell(index)
    assert told(tmp_path / "out") == ["وفد ياباني"]


def test_mail_reaches_a_real_server(
    index: Path, monkeypatch: pytest.MonkeyPatch, free_port: int
) -> None:
    monkeypatch.setenv("RASAD_SMTP", f"smtp://127.0.0.1:{free_port}")
    monkeypatch.setenv("RASAD_MAIL_FROM", "desk@example.org")
    add(index, "--mail", "monitor@example.org", "--all", "--lang", "ar")
    mailbox = Mailbox()
    assert "The next run tries again" in tell(index, 1)  # nobody listens yet
    with mail_server(mailbox, free_port):
        mailbox.answer = "451 later"
        assert "451" in tell(index, 1)
        mailbox.answer = "250 OK"
        publish(index, "c", "وفد ياباني", KING)
        assert tell(index) == "jo: 1 new, 2 delivered\n"
        assert tell(index) == "jo: 0 new, 0 delivered\n"
    bodies = [message.get_content() for message in mailbox.got]
    assert ["لقاء في عمان" in body for body in bodies] == [True, False]
    assert (mailbox.got[0]["To"], mailbox.got[0]["From"]) == (
        "monitor@example.org",
        "desk@example.org",
    )
    assert "رصد" in mailbox.got[0]["Subject"]
    assert mailbox.got[0]["Message-ID"] != mailbox.got[1]["Message-ID"]


def test_a_program_that_listens_is_told(index: Path, hook: Hook) -> None:
    add(index, "--webhook", hook.url, "--all")
    hook.status = 503
    assert "503" in tell(index, 1)
    hook.status = 302  # what is sent goes nowhere else
    tell(index, 1)
    hook.status = 200
    tell(index)
    tell(index)
    (key, got) = hook.got[0]
    assert len(hook.got) == 1
    assert key.startswith("jo-")
    assert [one["title"] for one in got["articles"]] == ["لقاء في عمان"]  # type: ignore[attr-defined]


def test_one_target_waits_for_no_other(index: Path, tmp_path: Path, hook: Hook) -> None:
    hook.status = 500
    add(index, "--webhook", hook.url, "--eml", tmp_path / "mails", "--all")
    tell(index, 1)
    assert len(list((tmp_path / "mails").glob("*.eml"))) == 1
    listed = run("alerts", "list", "--index", index).output
    assert f"waits for {hook.url}" in listed
    assert "mails: " not in listed
    hook.status = 200
    assert tell(index) == "jo: 0 new, 1 delivered\n"


def test_killed_between_sending_and_noting_it_is_told_again_by_the_same_name(
    index: Path, hook: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(index, "--webhook", hook.url, "--json", tmp_path / "out", "--all")
    with monkeypatch.context() as patched:
        patched.setattr(AlertStore, "delivered", lambda *_: 1 / 0)
        assert run("alerts", "run", "--index", index).exit_code != 0
    tell(index)
    assert len({key for key, _ in hook.got}) == 1
    assert len(files(tmp_path / "out")) == 1


def test_a_feed_holds_what_was_told_newest_first(index: Path, tmp_path: Path) -> None:
    feed = tmp_path / "feed.atom"
    add(index, "--atom", feed, "--all")
    tell(index)
    publish(index, "c", "وفد <ياباني>", KING)
    tell(index)
    root = ElementTree.parse(feed).getroot()
    titles = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
    assert titles == ["وفد <ياباني>", "لقاء في عمان"]
    assert all(one.text for one in root.iter(f"{ATOM}updated"))


def test_an_article_that_is_gone_is_told_by_nobody(index: Path, tmp_path: Path, hook: Hook) -> None:
    add(index, "--webhook", hook.url, "--all")
    hook.status = 500
    tell(index, 1)
    (tmp_path / "pages" / "a.txt").unlink()
    assert run("index", tmp_path / "pages", "--index", index, "--prune").exit_code == 0
    hook.status = 200
    tell(index)
    assert hook.got == []
    assert "waits" not in run("alerts", "list", "--index", index).output


def test_what_is_wrong_is_named(index: Path, tmp_path: Path) -> None:
    add(index, "--json", tmp_path / "out")
    for options, said in (
        (("jo", "x"), "already"),
        (("mail", "x", "--mail", "nobody"), "'nobody' is no address for mail"),
        (("hook", "x", "--webhook", "ftp://x"), "'ftp://x' is no place"),
    ):
        done = run("alerts", "add", *options, "--index", index)
        assert said in str(done.exception)
    assert "rasad alerts list" in str(run("alerts", "remove", "none", "--index", index).exception)
    (tmp_path / "file").write_text("x")
    add(index, "--json", tmp_path / "file" / "in", "--all", name="bad")
    assert "can't be written" in tell(index, 1)
    (index.with_name("index.alerts") / "alerts.db").write_bytes(b"no database" * 99)
    assert "can't be used" in str(run("alerts", "list", "--index", index).exception)


def test_without_a_target_files_are_written_beside_the_index(index: Path) -> None:
    add(index, "--all")
    tell(index)
    assert told(index.with_name("index.alerts") / "jo") == ["لقاء في عمان"]


def test_what_is_removed_tells_nothing_and_its_name_is_free(index: Path, tmp_path: Path) -> None:
    add(index, "--json", tmp_path / "out", "--all")
    assert run("alerts", "remove", "jo", "--index", index).exit_code == 0
    assert tell(index) == ""
    add(index, "--json", tmp_path / "out", "--all")
    assert tell(index) == "jo: 1 new, 1 delivered\n"


def test_without_a_mail_server_mail_waits(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RASAD_SMTP", raising=False)
    add(index, "--mail", "a@example.org", "--all")
    assert "RASAD_SMTP names no mail server" in tell(index, 1)


@pytest.mark.parametrize("target", ["", "json:", "mailto:", "https:///x", "x", "mailto:a b@c"])
def test_what_is_no_target_is_refused(target: str) -> None:
    with pytest.raises(AlertError):
        alert_targets.checked(target)
