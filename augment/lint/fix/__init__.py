"""Fixes that are certain, written into the text of a spec: comments and layout stay as they are."""

from augment.lint.fix.run import Fixed, Step, fixed

__all__ = ["Fixed", "Step", "fixed"]
