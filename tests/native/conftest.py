"""Reads single calls of other libraries."""

import pytest


@pytest.fixture
def reads():
    """Return the spec of a call, written as source, in a library, with the remarks on it."""
    import ast

    from augment.native.call import Source
    from augment.native.reading import read
    from augment.native.sources.calls import call_of
    from augment.native.sources.literals import Scope

    def make(code, library, version=None):
        call = call_of(ast.parse(code, mode="eval").body, Scope("code", {"A": library}), ())
        return read(Source(library, (call,), {}, version))

    return make
