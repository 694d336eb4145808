"""Samples of packs joined with each other: partners from all packs, each under its own name; and what shows packs."""

import gzip
import io
import json
import tarfile
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

import augment as library
from augment.data import Packs
from augment.lint import findings
from augment.program.lower import lower
from augment.report.preparing import prepare

from ..conftest import results_of

pa = pytest.importorskip("pyarrow")
from pyarrow import parquet  # noqa: E402

pytest.importorskip("webdataset")
COUNT = 9
LEVELS = [20 + 20 * i for i in range(COUNT)]
"""The grey of each picture, whose class is its number."""
TARGETS = f"targets: {{image: image, labels: {{kind: labels, classes: {COUNT}}}}}"
SPEC = f"seed: 4\n{TARGETS}\npipeline: [brightness: 1±0.3, mixup: {{alpha: 1, p: 1}}]\n"
CUTS = ((0, 2), (2, 3), (3, COUNT))
"""The samples of each pack."""


def _png(level):
    file = io.BytesIO()
    Image.fromarray(np.full((6, 6, 3), level, np.uint8)).save(file, "png")
    return file.getvalue()


def _tar(path, samples):
    with tarfile.open(path, "w") as tar:
        for key, fields in samples.items():
            for ending, data in fields.items():
                info = tarfile.TarInfo(f"{key}.{ending}")
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """The same samples in tars and in Parquet, and the specs."""
    root = tmp_path_factory.mktemp("packs")
    made = SimpleNamespace(webdataset=root / "tars", parquet=root / "tables", spec=root / "spec.yaml", plain=root / "plain.yaml")
    for folder in (made.webdataset, made.parquet):
        folder.mkdir()
    for number, cut in enumerate(CUTS):
        _tar(made.webdataset / f"{number}.tar", {f"x/{i}": {"png": _png(LEVELS[i]), "cls": b"%d" % i} for i in range(*cut)})
        rows = {"key": [f"x/{i}" for i in range(*cut)], "image": [{"bytes": _png(LEVELS[i]), "path": None} for i in range(*cut)]}
        table = pa.table({**rows, "label": list(range(*cut))})
        parquet.write_table(table, made.parquet / f"{number}.parquet", row_group_size=2)
    made.spec.write_text(SPEC)
    made.plain.write_text(SPEC.replace(", mixup: {alpha: 1, p: 1}", ""))
    return made


def _wanted(spec):
    """Level and shares of each result, from what is drawn for each name alone."""
    drawn = [library.record(str(spec), index=library.index_of(f"x/{i}"))["values"] for i in range(COUNT)]
    found = []
    for place, own in enumerate(drawn):
        weight, other = own["mixup"]["weight"], (place + 1 + int(own["mixup"]["partner"] * (COUNT - 1))) % COUNT
        levels = [LEVELS[i] * drawn[i]["brightness"]["factor"] for i in (place, other)]
        found.append((weight * levels[0] + (1 - weight) * levels[1], {place: weight, other: 1 - weight}))
    return found


def test_partners_come_from_all_packs_under_their_own_names(augment, packs, tmp_path):
    made = {}
    for source, more in (("webdataset", ("--workers", 2)), ("parquet", ())):
        out = tmp_path / source
        assert augment("apply", packs.spec, getattr(packs, source), out, *more).exit_code == 0
        made[source] = results_of(out)
    assert made["webdataset"] == made["parquet"] and len(made["parquet"]) == 2 * COUNT
    fsspec = pytest.importorskip("fsspec")
    fsspec.filesystem("memory").put(str(packs.webdataset), "/joined", recursive=True)
    assert augment("apply", packs.spec, "memory://joined", tmp_path / "far").exit_code == 0
    assert results_of(tmp_path / "far") == made["parquet"]
    crossed = 0
    for pack, cut in enumerate(CUTS):
        for i in range(*cut):
            level, shares = _wanted(packs.spec)[i]
            image = np.asarray(Image.open(io.BytesIO(made["parquet"][f"{pack}/x/{i}.png"])))
            np.testing.assert_allclose(image, np.full((6, 6, 3), level), atol=1.01)
            told = json.loads(made["parquet"][f"{pack}/x/{i}.cls.json"])
            assert len(shares) == 2 and {n: s for n, s in enumerate(told) if s} == pytest.approx(shares, abs=1e-5)
            crossed += any(not cut[0] <= other < cut[1] for other in shares)
    assert crossed > 2


def test_shares_of_classes_in_packs(augment, packs, tmp_path):
    import datasets

    for form in ("webdataset", "parquet"):
        assert augment("apply", packs.spec, packs.webdataset, tmp_path / form, "--format", form).exit_code == 0
    tables = sorted((tmp_path / "parquet").glob("*.parquet"))
    labels = [row for path in tables for row in parquet.read_table(path)["label"].to_pylist()]
    found = []
    for path in sorted((tmp_path / "webdataset").glob("*.tar")):
        with tarfile.open(path) as tar:
            found += [json.loads(tar.extractfile(name).read()) for name in tar.getnames() if name.endswith(".cls.json")]
    assert labels == found and len(found) == COUNT
    assert datasets.Dataset.from_parquet(list(map(str, tables)), cache_dir=str(tmp_path / "cache"))["label"][:] == labels


def test_a_source_that_grew_is_another_one(augment, packs, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for path in packs.webdataset.glob("[01].tar"):
        (source / path.name).write_bytes(path.read_bytes())
    assert augment("apply", packs.spec, source, tmp_path / "out").exit_code == 0
    _tar(source / "1.tar", {f"x/{i}": {"png": _png(9), "cls": b"0"} for i in range(2)})
    result = augment("apply", packs.spec, source, tmp_path / "out", "--resume")
    assert result.exit_code == 1 and "(samples was 3, and is 4)" in result.stderr
    (source / "1.tar").write_bytes((source / "1.tar").read_bytes()[:700])  # of which nobody knows how many it holds
    result = augment("apply", packs.spec, source, tmp_path / "out", "--resume")
    assert result.exit_code == 1 and "1.tar: is cut off or damaged" in result.stderr
    assert "it is not known how many samples it holds" in result.stderr


def test_results_of_other_packs_of_one_name_are_told(augment, packs, tmp_path):
    """Also where nothing is joined: names of samples are not known before, but receipts tell what stands."""
    out = tmp_path / "out"
    (tmp_path / "0.tar").write_bytes((packs.webdataset / "0.tar").read_bytes())
    (tmp_path / "0.parquet").write_bytes((packs.parquet / "0.parquet").read_bytes())
    assert augment("apply", packs.plain, tmp_path / "0.tar", out).exit_code == 0
    assert augment("apply", packs.plain, packs.webdataset / "1.tar", out).exit_code == 0  # of another name, beside
    before = results_of(out)
    assert "this and 3 more exist" in augment("apply", packs.plain, tmp_path / "0.parquet", out).stderr
    result = augment("apply", packs.plain, tmp_path / "0.parquet", out, "--resume")
    assert result.exit_code == 1 and "made from something else" in result.stderr and results_of(out) == before
    assert augment("apply", packs.plain, tmp_path / "0.tar", out, "--resume").exit_code == 0 and results_of(out) == before


def test_classes_that_are_declared_stay_numbers(augment, tmp_path):
    for i, name in enumerate("ba"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / f"{i}.png").write_bytes(_png(i))
    (tmp_path / "spec.yaml").write_text(
        "targets: {image: image, labels: {kind: labels, classes: 2}}\npipeline: [brightness: 1.1]\n"
    )
    for source, more in ((tmp_path / "in", ("--classes",)), (tmp_path / "one", ())):
        out = tmp_path / ("one" if more else "two")
        assert augment("apply", tmp_path / "spec.yaml", source, out, "--format", "webdataset", "--resume", *more).exit_code == 0
        with tarfile.open(out / "shard-000000.tar") as tar:
            assert tar.extractfile("a/1.cls").read() == b"0"


def test_what_cannot_be_joined_is_refused_with_the_reason(augment, packs, tmp_path):
    def told(source, spec=packs.spec):
        result = augment("apply", spec, source, tmp_path / "out")
        assert result.exit_code == 1 and not (tmp_path / "out").exists(), result.stdout
        return result.stderr

    (tmp_path / "a.tar.gz").write_bytes(gzip.compress((packs.webdataset / "2.tar").read_bytes()))
    assert "a.tar.gz: is compressed as a whole" in told(tmp_path / "a.tar.gz")
    _tar(tmp_path / "one.tar", {"x": {"png": _png(1), "cls": b"0"}})
    assert "needs at least two pictures" in told(tmp_path / "one.tar")
    (tmp_path / "text.yaml").write_text("targets: {image: image, text: caption}\npipeline: [mixup: {alpha: 1, p: 1}]\n")
    _tar(tmp_path / "text.tar", {f"{i}": {"png": _png(1), "txt": b"a cup"} for i in range(2)})
    assert "the spec joins pictures, and .txt describes one each" in told(tmp_path / "text.tar", tmp_path / "text.yaml")
    (tmp_path / "boxes.yaml").write_text(
        "targets: {image: image, boxes: {kind: boxes, carry: [labels]}}\npipeline: [mixup: {alpha: 1, p: 1}]\n"
    )
    box = "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>3</xmax><ymax>3</ymax></bndbox>"
    voc = f"<annotation><object><name>a</name>{box}<point><x>2</x><y>2</y></point></object></annotation>".encode()
    _tar(tmp_path / "voc.tar", {f"{i}": {"png": _png(1), "xml": voc} for i in range(2)})
    result = augment("apply", tmp_path / "boxes.yaml", tmp_path / "voc.tar", tmp_path / "voc")
    assert result.exit_code == 1 and result.stderr.count("an object has a <point>, and the spec joins pictures") == 2


@pytest.mark.parametrize("source", ["webdataset", "parquet"])
@pytest.mark.parametrize("spec", ["plain", "spec"])
def test_a_preview_shows_what_is_made(augment, packs, tmp_path, source, spec):
    path = getattr(packs, spec)
    assert augment("apply", path, getattr(packs, source), tmp_path / "out").exit_code == 0
    loaded = library.load(str(path))
    samples = Packs(getattr(packs, source), loaded.targets, joins=spec == "spec")
    study = prepare(samples.fit(loaded), samples, backend="reference", names=samples.names, index=4)
    [subject] = study.subjects
    assert (subject.name, subject.number) == ("x/4", 4)
    made = Image.open(tmp_path / "out" / "2" / "x" / "4.png")
    np.testing.assert_array_equal(study.result(study.engines[0], subject, 0)["image"], np.asarray(made))
    np.testing.assert_array_equal(study.quick(subject, 0)["image"], np.asarray(made))


def test_packs_are_previewed_and_measured_on(augment, packs, tmp_path):
    out, source = tmp_path / "a.html", packs.webdataset / "2.tar"
    result = augment("preview", packs.plain, source, "-b", "reference", "-n", 1, "--sheets", "samples", "-o", out)
    assert (result.exit_code, result.stderr) == (0, "")
    text = out.read_text()
    assert "x/3, index " in text and f"preview {packs.plain} {source} --backend reference --index 0 " in text
    (tmp_path / "far.yaml").write_text("targets: {image: image}\npipeline: [center_crop: 60]\n")
    _tar(tmp_path / "a.tar", {f"{i}": {"png": _png(i)} for i in range(3)})
    result = augment("check", tmp_path / "far.yaml", "--files", tmp_path / "a.tar", "--json")
    told = json.loads(result.stdout)["findings"]
    alike = [{"image": np.full((6, 6, 3), i, np.uint8)} for i in range(3)]
    seen = [one.rule for one in findings(library.load(str(tmp_path / "far.yaml")), samples=alike)]
    assert sorted(one["rule"] for one in told) == sorted(seen) and seen
    result = augment("check", packs.plain, "--files", packs.webdataset, "--classes")
    assert result.exit_code == 1 and "packs hold masks and classes" in result.stderr


def test_a_page_offers_the_samples_of_packs(packs):
    from augment.view.stock import Given, Stock, listed

    given = Given((packs.parquet,))
    assert listed(given) == [(i, f"x/{i}") for i in range(COUNT)]
    stock, pipeline = Stock(given), library.load(str(packs.plain))
    chosen = stock.choose("f5", pipeline, lower(pipeline))
    assert chosen.samples[5]["image"][0, 0, 0] == LEVELS[5] and (chosen.index, chosen.whole) == (5, True)
    assert stock.thumb("f8")[8:12] == b"WEBP"
    with pytest.raises(library.AugmentError, match="no picture f9"):
        stock.path("f9")
