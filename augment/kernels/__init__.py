"""Kernel sets of the core: one function for each primitive."""
