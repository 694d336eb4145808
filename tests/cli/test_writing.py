"""init and schema."""

import json

import jsonschema
import yaml


def test_init_writes_a_spec_that_passes_and_its_schema(augment, tmp_path):
    path = tmp_path / "new.yaml"
    assert augment("init", path).exit_code == 0
    assert augment("check", path).exit_code == 0
    schema = json.loads((tmp_path / "augment.schema.json").read_text())
    assert "$schema=augment.schema.json" in path.read_text().splitlines()[0]
    jsonschema.validate(yaml.safe_load(path.read_text()), schema)


def test_init_tells_what_apply_writes(augment, photos, tmp_path):
    path = tmp_path / "new.yaml"
    assert "writes as .npy; without normalize it writes pictures" in augment("init", path).stderr
    assert augment("apply", path, photos / "cat.jpg", tmp_path / "floats").exit_code == 0
    path.write_text(path.read_text().replace("  - normalize: imagenet\n", ""))
    assert augment("apply", path, photos / "cat.jpg", tmp_path / "pictures").exit_code == 0
    assert [p.name for folder in ("floats", "pictures") for p in (tmp_path / folder).glob("[!.]*")] == ["cat.npy", "cat.png"]


def test_init_does_not_overwrite(augment, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("pipeline: []")
    result = augment("init", path)
    assert result.exit_code == 1
    assert "exists; --force replaces it" in result.stderr
    assert path.read_text() == "pipeline: []"
    assert augment("init", path, "--force").exit_code == 0
    assert path.read_text() != "pipeline: []"


def test_init_writes_yaml_only(augment, tmp_path):
    result = augment("init", tmp_path / "spec.json")
    assert result.exit_code == 1
    assert "spec.yaml" in result.stderr


def test_schema_prints_a_schema_that_knows_the_ops(augment):
    schema = json.loads(augment("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "rotate" in schema["$defs"]
