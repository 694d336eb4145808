"""Frameworks that may be in the process or not: the order of their imports, and what waits for one of them to arrive."""
