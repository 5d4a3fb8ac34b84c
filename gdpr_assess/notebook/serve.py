"""Serves the dashboards with Voila on this machine: our template, our list of reports, and nothing else.

The entry point should set `sys.modules["rfc3987_syntax"] = None` first: it saves a second at each start.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import FileFindHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado import web
from tornado.ioloop import IOLoop
from traitlets.config import Config
from voila.app import ThemesHandler, Voila, VoilaKernelWebsocketHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from gdpr_assess.installed import shipped
from gdpr_assess.lang import LANGUAGES, texts
from gdpr_assess.notebook.forms.client import READ_ONLY
from gdpr_assess.notebook.index import index_page, links, notice_page, visitors_language
from gdpr_assess.notebook.kernels import LARGEST_MESSAGE, OwnKernel
from gdpr_assess.notebook.page import PAGE_LANGUAGES
from gdpr_assess.notebook.shelf import Shelved, shelf

LOCAL = "127.0.0.1"
IDLE_SECONDS = 300
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Nothing may be loaded from, or sent to, another host. Voila itself needs inline scripts and eval."""
SETTINGS = {"headers": HEADERS, "ws_ping_interval": 30_000, "ws_ping_timeout": 30_000, **LARGEST_MESSAGE}
WIDGETS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]
"""The only extensions a page loads: those that draw widgets."""
KEPT = (
    FileFindHandler,
    KernelHandler,
    MultiStaticFileHandler,
    TemplateStaticFileHandler,
    ThemesHandler,
    VoilaKernelWebsocketHandler,
    VoilaShutdownKernelHandler,
)
"""What is left of Voila's own handlers. Its file tree, contents API and file server are not among them."""


class Page(JupyterHandler):  # type: ignore[misc]
    """A page of ours in the visitor's language; errors show a plain notice."""

    @property
    def lang(self) -> str:
        """The visitor's language."""
        return visitors_language(self.request.headers.get("Accept-Language", ""), self.get_argument("lang", None))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say in the visitor's language that there is nothing to see."""
        kind = {403: "refused", 404: "missing"}.get(status_code, "failed")
        self.set_status(status_code)
        self.finish(notice_page(kind, self.lang))

    def without_token(self) -> bool:
        """Lead to the address without its token, so that it stays out of the history; tells whether it did."""
        if "token" in self.request.arguments:
            self.redirect(self.request.path)
        return "token" in self.request.arguments


class Index(Page):
    """The list of reports."""

    @web.authenticated
    def get(self) -> None:
        """Show the list."""
        if not self.without_token():
            self.finish(index_page(self.settings["shelf"](), self.lang))


class Refused(Page):
    """Where strangers are sent."""

    @allow_unauthenticated  # type: ignore[untyped-decorator]
    def get(self) -> None:
        """Say that an address with a token is needed."""
        raise web.HTTPError(403)


class Missing(Page):
    """Everything that is not served."""

    @web.authenticated
    def get(self) -> None:
        """Say that there is no such page."""
        raise web.HTTPError(404)


class Dashboard(Page, TornadoVoilaHandler):  # type: ignore[misc]
    """One report, if it is on the shelf: any other path, however it is spelt, does not exist."""

    shown: tuple[Shelved, str, str] | None = None

    @web.authenticated
    async def get(self, path: str) -> None:
        """Show the report at a path below the root."""
        self.shown = _find(self.settings["shelf"](), path)
        if self.shown is None:
            raise web.HTTPError(404)
        if not self.without_token():
            self.xsrf_token  # noqa: B018  reading it sets the cookie that a closing page needs to end its kernel
            await super().get(path)


def _find(items: list[Shelved], path: str) -> tuple[Shelved, str, str] | None:
    for item in items:
        for lang, names in item.paths.items():
            for name, known in names.items():
                if known == path:
                    return item, lang, name
    return None


def add_links(handler: Dashboard, notebook: Any, cwd: str) -> None:  # noqa: ARG001
    """Put the navigation into a notebook that is about to be shown."""
    if handler.shown:
        notebook.metadata.setdefault("gdpr_assess", {}).update(links(*handler.shown))


class Dashboards(Voila):  # type: ignore[misc]
    """Voila with our handlers only."""

    reports: Callable[[], list[Shelved]]
    announce: Callable[[], None]

    def init_settings(self) -> dict[str, Any]:
        """Add the shelf to what handlers know."""
        return {**super().init_settings(), "shelf": self.reports}

    def init_handlers(self) -> list[Any]:
        """Return our pages and the handlers of Voila that they need."""
        kept = [handler for handler in super().init_handlers() if handler[1] in KEPT]
        known = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        ours = [("/", Index), ("/login", Refused), ("/voila/render/(.*)", Dashboard, known)]
        return [*ours, *kept, ("/.*", Missing)]

    def listen(self) -> None:
        """Say where the dashboards are as soon as they can be reached."""
        IOLoop.current().add_callback(self.announce)
        super().listen()


def configuration(root: Path, port: int, token: str) -> Config:
    """Return the settings: this machine only, a token, no files, no other template, kernels that end by themselves."""
    c = Config()
    c.Voila.update(
        ip=LOCAL, port=port, port_retries=0, root_dir=str(root), token=token, open_browser=False,
        config_file_paths=[], tornado_settings=SETTINGS, log_level=logging.ERROR,
    )  # fmt: skip
    c.VoilaConfiguration.update(
        template="gdpr", theme="light", allow_template_override="NO", allow_theme_override="NO", file_allowlist=[],
        strip_sources=True, show_tracebacks=False, kernel_spec_manager_class=OwnKernel, prelaunch_hook=add_links,
        extension_allowlist=WIDGETS, resources={"gdpr": _resources()},
    )  # fmt: skip
    c.MappingKernelManager.update(cull_interval=30, cull_idle_timeout=IDLE_SECONDS, cull_connected=False)
    c.KernelManager.transport_encryption = "required"
    c.IdentityProvider.cookie_options = {"samesite": "Lax"}
    return c


def _resources() -> dict[str, Any]:
    keys = ("navigation", "loading", "loading_failed")
    return {
        "style": (shipped("templates") / "page.css").read_text(encoding="utf-8"),
        "words": {lang: {key: texts(lang)(f"notebook.{key}") for key in keys} for lang in LANGUAGES},
        "codes": {lang: PAGE_LANGUAGES.get(lang, lang) for lang in LANGUAGES},
    }


def free_port(first: int) -> int:
    """Return the first port from `first` on that nobody uses; raises OSError when twenty are taken."""
    for port in range(first, first + 20):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as Tornado will do
            try:
                attempt.bind((LOCAL, port))
            except OSError:
                continue
            return port
    raise OSError(f"ports {first} to {first + 19} are all in use")


def _say(line: str) -> None:
    print(line, flush=True)


def serve(
    root: Path,
    port: int = 8866,
    token: str | None = None,
    *,
    drafts: bool = False,
    read_only: bool = False,
    say: Callable[[str], None] = _say,
) -> None:
    """Serve the dashboards below `root` until interrupted.

    `drafts` also shows runs that are not signed off; with `read_only` no page changes a client's folder.
    """
    token = token or secrets.token_urlsafe(24)
    port = free_port(port)
    paths = [str(shipped("templates")), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
    os.environ |= {READ_ONLY: "1"} if read_only else {}
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    app = Dashboards(config=configuration(root, port, token))
    app.reports = partial(shelf, root, drafts=drafts)
    app.announce = partial(_announce, say, f"http://{LOCAL}:{port}/?token={token}")
    app.initialize([])
    app.start()


def _announce(say: Callable[[str], None], url: str) -> None:
    t = texts("en")
    say(t("notebook.serving", url=url))
    say(t("notebook.index_shared"))
