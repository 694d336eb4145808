"""Every text backend of this distribution against `builtin`, by the published kit."""

from augment.testing import TextBackendSuite


class TestBuiltin(TextBackendSuite):
    backend = "builtin"


class TestNlpaug(TextBackendSuite):
    backend = "nlpaug"
