"""National identification numbers: an unmistakable shape, or a label and a checksum. A bare number is never enough."""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum.at import vnr
from stdnum.be import nn
from stdnum.bg import egn
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.ee import ik
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gr import amka
from stdnum.hr import oib
from stdnum.it import codicefiscale
from stdnum.lt import asmens
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.pt import cc, nif
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.si import emso

Check = Callable[[str], bool]


def _is_nino(text: str) -> bool:
    """Tell whether the prefix of a British national insurance number is one that is given out."""
    return text[:2] not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


_SHAPES: tuple[tuple[str, Check], ...] = (
    (r"\d{6}[-+ABCDEFUVWXY]\d{3}[0-9A-FHJ-NPR-Y]", hetu.is_valid),
    (r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", codicefiscale.is_valid),
    (r"\d{8}-?[A-HJ-NP-TV-Z]", dni.is_valid),
    (r"[XYZ]\d{7}-?[A-HJ-NP-TV-Z]", nie.is_valid),
    (r"(?:\d{2})?\d{6}[-+]\d{4}", personnummer.is_valid),
    (r"\d{6}/\d{4}", rc.is_valid),
    (r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", _is_nino),
    (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", nn.is_valid),
)
_LABELS: tuple[tuple[str, Check], ...] = (
    (r"pesel\w*", pesel.is_valid),
    (r"bsn|burgerservicenummer|sofinummer", bsn.is_valid),
    (r"cpr(?:-?nummer|-?nr\.?)?|personnummer", lambda text: cpr.is_valid(text) or personnummer.is_valid(text)),
    (r"personnr\.?|pers\.?nr\.?", personnummer.is_valid),
    (r"steuer-?id\w*|steueridentifikationsnummer|idnr\.?|tax id", idnr.is_valid),
    (r"sozialversicherungsnummer|svnr\.?|sv-nummer", vnr.is_valid),
    (r"rijksregisternummer|num[ée]ro national|registre national", nn.is_valid),
    (r"num[ée]ro de s[ée]curit[ée] sociale|nir|insee", nir.is_valid),
    (r"егн|egn", egn.is_valid),
    (r"rodn[ée] č[íi]slo|rod\. č\.|rc", rc.is_valid),
    (r"isikukood", ik.is_valid),
    (r"αμκα|amka", amka.is_valid),
    (r"oib", oib.is_valid),
    (r"asmens kodas", asmens.is_valid),
    (r"nif|contribuinte", lambda text: nif.is_valid(text) or cc.is_valid(text)),
    (r"cnp|cod numeric personal", cnp.is_valid),
    (r"emšo|emso", emso.is_valid),
    (r"henkilötunnus|hetu", hetu.is_valid),
)
_SHAPED = tuple((re.compile(rf"(?<![\w-]){shape}(?![\w-])"), check) for shape, check in _SHAPES)
_LABELLED = tuple(
    (re.compile(rf"(?<!\w)(?:{label})(?!\w)[^\d\n]{{0,25}}(\d(?:[ .\-/]?\d){{7,14}})", re.IGNORECASE), check)
    for label, check in _LABELS
)
GATE = "|".join(shape for shape, _ in _SHAPES) + rf"|(?i:\b(?:{'|'.join(label for label, _ in _LABELS)})\b)"
"""What a text must contain to be looked at: one pass over a whole column."""


def has_national_id(text: str) -> bool:
    """Tell whether a text holds a national identification number of a person."""
    if any(check(match.group()) for shape, check in _SHAPED for match in shape.finditer(text)):
        return True
    return any(check(match.group(1)) for label, check in _LABELLED for match in label.finditer(text))
