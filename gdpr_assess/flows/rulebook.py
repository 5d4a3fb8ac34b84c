"""The rules, by code: a rule is a function here and a data file of that name in rules/."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gdpr_assess.flows import clauses, contracts, purposes, retention, roles, security, transfers
from gdpr_assess.flows.rule import Seen
from gdpr_assess.flows.world import World

RULES: dict[str, Callable[[World], Iterator[Seen]]] = {
    "TRANSFER_NO_TOOL": transfers.no_tool,
    "TRANSFER_TOOL_NOT_STATED": transfers.tool_not_stated,
    "ONWARD_TRANSFER_NO_TOOL": transfers.onward_no_tool,
    "ADEQUACY_NOT_IN_FORCE": transfers.adequacy_not_in_force,
    "ADEQUACY_OUT_OF_SCOPE": transfers.adequacy_out_of_scope,
    "ADEQUACY_SCOPE_ASK": transfers.adequacy_scope_ask,
    "COLLECTION_ABROAD_ASK": transfers.collection_abroad_ask,
    "REMOTE_ACCESS_NOT_MAPPED": transfers.remote_access_not_mapped,
    "HOSTING_UNKNOWN": transfers.hosting_unknown,
    "SAME_COMPANY_ABROAD": transfers.same_company_abroad,
    "FOREIGN_OWNER": transfers.foreign_owner,
    "SCC_WRONG_MODULE": clauses.wrong_module,
    "SCC_IMPORTER_UNDER_GDPR": clauses.importer_under_gdpr,
    "TIA_MISSING": clauses.tia_missing,
    "TIA_OLD": clauses.tia_old,
    "DEROGATION_ROUTINE": clauses.derogation_routine,
    "UK_EXPORT_EU_CLAUSES": clauses.uk_export_eu_clauses,
    "EU_EXPORT_UK_CLAUSES": clauses.eu_export_uk_clauses,
    "UK_PEOPLE_EU_CLAUSES": clauses.uk_people_eu_clauses,
    "PROCESSOR_NO_CONTRACT": contracts.no_contract,
    "PROCESSOR_CONTRACT_ASK": contracts.contract_ask,
    "JOINT_NO_ARRANGEMENT": contracts.joint_no_arrangement,
    "SUBPROCESSOR_NOT_AUTHORISED": contracts.sub_not_authorised,
    "SUBPROCESSOR_AUTHORISATION_ASK": contracts.sub_authorisation_ask,
    "PARTNER_IN_NO_FLOW": contracts.in_no_flow,
    "PROCESSOR_OWN_PURPOSES": contracts.own_purposes,
    "PROCESSOR_OWN_PURPOSES_ASK": contracts.own_purposes_ask,
    "NO_LEGAL_BASIS": purposes.no_basis,
    "SPECIAL_NO_CONDITION": purposes.special_no_condition,
    "MARKETING_WRONG_BASIS": purposes.marketing_wrong_basis,
    "MARKETING_NEEDS_CONSENT": purposes.marketing_needs_consent,
    "MARKETING_CONSENT_ASK": purposes.marketing_consent_ask,
    "SYSTEM_NO_RETENTION": retention.no_retention,
    "SYSTEM_IN_NO_FLOW": retention.in_no_flow,
    "UNUSED_SYSTEM_FED": retention.unused_but_fed,
    "RETENTION_ABOVE_POLICY": retention.above_policy,
    "NO_EU_REPRESENTATIVE": roles.no_eu_representative,
    "UK_REPRESENTATIVE_ASK": roles.uk_representative_ask,
    "DPO_CONFLICT": roles.dpo_conflict,
    "DPO_TASKS_ASK": roles.dpo_tasks_ask,
    "DPO_NOT_APPOINTED": roles.dpo_not_appointed,
    "FLOW_UNENCRYPTED": security.flow_unencrypted,
    "FLOW_ENCRYPTION_ASK": security.flow_encryption_ask,
    "SYSTEM_UNENCRYPTED": security.system_unencrypted,
    "SYSTEM_ENCRYPTION_ASK": security.system_encryption_ask,
    "REMOTE_NO_MFA": security.remote_no_mfa,
    "REMOTE_MFA_ASK": security.remote_mfa_ask,
}
