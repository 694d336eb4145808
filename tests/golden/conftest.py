"""``pytest tests/golden --update-golden`` writes the records anew; tests/docs then asks for a line in docs/changelog.md."""


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden records anew")
