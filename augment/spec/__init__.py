"""The language: from YAML, JSON or Python to one frozen tree, and back.

`read` turns text into marked data, `build` turns that into a `Pipeline`, `check` holds the rules about where things may
stand, `write` goes back, and `schema` describes it all to editors. None of them knows an op: the catalogue is an argument.
"""
