"""Whether a mail domain belongs to something that was declared: read generously, since names are spelt in many ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from gdpr_assess.model import Profile

SHORT = 4
"""A shorter part of a domain, or word of a name, has to be equal to its counterpart or to the initials."""
_ADDRESS = re.compile(r"@((?:[\w-]+\.)+\w{2,})")
_WORD = re.compile(r"[a-z0-9]+")
_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "gov", "gob", "net", "org"])


def _plain(name: str) -> str:
    folded = name.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def plain_words(name: str) -> frozenset[str]:
    """Return the words of a name without accents and capitals."""
    return frozenset(re.findall(r"\w+", _plain(name)))


def own_domains(profile: Profile) -> frozenset[str]:
    """Return the domains in the contacts of the profile."""
    contacts = (profile.dpo_contact, profile.privacy_contact)
    return frozenset(match.casefold() for text in contacts for match in _ADDRESS.findall(text or ""))


def _labels(domain: str) -> list[str]:
    """Return the parts of a domain that may name somebody: all but its ending."""
    labels = domain.split(".")[:-1]
    return labels[:-1] if len(labels) > 1 and labels[-1] in _SECOND_LEVEL else labels


def within(domain: str, known: Iterable[str]) -> bool:
    """Tell whether a domain is one of some others, or below or above one."""
    return any(domain == own or domain.endswith(f".{own}") or own.endswith(f".{domain}") for own in known)


def named_like(domain: str, names: Iterable[str]) -> bool:
    """Tell whether a part of a domain fits one of some names."""
    labels = _labels(domain)
    parts = {part for label in labels for part in (*label.split("-"), label.replace("-", ""))}
    return any(_fits(part, _WORD.findall(_plain(name))) for name in names for part in parts if part)


def _fits(part: str, words: list[str]) -> bool:
    if len(part) < SHORT:
        return part in words or part == "".join(word[0] for word in words)
    return part in "".join(words) or any(word in part for word in words if len(word) >= SHORT)
