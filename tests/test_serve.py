from __future__ import annotations

import http.cookiejar
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from example_run import AS_OF, HOSTILE, example_run, save_run
from served import served

from gdpr_assess import review
from gdpr_assess.installed import shipped
from gdpr_assess.lang import texts
from gdpr_assess.notebook.index import index_page, visitors_language
from gdpr_assess.notebook.serve import configuration, free_port
from gdpr_assess.notebook.shelf import shelf
from gdpr_assess.workspace import ClientFolder, sha256, write_atomic

REPORT = "signed/client/runs/2026-09-30/en/gap_analysis.ipynb"


def _put(root: Path, name: str) -> ClientFolder:
    run = save_run(root / name, example_run(f"{name} {HOSTILE}"))
    (run / "en").mkdir()
    for source in shipped("notebooks").glob("*.ipynb"):
        shutil.copy(source, run / "en")
    return ClientFolder(root / name / "client")


def _sign_as_it_is(folder: ClientFolder) -> None:
    """Sign a run off as `publish` did before it looked inside."""
    signed = review.Publication(as_of=AS_OF, by="A", on=AS_OF, sha256=sha256(folder.run(AS_OF) / "assessment.json"))
    write_atomic(folder.run(AS_OF) / "published.json", signed.model_dump_json())


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("clients")
    review.publish(_put(folder, "signed"), AS_OF, "A. Consultant", date(2026, 10, 1))
    changed = _put(folder, "changed")
    review.publish(changed, AS_OF, "A. Consultant", date(2026, 10, 1))
    (changed.run(AS_OF) / "assessment.json").write_text(
        example_run("changed afterwards").model_dump_json(by_alias=True), encoding="utf-8"
    )
    _put(folder, "draft")
    broken = _put(folder, "broken")
    (broken.run(AS_OF) / "assessment.json").write_text("{", encoding="utf-8")
    _sign_as_it_is(broken)
    (folder / "signed" / "client" / "secret.ipynb").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with served(root, 18900, drafts=False) as at:
        yield at


class Visitor:
    """A browser without a screen; `known` came in with the token."""

    def __init__(self, address: str, *, known: bool) -> None:
        self.address = address
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        if known:
            assert self.get("/?token=secret")[0] == 200

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), dict(error.headers)


def test_only_runs_that_were_signed_and_not_changed_since_are_listed(address: str) -> None:
    status, page, _ = Visitor(address, known=True).get("/")
    assert status == 200
    assert "signed &lt;img" in page
    assert "draft" not in page
    assert "changed" not in page
    assert "broken/client" in page
    assert texts("en")("notebook.unreadable") in page


@pytest.mark.parametrize("path", ["/", f"/voila/render/{REPORT}", "/?token=wrong", "/anything"])
def test_strangers_see_nothing_but_a_notice(address: str, path: str) -> None:
    status, page, _ = Visitor(address, known=False).get(path)
    assert status == 403
    assert texts("en")("notebook.refused") in page
    assert "signed" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/voila/render/draft/client/runs/2026-09-30/en/gap_analysis.ipynb",
        "/voila/render/broken/client/runs/2026-09-30/en/gap_analysis.ipynb",
        "/voila/render/signed/client/secret.ipynb",
        "/voila/render/signed/client/../../draft/client/runs/2026-09-30/en/gap_analysis.ipynb",
        "/voila/render/signed/client/%2e%2e/%2e%2e/draft/client/runs/2026-09-30/en/gap_analysis.ipynb",
        "/voila/render/signed/client/..%2f..%2fdraft/client/runs/2026-09-30/en/gap_analysis.ipynb",
        f"/voila/render//{REPORT}",
        f"/voila/render/./{REPORT}",
        "/voila/tree",
        "/voila/tree/signed",
        "/voila/api/contents",
        "/voila/api/contents/signed",
        "/voila/files/signed/client/runs/2026-09-30/assessment.json",
        "/signed/client/runs/2026-09-30/assessment.json",
        "/api/kernels",
        "/static/etc/passwd",
    ],
)
def test_nothing_but_the_listed_reports_is_served(address: str, path: str) -> None:
    status, page, _ = Visitor(address, known=True).get(path)
    assert status == 404
    assert "assessment" not in page


def test_the_token_does_not_stay_in_the_address(address: str) -> None:
    visitor = Visitor(address, known=False)
    with visitor.opener.open(address + "/?token=secret", timeout=20) as answer:
        assert answer.url == address + "/"


def test_every_page_forbids_other_hosts(address: str) -> None:
    _, _, headers = Visitor(address, known=True).get("/")
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_chinese_visitor_reads_chinese_everywhere(address: str) -> None:
    _, page, _ = Visitor(address, known=True).get("/", **{"Accept-Language": "zh-CN,zh;q=0.9"})
    assert texts("zh")("notebook.index_shared") in page
    assert '<html lang="zh-Hans">' in page
    _, notice, _ = Visitor(address, known=False).get("/", **{"Accept-Language": "zh-CN"})
    assert texts("zh")("notebook.refused") in notice
    _, missing, _ = Visitor(address, known=True).get("/x", **{"Accept-Language": "zh-CN"})
    assert texts("zh")("notebook.missing") in missing


def test_the_settings_are_the_safe_ones(tmp_path: Path) -> None:
    c = configuration(tmp_path, 8866, "token")
    assert c.Voila.ip == "127.0.0.1"
    assert c.Voila.config_file_paths == []
    assert c.VoilaConfiguration.file_allowlist == []
    assert c.VoilaConfiguration.allow_template_override == c.VoilaConfiguration.allow_theme_override == "NO"
    assert c.KernelManager.transport_encryption == "required"
    assert 0 < c.MappingKernelManager.cull_idle_timeout <= 600
    assert c.MappingKernelManager.cull_interval


def test_drafts_are_shown_to_the_consultant_only(root: Path) -> None:
    assert [item.folder for item in shelf(root)] == ["broken/client", "signed/client"]
    with_drafts = shelf(root, drafts=True)
    assert [item.folder.split("/")[0] for item in with_drafts] == ["broken", "changed", "draft", "signed"]
    assert texts("en")("notebook.draft") in index_page(with_drafts, "en")
    assert texts("en")("notebook.index_empty") in index_page([], "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_run_that_cannot_be_read_is_named_and_hides_nobody(tmp_path: Path, lang: str) -> None:
    review.publish(_put(tmp_path, "good"), AS_OF, "A", date(2026, 10, 1))
    bad = _put(tmp_path, "bad")
    (bad.run(AS_OF) / "assessment.json").write_text('{"schema": ', encoding="utf-8")
    write_atomic(bad.runs / "copy" / "assessment.json", "{}")
    assert [item.folder for item in shelf(tmp_path)] == ["good/client"]
    assert [(item.client is None, item.folder) for item in shelf(tmp_path, drafts=True)] == [
        (True, "bad/client"),
        (False, "good/client"),
    ]
    _sign_as_it_is(bad)
    broken, good = shelf(tmp_path)
    assert (broken.client, broken.paths, broken.published) == (None, {}, True)
    page = index_page([broken, good], lang)
    assert texts(lang)("notebook.unreadable") in page
    assert "bad/client" in page
    assert page.count("/voila/render/") == 2


def test_clients_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        save_run(tmp_path / name)
        (tmp_path / name / "client" / "runs" / "2026-09-30" / "en").mkdir()
        (tmp_path / name / "client" / "runs" / "2026-09-30" / "en" / "gap_analysis.ipynb").write_text("{}")
    page = index_page(shelf(tmp_path, drafts=True), "en")
    assert "(one/client)" in page
    assert "(two/client)" in page
    assert "(client)" not in index_page(shelf(tmp_path / "one", drafts=True), "en")


@pytest.mark.parametrize(
    ("accepted", "asked", "lang"),
    [
        ("zh-CN,en;q=0.5", None, "zh"),
        ("sv, zh;q=0.5", None, "zh"),
        ("", None, "en"),
        ("zh", "en", "en"),
        ("zh", "xx", "zh"),
    ],
)
def test_visitors_get_the_first_language_that_is_spoken_here(accepted: str, asked: str | None, lang: str) -> None:
    assert visitors_language(accepted, asked) == lang


def test_a_port_in_use_is_passed_over() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        first = taken.getsockname()[1]
        assert free_port(first) > first
