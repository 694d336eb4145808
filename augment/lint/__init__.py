"""Lint: what a spec says and probably does not mean, each with its place, the reason and what to write.

`findings` runs the rules, each of which is one function in `augment.lint.checks`, registered by the decorator `rule`.
"""

from augment.lint.finding import Finding
from augment.lint.rule import SEVERITIES, Rule, Severity, rules
from augment.lint.run import findings

__all__ = ["SEVERITIES", "Finding", "Rule", "Severity", "findings", "rules"]
