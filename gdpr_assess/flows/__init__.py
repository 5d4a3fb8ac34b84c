"""Data flows: who has the data, where they go, on what ground; from the declared systems and flows to findings."""

from gdpr_assess.flows.assess import assess
from gdpr_assess.flows.graph import graph
from gdpr_assess.flows.map import describe_map, draw_map
from gdpr_assess.flows.register import register
from gdpr_assess.flows.rule import Rule, rule
from gdpr_assess.flows.rulebook import RULES

__all__ = ["RULES", "Rule", "assess", "describe_map", "draw_map", "graph", "register", "rule"]
