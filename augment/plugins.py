"""Finds plugins."""


def plugin_ops():
    return ()
