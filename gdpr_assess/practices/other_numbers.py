"""Words that say what a number is, so that an order number is not taken for a card, a telephone or a person's id."""

from __future__ import annotations

import re

BEFORE = 30
"""So many characters before a number may name it."""
_NAMED = re.compile(
    r"(?:imei|iccid|order|tracking|parcel|shipment|invoice|reference|ref\.?|ticket|case|ean|gtin|serial|ocr|kid|policy|part"
    r"|flight|model|contract|customer|bestell\w*|auftrag\w*|sendung\w*|rechnung\w*|kunden\w*|vorgangs?\w*|vertrags?\w*"
    r"|serien\w*|artikel\w*|modell\w*|policen\w*|zamówieni\w*|przesyłk\w*|faktur\w*|umow\w*|klient\w*|beställning\w*|paket\w*"
    r"|kund\w*|avtals?\w*|ärende\w*|klant\w*|订单\w*|运单\w*|快递\w*|型号|合同\w*|客户\w*)"
    r"\W*(?:no\.?|nr\.?|number|nummer|numer|id|code|号码?)?\W*(?:is|was|ist|lautet|to|är|是|为)?\W{0,3}$",
    re.IGNORECASE,
)


def named_otherwise(text: str, at: int) -> bool:
    """Tell whether the words before a place say that the number there is of another kind."""
    return _NAMED.search(text[max(0, at - BEFORE) : at]) is not None
