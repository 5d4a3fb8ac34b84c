"""Personal data in free text: found by kind, column and channel; look-alikes are not; no value ever leaves."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from evidence_cases import AS_OF, index, intake, write
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.be import nn
from stdnum.pl import pesel

from gdpr_assess.model import PersonalData
from gdpr_assess.practices import read_evidence, survey
from gdpr_assess.practices.national_ids import countries_of
from gdpr_assess.practices.scanner import has_account, has_card_number, has_code, has_phone
from gdpr_assess.practices.special_terms import TERMS, categories_of, may_be_special
from gdpr_assess.yamlfile import raw

CARD, IBAN, PESEL = "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "44051401359"
CANARY = (CARD, CARD.replace(" ", ""), IBAN, PESEL, "kim.canary@example.com", "+46 70 123 45 67", "canaryish")


def surveyed(folder: Path, **tables: str) -> tuple[PersonalData, ...]:
    write(folder, **tables)
    exports, _ = read_evidence(folder, intake(index(*(f"{name}.csv" for name in tables))), AS_OF)
    return survey(exports)


def kinds(found: tuple[PersonalData, ...]) -> set[tuple[str, str, str | None, int]]:
    return {(item.kind, f"{item.table}.{item.column}", item.channel, item.hits) for item in found}


MESSAGES = f"""message_id|channel|sent_at|direction|text
1|email|2026-09-01 10:00:00|inbound|My card is {CARD} and my mail is kim.canary@example.com
2|chat|2026-09-02 10:00:00|inbound|IBAN {IBAN}, PESEL {PESEL}
3|chat|2026-09-03 10:00:00|inbound|I am pregnant, please call +46 70 123 45 67
4|chat|2026-09-04 10:00:00|inbound|When does the lamp come?"""


def test_each_kind_is_counted_by_column_and_channel(tmp_path: Path) -> None:
    found = surveyed(tmp_path, messages=MESSAGES)
    assert kinds(found) == {
        ("card", "messages.text", "email", 1), ("email", "messages.text", "email", 1),
        ("iban", "messages.text", "chat", 1), ("national_id", "messages.text", "chat", 1),
        ("special", "messages.text", "chat", 1), ("phone", "messages.text", "chat", 1),
    }  # fmt: skip
    chat = next(item for item in found if item.kind == "iban")
    assert chat.records == 3
    assert [(place.file, place.row) for place in chat.places] == [("inputs/evidence/messages.csv", 3)]
    assert {item.detail for item in found if item.kind in ("national_id", "special")} == {"PL", "health"}


def test_no_value_leaves_the_scanner(tmp_path: Path) -> None:
    shown = repr(surveyed(tmp_path, messages=MESSAGES))
    assert [value for value in CANARY if value in shown] == []


def _numbers(start: int, count: int) -> list[str]:
    found, number = [], start
    while len(found) < count:
        if pesel.is_valid(str(number)):
            found.append(str(number))
        number += 1
    return found


def test_a_column_of_national_numbers_is_told_by_its_share(tmp_path: Path) -> None:
    rows = "\n".join(f"{n}|{value}|marketing|granted" for n, value in enumerate(_numbers(44051400000, 25)))
    found = surveyed(tmp_path, consents=f"consent_id|customer_id|purpose|status\n{rows}")
    (item,) = found
    assert (item.kind, item.detail, item.column, item.whole_column) == ("national_id", "PL", "customer_id", True)


def test_a_column_of_running_numbers_is_none(tmp_path: Path) -> None:
    rows = "\n".join(f"{n}|{260900000 + n}|marketing|granted" for n in range(60))
    assert surveyed(tmp_path, consents=f"consent_id|customer_id|purpose|status\n{rows}") == ()


IMEI = next(str(n) for n in range(356938035643800, 356938035643900) if luhn.is_valid(str(n)))
TRAPS = [
    "Order no. 4111111111111111 has shipped",
    f"The IMEI is {IMEI}",
    f"Tracking {IMEI}",
    "EAN 4006381333931 is out of stock",
    "Invoice 2026-000123 of 01.09.2026 over 1.299,00",
    "Your parcel 00340434161094042557 is on its way",
    "Logged at 20260901 101530",
    "Call centre open 08.00-17.00 on 01.09.2026",
    "Version 10.12.2026.1 is installed",
    "Meter reading 004711123",
    "Ticket 4405140135 and case 850101",
    "Paketnummer 1234 5678 9012 3456",
    "Rechnung Nr. 4111111111111111",
    "faktura nr 4111 1111 1111 1111",
    "The price rose from 1 234 567 to 1 345 678",
]


TRAPS += [
    "Ihr Sicherheitscode lautet 4821, gültig 5 Minuten", "Your security code is 482193. Do not share.",
    "您的验证码是 4821，请勿泄露", "CID 4521 called again", "Din kontrollkod är 4821",
    "Il suo codice di sicurezza è 4821",
    "Vertragsnummer 02 123 456 78", "Artikel 0151-2345678 nachbestellen", "型号 6212345678901232 缺货",
    "Kundennummer 4111 1111 1111 1111", "Vorgangsnummer 4111111111111111", "policy number AB123456C renewed",
    "flight BA123456C", "part no. AB 12 34 56 C", "You called on 2026-03-12 14:30 about it",
    "id12 and the van are here",
    "IP 192.168.100.200", "Preis 1.234.567,89 Euro",
]  # fmt: skip
SAID = [
    ("card", "card 4111.1111.1111.1111"), ("card", "kortnummer 4012 8888 8888 1881"), ("card_code", "CVV: 123"),
    ("card_code", "Prüfnummer auf der Rückseite ist 123"), ("iban", "iban de89 3704 0044 0532 0130 00"),
    ("iban", "DE89-3704-0044-0532-0130-00"), ("iban", "konto 61 1090 1014 0000 0712 1981 2874"),
    ("phone", "Rückruf 01711234567"), ("phone", "proszę dzwonić 601 234 567"), ("phone", "我们会拨打13812345678"),
    ("special", "choruję na cukrzycę"), ("national_id", "NI number AB123456C"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), SAID)
def test_what_people_write_is_found_in_the_forms_they_use(tmp_path: Path, kind: str, text: str) -> None:
    write(tmp_path, messages=f"message_id|channel|sent_at|direction|text\n1|email|2026-09-01|inbound|{text}")
    exports, _ = read_evidence(tmp_path, intake(index("messages.csv")), AS_OF)
    assert kind in {found.kind for found in survey(exports)}


def test_a_number_in_most_messages_is_the_companys_own(tmp_path: Path) -> None:
    rows = [f"{n}|sms|2026-09-01|outbound|Call us: 08-465 004 00" for n in range(30)]
    rows.append("99|sms|2026-09-01|outbound|We called you on 08-777 66 55")
    write(tmp_path, messages="\n".join(["message_id|channel|sent_at|direction|text", *rows]))
    exports, _ = read_evidence(tmp_path, intake(index("messages.csv")), AS_OF)
    assert [(found.kind, found.hits) for found in survey(exports)] == [("phone", 1)]


@pytest.mark.parametrize("text", TRAPS)
def test_look_alikes_are_not_taken_for_personal_data(text: str) -> None:
    asked = {"card": has_card_number(text), "code": has_code(text), "iban": has_account(text), "phone": has_phone(text)}
    assert [kind for kind, seen in asked.items() if seen] == []
    assert list(countries_of(text)) == []


BE = next(str(n) for n in range(85073000100, 85073000400) if nn.is_valid(str(n)))
NUMBERS = [
    ("PL", f"PESEL: {PESEL}"), ("FI", "henkilötunnus 131052-308T"), ("IT", "CF RSSMRA85T10A562S"),
    ("ES", "DNI 12345678Z"),
    ("SE", "mitt personnummer är 811228-9874"), ("CZ", "rodné číslo 710319/2745"), ("GB", "NI number AB 12 34 56 C"),
    ("NL", "BSN 111222333"), ("DE", "Steuer-ID 36 574 261 809"), ("FR", "NIR 2 95 10 99 126 111 93"),
    ("RO", "CNP 1630615123457"), ("HR", "OIB 33392005961"), ("EE", "isikukood 36805280109"), ("GR", "ΑΜΚΑ 01013099997"),
    ("LT", "asmens kodas 33309240064"), ("PT", "NIF 501964843"), ("SI", "EMŠO 0101006500006"),
    ("IE", "PPS number 6433435F"),
    ("LV", "personas kods 161175-19997"), ("BG", "ЕГН 7523169263"), ("AT", "SVNR 1237 010180"),
    ("BE", f"rijksregisternummer {BE}"), ("DK", "CPR-nummer 211062-5629"),
]  # fmt: skip


@pytest.mark.parametrize(("land", "text"), NUMBERS)
def test_national_numbers_are_told_by_shape_or_label(land: str, text: str) -> None:
    assert land in set(countries_of(text))


def test_special_words_are_held_in_all_languages_of_the_linter() -> None:
    assert {path.stem for path in TERMS.glob("*.yaml")} == {
        "cs", "da", "de", "el", "en", "es", "fi", "fr", "it", "nl", "pl", "pt", "sv", "zh",
    }  # fmt: skip


SPECIAL = [
    ("fr", "Je suis enceinte et je déménage."), ("es", "Mi marido es diabético."), ("it", "Mia figlia è disabile."),
    ("nl", "Ik ben zwanger en wil opzeggen."), ("pt", "A minha mãe tem diabetes."), ("da", "Jeg er gravid."),
    ("fi", "Minulla on diabetes."), ("cs", "Jsem těhotná."), ("el", "Είμαι έγκυος."), ("en", "My son is diabetic."),
    ("de", "Mein Sohn hat Diabetes."), ("sv", "Jag är gravid."), ("pl", "Mój syn ma cukrzycę."), ("zh", "我怀孕了。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SPECIAL)
def test_special_categories_are_heard_in_every_language(language: str, text: str) -> None:
    assert "health" in set(categories_of(text))


@given(st.sampled_from([text for _, text in SPECIAL]), st.data())
def test_the_gate_lets_every_special_word_pass(text: str, data: st.DataObject) -> None:
    written = "".join(data.draw(st.sampled_from([char, char.upper(), char.casefold()])) for char in text)
    assert may_be_special(pl.Series([written])).all() or not set(categories_of(written))


def test_the_gate_lets_every_term_pass_in_small_letters_and_capitals() -> None:
    written = []
    for path in TERMS.glob("*.yaml"):
        groups = raw(path)
        plain = [
            f"{groups['person'][0]} {term}".replace("*", "")
            for name in groups
            if name != "person"
            for term in groups[name]
        ]
        written += [form for text in plain for form in (text, text.upper()) if set(categories_of(form))]
    assert len(written) > 1_000
    assert may_be_special(pl.Series(written)).all()


@pytest.mark.parametrize(
    "text",
    ["Le colis est en retard.", "Quiero cambiar mi dirección.", "Min pakke er ikke kommet.", "Το δέμα μου δεν έφτασε.",
     "The disabled button in the app does not work.", "Pakettini ei ole saapunut.", "Můj balík nedorazil."],
)  # fmt: skip
def test_ordinary_sentences_name_no_special_category(text: str) -> None:
    assert set(categories_of(text)) == set()


def test_the_clients_own_contacts_are_no_finding(tmp_path: Path) -> None:
    write(
        tmp_path,
        messages="message_id|channel|sent_at|direction|text\n1|email|2026-09-01|outbound|Write to info@own.example",
    )
    exports, _ = read_evidence(tmp_path, intake(index("messages.csv")), AS_OF)
    assert [item.kind for item in survey(exports)] == ["email"]
    assert survey(exports, ["privacy@own.example"]) == ()
