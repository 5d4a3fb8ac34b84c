"""Which consents still hold, by the wording version they rest on, and whom that leaves reachable.

Each granted consent gets one state: `withdrawn` (the person has said no since: a withdrawal, a later refusal, or an
entry in the opt-out list), `no_evidence` (who, when, how or which wording cannot be shown: Art. 7(1)), `invalid` (the
wording has a defect, or was not in use that day), `expired`, `to_renew` (ends within three months), `valid`, or
`undecided` (a value cannot be read, or the wording could not be analysed).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

import polars as pl

from gdpr_assess.model import ConsentGroup, ConsentRows, ConsentState, Intake, LintResult
from gdpr_assess.practices import national
from gdpr_assess.practices.case import Records, local_day
from gdpr_assess.practices.checks.consent import faults
from gdpr_assess.practices.contacts import channel_of, same_channel
from gdpr_assess.practices.exports import FILE, Exports, file_and_sheet
from gdpr_assess.practices.readers.contacts import region_of
from gdpr_assess.practices.readers.typed import ROW

RENEW_DAYS, MOST_SPANS = 90, 2_000
NOT_IN_USE = "wording_not_in_use"
STATES: tuple[ConsentState, ...] = ("valid", "to_renew", "expired", "withdrawn", "invalid", "no_evidence", "undecided")
GROUP = ["purpose", "channel", "country"]


def reconsent(exports: Exports, intake: Intake, as_of: date, wordings: Mapping[str, LintResult]) -> list[ConsentGroup]:
    """Return the granted consents by purpose, channel and country; none where no consents were handed over."""
    if not exports["consents"].given:
        return []
    judged = _judged(exports, _versions(intake, wordings), intake.profile.time_zone, as_of).collect()
    parts = judged.partition_by(GROUP, as_dict=True)
    return [_group(key, parts[key]) for key in sorted(parts, key=lambda key: tuple(str(part or "") for part in key))]


def _judged(exports: Exports, versions: pl.DataFrame, zone: str, as_of: date) -> pl.LazyFrame:
    consents = Records(exports["consents"], zone)
    rows = consents.rows.filter(pl.col("status") == "granted")
    rows = _with_country(rows).join(versions.lazy(), on="wording_id", how="left")
    rows = rows.join(_said_no(exports, rows, zone), on=[FILE, ROW], how="left")
    withdrawn = pl.col("withdrawn_at").is_not_null() & (local_day(pl.col("withdrawn_at"), zone) <= as_of)
    captured = local_day(pl.col("captured_at"), zone)
    nobody = _empty("customer_id") & _empty("contact")
    lacking = nobody | pl.col("captured_at").is_null() | _empty("method") | _empty("wording_id")
    outside = (captured < pl.col("since")) | (captured > pl.col("until"))
    unread = pl.any_horizontal(consents.unread(name) for name in ("captured_at", "withdrawn_at", "expires_at"))
    unsure = unread | (pl.col("met").is_not_null() & pl.col("said_no").is_null())
    unknown = pl.col("known").is_null() | pl.col("unread").fill_null(value=False)
    ends = pl.min_horizontal(local_day(pl.col("expires_at"), zone), _by_law(rows, captured, as_of))
    state = (
        pl.when(withdrawn | pl.col("said_no")).then(pl.lit("withdrawn"))
        .when(unsure).then(pl.lit("undecided"))
        .when(lacking).then(pl.lit("no_evidence"))
        .when(unknown).then(pl.lit("undecided"))
        .when((pl.col("faults").list.len() > 0) | outside.fill_null(value=False)).then(pl.lit("invalid"))
        .when(ends < as_of).then(pl.lit("expired"))
        .when(ends < pl.lit(as_of).dt.offset_by(f"{RENEW_DAYS}d")).then(pl.lit("to_renew"))
        .otherwise(pl.lit("valid"))
    )  # fmt: skip
    return rows.select(
        FILE, ROW, *GROUP, "contact", "customer_id", state=state,
        reasons=pl.when(outside.fill_null(value=False)).then(pl.col("faults").fill_null([]).list.concat(pl.lit([NOT_IN_USE])))
        .otherwise(pl.col("faults").fill_null([])),
    )  # fmt: skip


def _said_no(exports: Exports, rows: pl.LazyFrame, zone: str) -> pl.LazyFrame:
    """Tell of each consent (`met`: there is something to compare) whether the person has said no since.

    Null where a time or a channel of the refusal cannot be read.
    """
    consents, listed = Records(exports["consents"], zone), Records(exports["suppressions"], zone)
    ended = pl.when(pl.col("status") == "withdrawn").then(pl.col("withdrawn_at"))
    refused = consents.rows.filter(pl.col("status").is_in(["refused", "withdrawn"])).select(
        "contact", "purpose", channel_of(consents).alias("no_channel"), no_at=pl.coalesce(ended, "captured_at")
    )
    opted_out = listed.rows.select(
        "contact",
        pl.lit("marketing").alias("purpose"),
        channel_of(listed).alias("no_channel"),
        no_at=pl.col("added_at"),
    )
    given = rows.filter(pl.col("contact").is_not_null()).select(
        FILE, ROW, "contact", "purpose", "channel", "captured_at"
    )
    pairs = given.join(pl.concat([refused, opted_out]), on=["contact", "purpose"])
    later = pairs.select(
        FILE, ROW, no=(pl.col("no_at") > pl.col("captured_at")) & same_channel("no_channel", "channel")
    )
    return later.group_by(FILE, ROW).agg(said_no=pl.col("no").any(ignore_nulls=False), met=pl.lit(value=True))


def _empty(column: str) -> pl.Expr:
    return pl.col(column).is_null() | (pl.col(column) == "")


def _with_country(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add the country of the number; addresses of e-mail tell none."""
    numbers = rows.select("contact").drop_nulls().unique().collect()["contact"]
    lands = pl.DataFrame({"contact": numbers, "country": region_of(numbers)}, schema_overrides={"country": pl.String})
    return rows.join(lands.lazy(), on="contact", how="left")


def _versions(intake: Intake, wordings: Mapping[str, LintResult]) -> pl.DataFrame:
    """Return each wording of the intake with its faults and the days on which it was in use."""
    table = []
    for wording in intake.wordings:
        result = wordings.get(wording.id)
        found = faults(result) if result else None
        table.append((wording.id, True, found is None, list(found or ()), wording.valid_from, wording.valid_to))
    schema: dict[str, Any] = {
        "wording_id": pl.String, "known": pl.Boolean, "unread": pl.Boolean, "faults": pl.List(pl.String),
        "since": pl.Date, "until": pl.Date,
    }  # fmt: skip
    return pl.DataFrame(table, schema=schema, orient="row")


def _by_law(rows: pl.LazyFrame, captured: pl.Expr, as_of: date) -> pl.Expr:
    """Return the day on which a consent to marketing ends by the verified law of the person's country."""
    lands = rows.select("country").drop_nulls().unique().collect()["country"].sort().to_list()
    ends = pl.lit(None, dtype=pl.Date)
    for land in lands:
        months = national.consent_months(land, as_of)
        if months is not None:
            here = (pl.col("country") == land) & (pl.col("purpose") == "marketing")
            ends = pl.when(here).then(captured.dt.offset_by(f"{months}mo")).otherwise(ends)
    return ends


def _group(key: tuple[object, ...], rows: pl.DataFrame) -> ConsentGroup:
    purpose, channel, country = (str(part) if part is not None else None for part in key)
    counts = dict(rows["state"].value_counts().iter_rows())
    who = pl.coalesce("contact", "customer_id").alias("who")
    people = rows.with_columns(who)
    held = people.filter(pl.col("state").is_in(["valid", "to_renew"]))
    reasons = rows.filter(pl.col("state") == "invalid")["reasons"].explode().value_counts()
    return ConsentGroup(
        purpose=purpose,
        channel=channel,
        country=country,
        states={state: counts[state] for state in STATES if state in counts},
        reasons=dict(sorted(reasons.iter_rows())),
        people=people["who"].drop_nulls().n_unique(),
        reachable=held["who"].drop_nulls().n_unique(),
        rows=tuple(_rows(rows)),
    )


def _rows(rows: pl.DataFrame) -> Iterator[ConsentRows]:
    """Yield for each state that needs work the rows of each file, as spans."""
    for state in STATES[1:]:
        mine = rows.filter(pl.col("state") == state)
        for (key,), part in sorted(mine.partition_by([FILE], as_dict=True).items(), key=lambda item: str(item[0])):
            file, sheet = file_and_sheet(str(key))
            found = list(spans(part[ROW].sort().to_list()))
            yield ConsentRows(
                state=state, file=file, sheet=sheet, count=part.height, spans=tuple(found[:MOST_SPANS]),
                whole=len(found) <= MOST_SPANS,
            )  # fmt: skip


def spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of ascending numbers as first and last."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]
