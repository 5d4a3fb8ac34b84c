"""The pages around the dashboards, in the visitor's language: the list of reports, and what is said to strangers."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from gdpr_assess.installed import shipped
from gdpr_assess.lang import LANGUAGES, Texts, texts
from gdpr_assess.lang.formatting import language_name, show_date
from gdpr_assess.notebook.page import PAGE_LANGUAGES
from gdpr_assess.notebook.render import NOTEBOOKS
from gdpr_assess.notebook.shelf import Shelved
from gdpr_assess.report.html import Html, chip, join, table, tag


def visitors_language(accepted: str, asked: str | None) -> str:
    """Return the language to use: the one asked for, else the first of the browser's that we speak, else English."""
    names = [asked or "", *(part.split(";")[0].strip().split("-")[0].lower() for part in accepted.split(","))]
    return next((name for name in names if name in LANGUAGES), LANGUAGES[0])


def styles() -> str:
    """Return the stylesheet of everything around and in a report."""
    folder = shipped("templates")
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("page.css", "style.css"))


def document(title: str, lang: str, *content: object) -> str:
    """Return a whole page of ours."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("link", rel="icon", href="data:;base64,="),
        tag("style", Html(styles())),
    )
    body = tag("body", *content, class_="ga-dashboard")
    return "<!DOCTYPE html>\n" + tag("html", head, body, lang=PAGE_LANGUAGES.get(lang, lang))


def address(path: str) -> str:
    """Return the address of a report."""
    return "/voila/render/" + quote(path)


def own_name(lang: str) -> str:
    """Return the name of a language in that language."""
    return language_name(lang, lang)


def _switch(lang: str) -> Html:
    links = [
        tag("a", own_name(code), href=f"/?lang={code}", lang=code, aria_current="page" if code == lang else None)
        for code in LANGUAGES
    ]
    return tag("span", links, class_="ga-languages")


def index_page(items: Sequence[Shelved], lang: str) -> str:
    """Return the list of all reports that may be shown."""
    t = texts(lang)
    bar = tag("nav", tag("a", t("notebook.all_reports"), href="/", aria_current="page"), _switch(lang), class_="ga-bar")
    heads = [t(f"notebook.{key}") for key in ("client", "as_of", "status", "reports")]
    folders: dict[str | None, set[str]] = {}
    for item in items:
        folders.setdefault(item.client, set()).add(item.folder)
    rows = [_row(item, lang, t, len(folders[item.client]) > 1) for item in items]
    listed = table(heads, rows, t("notebook.all_reports")) if rows else tag("p", t("notebook.index_empty"))
    title = t("notebook.index_title")
    shared = tag("p", t("notebook.index_shared"), class_="ga-where")
    main = tag(
        "main",
        tag("div", tag("h1", title), tag("p", t("notebook.index_intro")), listed, shared, class_="ga ga-opening"),
    )
    return document(title, lang, bar, main)


def _row(item: Shelved, lang: str, t: Texts, several: bool) -> list[object]:
    state = chip(t("notebook.published"), "present") if item.published else chip(t("notebook.draft"), "medium")
    ordered = sorted(item.paths, key=lambda code: (code != lang, code))
    reports = [
        tag(
            "div",
            [
                [tag("a", texts(code)(f"notebook.{name}"), href=address(item.paths[code][name]), lang=code), " "]
                for name in NOTEBOOKS
                if name in item.paths[code]
            ],
            class_="ga-links",
        )
        for code in ordered
    ]
    if item.client is None:
        reports = [tag("div", t("notebook.unreadable"))]
    name = [tag("b", item.client or item.folder), f" ({item.folder})" if several and item.client else ""]
    return [join(name), show_date(item.as_of, lang), state, join(reports)]


def notice_page(kind: str, lang: str) -> str:
    """Return a page that says why there is nothing to see: `refused`, `missing` or `failed`."""
    t = texts(lang)
    title = t(f"notebook.{kind}_title")
    return document(
        title, lang, tag("main", tag("div", tag("h1", title), tag("p", t(f"notebook.{kind}")), class_="ga ga-opening"))
    )


def links(item: Shelved, lang: str, name: str) -> dict[str, list[dict[str, object]]]:
    """Return the navigation of one dashboard: the pages of its language, and its other languages."""
    t = texts(lang)
    pages: list[dict[str, object]] = [{"href": f"/?lang={lang}", "text": t("notebook.all_reports"), "current": False}]
    pages += [
        {"href": address(path), "text": t(f"notebook.{other}"), "current": other == name}
        for other, path in item.paths[lang].items()
    ]
    languages: list[dict[str, object]] = [
        {"href": address(names[name]), "text": own_name(code), "lang": code, "current": code == lang}
        for code, names in sorted(item.paths.items())
        if name in names
    ]
    return {"links": pages, "languages": languages if len(languages) > 1 else []}
