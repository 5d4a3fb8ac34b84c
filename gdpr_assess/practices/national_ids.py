"""National identification numbers: an unmistakable shape, or a label and a checksum. A bare number is never enough."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum.at import vnr
from stdnum.be import bis, nn
from stdnum.bg import egn, pnf
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.ee import ik
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gr import amka
from stdnum.hr import oib
from stdnum.ie import pps
from stdnum.it import codicefiscale
from stdnum.lt import asmens
from stdnum.lv import pvn
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.pt import cc, nif
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.si import emso

from gdpr_assess.practices.other_numbers import named_otherwise

Check = Callable[[str], bool]


def _is_nino(text: str) -> bool:
    """Tell whether the prefix of a British national insurance number is one that is given out."""
    return text[:2] not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


_SHAPES: tuple[tuple[str, str, Check], ...] = (
    ("FI", r"\d{6}[-+ABCDEFUVWXY]\d{3}[0-9A-FHJ-NPR-Y]", hetu.is_valid),
    ("IT", r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", codicefiscale.is_valid),
    ("ES", r"\d{8}-?[A-HJ-NP-TV-Z]", dni.is_valid),
    ("ES", r"[XYZ]\d{7}-?[A-HJ-NP-TV-Z]", nie.is_valid),
    ("SE", r"(?:\d{2})?\d{6}[-+]\d{4}", personnummer.is_valid),
    ("CZ", r"\d{6}/\d{4}", rc.is_valid),
    ("GB", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", _is_nino),
    ("BE", r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", lambda text: nn.is_valid(text) or bis.is_valid(text)),
    ("LV", r"\d{6}-\d{5}", lambda text: text[:2] != "32" and pvn.is_valid(text)),
    ("FR", r"[12] \d{2} \d{2} (?:\d{2}|2[AB]) \d{3} \d{3} \d{2}", nir.is_valid),
)
_LABELS: tuple[tuple[str, str, Check], ...] = (
    ("PL", r"pesel\w*", pesel.is_valid),
    ("NL", r"bsn|burgerservicenummer|sofinummer", bsn.is_valid),
    ("DK", r"cpr(?:-?nummer|-?nr\.?)?|personnummer", lambda text: cpr.is_valid(text) or personnummer.is_valid(text)),
    ("SE", r"personnr\.?|pers\.?nr\.?", personnummer.is_valid),
    ("DE", r"steuer-?id\w*|steueridentifikationsnummer|idnr\.?|tax id", idnr.is_valid),
    ("AT", r"sozialversicherungsnummer|svnr\.?|sv-nummer", vnr.is_valid),
    ("BE", r"rijksregisternummer|num[ée]ro national|registre national", nn.is_valid),
    ("FR", r"num[ée]ro de s[ée]curit[ée] sociale|nir|insee", nir.is_valid),
    ("BG", r"егн|egn|лнч", lambda text: egn.is_valid(text) or pnf.is_valid(text)),
    ("CZ", r"rodn[ée] č[íi]sl[oa]|rodn[éy]m č[íi]slom|rod\. č\.|rc", rc.is_valid),
    ("EE", r"isikukood\w*", ik.is_valid),
    ("GR", r"αμκα|amka|α\.μ\.κ\.α\.", amka.is_valid),
    ("HR", r"oib", oib.is_valid),
    ("LT", r"asmens kod\w+", asmens.is_valid),
    ("LV", r"personas kod\w+", pvn.is_valid),
    ("PT", r"nif|contribuinte", lambda text: nif.is_valid(text) or cc.is_valid(text)),
    ("RO", r"cnp|cod numeric personal", cnp.is_valid),
    ("SI", r"emšo|emso", emso.is_valid),
    ("FI", r"henkilötunnu\w+|hetu", hetu.is_valid),
)
_LETTERED: tuple[tuple[str, str, str, Check], ...] = (
    ("IE", r"pps(?:n| number| no\.?)?|uimhir psp", r"\d{7}[A-W][A-IW]?", pps.is_valid),
    ("ES", r"dni|nie|nif", r"[0-9XYZ]\d{7}-?[A-Z]", lambda text: dni.is_valid(text) or nie.is_valid(text)),
)
"""Numbers with letters whose shape alone is too common: they need their label."""
_SHAPED = tuple((land, re.compile(rf"(?<![\w-]){shape}(?![\w-])"), check) for land, shape, check in _SHAPES)
_LABELLED = tuple(
    (land, re.compile(rf"(?<!\w)(?:{label})(?!\w)[^\d\n]{{0,25}}(\d(?:[ .\-/]?\d){{7,14}})", re.IGNORECASE), check)
    for land, label, check in _LABELS
) + tuple(
    (land, re.compile(rf"(?<!\w)(?i:{label})(?!\w)[^\d\n]{{0,25}}?(?<!\w)({shape})(?!\w)"), check)
    for land, label, shape, check in _LETTERED
)
_ALL_LABELS = "|".join([*(row[1] for row in _LABELS), *(row[1] for row in _LETTERED)])
GATE = "|".join(shape for _, shape, _ in _SHAPES) + rf"|(?i:(?:^|[^A-Za-z0-9_])(?:{_ALL_LABELS})(?:$|[^A-Za-z0-9_]))"
"""What a text must contain to be looked at: one pass over a whole column, without the word boundaries of Unicode, which
would make it fifty times slower."""


def countries_of(text: str) -> Iterator[str]:
    """Yield the country of each national identification number of a person in a text."""
    for land, shape, check in _SHAPED:
        if any(check(m.group()) and not named_otherwise(text, m.start()) for m in shape.finditer(text)):
            yield land
    for land, label, check in _LABELLED:
        if any(check(match.group(1)) for match in label.finditer(text)):
            yield land


def has_national_id(text: str) -> bool:
    """Tell whether a text holds a national identification number of a person."""
    return next(countries_of(text), None) is not None


COLUMN_CHECKS: dict[str, Check] = {
    "AT": vnr.is_valid, "BE": nn.is_valid, "BG": egn.is_valid, "CZ": rc.is_valid, "DE": idnr.is_valid,
    "DK": lambda text: "-" in text and cpr.is_valid(text), "EE": ik.is_valid, "ES": dni.is_valid, "FI": hetu.is_valid,
    "FR": nir.is_valid, "GR": amka.is_valid, "HR": oib.is_valid, "IE": pps.is_valid, "IT": codicefiscale.is_valid,
    "LT": asmens.is_valid, "LV": pvn.is_valid, "NL": bsn.is_valid, "PL": pesel.is_valid, "PT": nif.is_valid,
    "RO": cnp.is_valid, "SE": personnummer.is_valid, "SI": emso.is_valid, "SK": rc.is_valid,
}  # fmt: skip
"""By country, for a column of bare numbers: there no label helps, but the share of valid ones decides."""
