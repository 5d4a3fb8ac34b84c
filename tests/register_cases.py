"""A small client with a transfer, for the tests of the record of processing."""

from __future__ import annotations

from datetime import date

from intake_cases import SMALL

from gdpr_assess.model import Flow, Partner, System

DAY = date(2026, 9, 30)
LIVELY = SMALL.model_copy(
    update={
        "partners": (
            Partner(id="P1", name="CallCo", country="PH", role="processor", contract=True,
                    contract_date=date(2025, 1, 2)),
            Partner(id="P2", name="=Speech", country="IN", role="sub_processor", engaged_by="P1"),
        ),
        "systems": (System(id="CRM", name="Desk", kind="ticketing", hosting_country="DE", retention_days=90),),
        "flows": (
            Flow(id="F1", source="people", target="CRM", kind="collection", purpose="service", legal_basis="contract",
                 data_categories=("identity", "contact")),
            Flow(id="F2", source="people", target="CRM", kind="storage", purpose="service", legal_basis="contract",
                 data_categories=("contact", "identity")),
            Flow(id="F3", source="CRM", target="S1", kind="remote_access", purpose="quality", remark="at night",
                 data_categories=("call_recording", "health"), transfer_tool="scc_module_2"),
        ),
    }
)  # fmt: skip
