"""What the notices in use say of recipients and of countries to which data go, otherwise than the declared flows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from babel import Locale

from gdpr_assess.assessment.declared import Declared
from gdpr_assess.assessment.domain_names import plain_words
from gdpr_assess.assessment.notice_claims import Claim, in_use
from gdpr_assess.assessment.notices import never_leaves, no_recipients, sentences, words
from gdpr_assess.law import eea, iso
from gdpr_assess.model import WordingResult

_ALSO = {"US": ("USA", "U.S."), "GB": ("UK",)}
_NOT_CLEAR = frozenset(["Georgia", "Jordan", "Chad", "Niger", "EU", "Guernsey"])
"""Also the names of people, of a state of the US, or the beginning of another name."""
SHORT = 4
"""Shorter names (UK, USA) count only as they stand."""
_WHOLE = 5
"""Longer names may end otherwise: their last two letters change with the case in Polish and Swedish."""
_FORM = (
    r"(?:GmbH|AG|SE|KG|Ltd\.?|Limited|PLC|plc|Inc\.?|LLC|Corp\.?|AB|A/S|ApS|AS|Oy|B\.V\.|BV|N\.V\.|S\.A\.|SA|SAS"
    r"|S\.r\.l\.|Srl|S\.p\.A\.|Sp\. z o\.o\.|S\.L\.)"
)
_NAMED = re.compile(
    rf"(?P<name>[^\W\d_a-zà-ÿ][\w&'’.\-]*(?:\s(?:&\s)?[^\W\d_a-zà-ÿ][\w&'’.\-]*){{0,4}}),?\s{_FORM}(?!\w)"
    r"|(?P<han>[\u4e00-\u9fff]{2,12}?)(?:有限责任公司|股份有限公司|有限公司)"
)
FORM_END = 8
"""A legal form may hold full stops, at which the sentence seems to end."""
_COMMON = frozenset(["the", "our", "die", "der", "wir", "service", "services", "group", "partner", "partners"])
_LEADS = re.compile(r"^.*(?:给|由|与|和|向|及|即|包括|委托|的)")


@cache
def _places(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of the names of countries outside the EEA in a language, and the country of each stem."""
    stems: dict[str, str] = {}
    for code, name in Locale(language).territories.items():
        if len(code) == 2 and code.isalpha() and iso(code) not in eea() | {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}:
            for known in (name, *_ALSO.get(code, ())):
                if known not in _NOT_CLEAR:
                    stems[known[:-2] if len(known) > _WHOLE and language != "zh" else known] = iso(code)
    ordered = "|".join(re.escape(stem) for stem in sorted(stems, key=lambda stem: (-len(stem), stem)))
    return re.compile(f"({ordered})" if language == "zh" else rf"\b({ordered})(?:\b|\w{{1,5}}\b)"), stems


def _lands(wording: WordingResult, text: str, at: int = 0) -> dict[str, tuple[int, int]]:
    """Return the countries outside the EEA that a part of a notice names, with where it names each first."""
    found: dict[str, tuple[int, int]] = {}
    pattern, stems = _places(wording.result.language or "")
    for match in pattern.finditer(text):
        if len(match[1]) >= SHORT or match[0] == match[1]:
            found.setdefault(stems[match[1]], (at + match.start(), at + match.end()))
    return found


def _destinations(wording: WordingResult) -> dict[str, tuple[int, int]]:
    """Return the countries to which, as a notice says, data go."""
    own = words(wording.result.language)
    found: dict[str, tuple[int, int]] = {}
    if own is None or never_leaves(wording):
        return found
    for sentence in sentences(wording.text):
        if re.search(own.sent_abroad, sentence.group(), re.IGNORECASE):
            found = _lands(wording, sentence.group(), sentence.start()) | found
    return found


def other_country_claims(declared: Declared, wordings: Sequence[WordingResult], on: date) -> Iterator[Claim]:
    """Give each notice that names countries to which data go and by the declared flows do not."""
    home = {iso(declared.intake.profile.main_country)}
    for wording in in_use(declared, wordings, on):
        named = _destinations(wording)
        other = sorted(named.keys() - set(declared.reached_outside) - declared.served - home)
        if other:
            yield Claim(wording, named[other[0]], params={"lands": other})


def missing_country_claims(declared: Declared, wordings: Sequence[WordingResult], on: date) -> Iterator[Claim]:
    """Give each privacy notice that names countries to which data go, and leaves others out altogether."""
    for wording in in_use(declared, wordings, on):
        named = _destinations(wording) if wording.result.kind == "privacy_notice" else {}
        missing = sorted(set(declared.reached_outside) - _lands(wording, wording.text).keys()) if named else []
        if missing:
            yield Claim(wording, min(named.values()), params={"lands": missing})


def other_recipient_claims(declared: Declared, wordings: Sequence[WordingResult], on: date) -> Iterator[Claim]:
    """Give each company that a notice names among the recipients and that is nowhere declared."""
    for wording in in_use(declared, wordings, on):
        for name, span in _companies(wording).items():
            if not _is_declared(name, declared):
                named = wording.text[slice(*span)]
                yield Claim(wording, span, f"#{name.casefold()}", {"named": named})


def _companies(wording: WordingResult) -> dict[str, tuple[int, int]]:
    """Return the companies named in sentences about recipients, without their legal forms, with their places."""
    told = [hit for hit in wording.result.sure if hit.code == "recipients"]
    found: dict[str, tuple[int, int]] = {}
    for sentence in sentences(wording.text):
        if any(hit.start < sentence.end() and sentence.start() < hit.end for hit in told):
            for match in _NAMED.finditer(wording.text, sentence.start(), sentence.end() + FORM_END):
                name = match["name"] or _LEADS.sub("", match["han"])
                start = match.start() if match["name"] else match.end("han") - len(name)
                found.setdefault(name, (start, match.end()))
    return found


def _is_declared(name: str, declared: Declared) -> bool:
    """Tell whether a name has a word in common with something declared."""
    if any("\u4e00" <= char <= "\u9fff" for char in name):
        return any(name in known or known in name for known in declared.organisations)
    own = plain_words(name) - _COMMON
    return not own or any(own & plain_words(known) for known in declared.organisations)


def denied_recipient_claims(declared: Declared, wordings: Sequence[WordingResult], on: date) -> Iterator[Claim]:
    """Give each notice that says nobody else gets the data while they go to others who decide about them."""
    for wording in in_use(declared, wordings, on):
        span = no_recipients(wording)
        if span and declared.recipients:
            yield Claim(wording, span, params={"names": [partner.name for partner in declared.recipients]})
