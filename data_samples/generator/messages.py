"""Seeded messages besides e-mail in which nothing is wrong: chats, marketing texts, answers to public posts."""

from __future__ import annotations

from datetime import date, timedelta

from data_samples.generator.records import Centre, Rows, iso, working_hour

_QUESTION = "My device does not connect any more."
_ANSWER = "Please hold the button for ten seconds until the light turns blue."


def chats(centre: Centre, people: Rows, count: int, first: date, last: date) -> Rows:
    """Return chat threads: the greeting with the notice, the customer's question, the answer."""
    rows: Rows = []
    moments = sorted(working_hour(centre.rng, first, last) for _ in range(count))
    for number, start in enumerate(moments, start=1):
        country, _, address = centre.customer(number)
        agent = centre.rng.choice(people)["person"]
        said = (("outbound", centre.chat_greeting), ("inbound", _QUESTION), ("outbound", _ANSWER))
        for step, (direction, text) in enumerate(said):
            rows.append(
                {
                    "message_id": f"H{3 * number - 2 + step:05d}", "thread_id": f"HT{number:04d}", "channel": "chat",
                    "sent_at": iso(start + timedelta(seconds=40 * step)), "direction": direction,
                    "customer_address": address, "customer_country": country,
                    "agent": agent if direction == "outbound" else "", "subject": "", "text": text,
                    "purpose": "service", "existing_customer": "true", "public": "false", "unsubscribe_header": "",
                }
            )  # fmt: skip
    return rows


def marketing_texts(centre: Centre, count: int, text: str, first: date, last: date) -> Rows:
    """Return marketing SMS, each to a customer with a consent of its own (`records.consents`, channel sms)."""
    rows = []
    for number in range(1, count + 1):
        country, phone, _ = centre.customer(number)
        rows.append(
            {
                "message_id": f"X{number:05d}", "thread_id": f"XT{number:04d}", "channel": "sms",
                "sent_at": iso(working_hour(centre.rng, first, last)), "direction": "outbound",
                "customer_address": phone, "customer_country": country, "agent": "", "subject": "", "text": text,
                "purpose": "marketing", "existing_customer": "true", "public": "false", "unsubscribe_header": "",
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row["sent_at"], row["message_id"]))


def public_answers(centre: Centre, people: Rows, count: int, first: date, last: date) -> Rows:
    """Return public answers below posts, each of which asks to go on in private."""
    rows = []
    moments = sorted(working_hour(centre.rng, first, last) for _ in range(count))
    for number, moment in enumerate(moments, start=1):
        country, _, _ = centre.customer(number)
        rows.append(
            {
                "message_id": f"O{number:05d}", "thread_id": f"OT{number:04d}", "channel": "social",
                "sent_at": iso(moment), "direction": "outbound", "customer_address": f"@user{number}",
                "customer_country": country, "agent": centre.rng.choice(people)["person"], "subject": "",
                "text": "Sorry to hear that. Please send us a private message so that we can help you.",
                "purpose": "service", "existing_customer": "", "public": "true", "unsubscribe_header": "",
            }
        )  # fmt: skip
    return rows
