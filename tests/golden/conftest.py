"""``pytest tests/golden --update-golden`` writes the records anew; a change of them needs a line in docs/changelog.md, which tests/docs asks for."""


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden records anew")
