"""What Pascal VOC says of an object goes along whole: plain and nested fields as they are, places moved, other places refused."""

from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from augment.data import Folder
from augment.errors import FileError

SIZE = (60, 40)
"""Width and height."""
BACKENDS = ("reference", "albumentations", "torchvision", "keras")
FIELDS = {
    "attributes": "<attributes><attribute><name>age</name><value>7</value></attribute>"
    "<attribute><name>hat</name><value>red &amp; blue</value></attribute></attributes>",
    "actions": "<actions><jumping>1</jumping><other>0</other></actions>",
    "several of one name": "<tag>a</tag><tag>b</tag>",
    "attributes of XML": '<pose kind="seen">Left</pose>',
    "deep": "<a><b><c><d>5</d></c></b>text<b/></a>",
    "empty": "<occluded/>",
}


def _edges(x0, y0, x1, y1):
    """Pixels from one on, both ends included."""
    return f"<bndbox><xmin>{x0 + 1}</xmin><ymin>{y0 + 1}</ymin><xmax>{x1}</xmax><ymax>{y1}</ymax></bndbox>"


def _object(inner, box=(10, 10, 30, 30), name="person"):
    return f"<object><name>{name}</name>{inner}{_edges(*box)}<difficult>0</difficult></object>"


@pytest.fixture
def write(tmp_path):
    """Write a picture and its annotations; returns both folders."""
    (tmp_path / "images").mkdir()
    (tmp_path / "xml").mkdir()

    def write(*objects, name="a"):
        noise = np.random.default_rng(len(name)).integers(0, 255, (SIZE[1], SIZE[0], 3), np.uint8)
        Image.fromarray(noise).save(tmp_path / "images" / f"{name}.png")
        size = f"<size><width>{SIZE[0]}</width><height>{SIZE[1]}</height></size>"
        (tmp_path / "xml" / f"{name}.xml").write_text(f"<annotation>{size}{''.join(objects)}</annotation>")
        return tmp_path / "images", tmp_path / "xml"

    return write


def _made(folder, name="a"):
    return ElementTree.parse(folder / "labels" / f"{name}.xml").getroot().findall("object")


def _plain(element):
    """Tag, attributes, text and children; the indentation between them is no text."""
    return element.tag, element.attrib, (element.text or "").strip(), (element.tail or "").strip(), [_plain(e) for e in element]


def _box(element):
    x0, y0, x1, y1 = (float(element.findtext(f"bndbox/{edge}")) for edge in ("xmin", "ymin", "xmax", "ymax"))
    return x0 - 1, y0 - 1, x1, y1


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("pipeline", ["horizontal_flip: {p: 1}", "mixup: {alpha: 1}"])
def test_what_holds_no_place_is_kept_as_it_is(augment, spec, write, tmp_path, field, pipeline):
    thing = _object(FIELDS[field])
    for name in ("a", "b"):
        images, labels = write(thing, name=name)
    assert augment("apply", spec(f"pipeline: [{pipeline}]"), images, tmp_path / "out", "--labels", labels).exit_code == 0
    for made in _made(tmp_path / "out"):
        given = ElementTree.fromstring(thing)
        for one in (given, made):
            for edge in one.find("bndbox"):
                edge.text = ""
        assert _plain(made) == _plain(given)


PARTS = (
    _object(
        f"<part><name>head</name>{_edges(12, 11, 20, 18)}</part><part><name>hand</name>{_edges(26, 20, 29, 24)}</part>"
        "<point><x>21</x><y>16</y></point>"
    ),
    _object(f"<part><name>foot</name>{_edges(40, 30, 44, 34)}</part>{FIELDS['actions']}", (38, 12, 50, 36), "runner"),
    _object("", (2, 2, 8, 8), "ball"),
)


@pytest.mark.parametrize("backend", BACKENDS)
def test_parts_and_points_move_with_their_object(augment, spec, write, tmp_path, backend):
    images, labels = write(*PARTS)
    result = augment("apply", spec(), images, tmp_path / "out", "--labels", labels, "--backend", backend)
    assert result.exit_code == 0, result.stderr
    person, runner, ball = _made(tmp_path / "out")
    width = SIZE[0]
    for found, name, (x0, y0, x1, y1) in (
        (person, None, (10, 10, 30, 30)), (person.findall("part")[0], "head", (12, 11, 20, 18)),
        (person.findall("part")[1], "hand", (26, 20, 29, 24)), (runner.find("part"), "foot", (40, 30, 44, 34)),
    ):  # fmt: skip
        np.testing.assert_allclose(_box(found), (width - x1, y0, width - x0, y1), atol=0.01)
        assert name in (None, found.findtext("name"))
    # the pixel 21 of 60, counted from one, is the pixel 40 from the other side
    assert [float(person.findtext(f"point/{axis}")) for axis in "xy"] == pytest.approx([40, 16], abs=0.01)
    assert runner.findtext("actions/jumping") == "1"
    assert ball.find("part") is None


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_leaves_the_picture_leaves_its_object(augment, spec, write, tmp_path, backend):
    """The crop keeps columns 20 to 39: the person without its head, nothing of the ball; the part of one that is gone is gone."""
    images, labels = write(*PARTS)
    path = spec("pipeline: [center_crop: {size: [40, 20]}]")
    assert augment("apply", path, images, tmp_path / "out", "--labels", labels, "--backend", backend).exit_code == 0
    person, runner = _made(tmp_path / "out")
    assert [part.findtext("name") for part in person.findall("part")] == ["hand"]
    np.testing.assert_allclose(_box(person.find("part")), (6, 20, 9, 24), atol=0.01)
    assert float(person.findtext("point/x")) == pytest.approx(1, abs=0.01)
    assert runner.find("part") is None
    assert (runner.findtext("name"), runner.findtext("actions/other")) == ("runner", "0")


def test_parts_of_a_dropped_object_go_with_it(augment, spec, write, tmp_path):
    """Of the runner a strip is left, too little for the policy; its part would be whole."""
    inner = f"<part><name>arm</name>{_edges(38, 14, 40, 16)}</part>"
    images, labels = write(_object(inner, (38, 12, 50, 36), "runner"), _object("", (22, 2, 30, 8), "ball"))
    path = spec("targets: {image: image, boxes: {kind: boxes, min_visibility: 0.5}}\npipeline: [center_crop: {size: [40, 20]}]")
    assert augment("apply", path, images, tmp_path / "out", "--labels", labels).exit_code == 0
    assert [(thing.findtext("name"), thing.find("part")) for thing in _made(tmp_path / "out")] == [("ball", None)]


def test_joined_pictures_keep_the_parts_of_each(augment, spec, write, tmp_path):
    write(PARTS[0].replace("<point><x>21</x><y>16</y></point>", ""), *PARTS[1:], name="a")
    images, labels = write(_object(f"<part><name>tail</name>{_edges(3, 3, 5, 5)}</part>", (2, 2, 9, 9), "cat"), name="b")
    result = augment("apply", spec("pipeline: [mixup: {alpha: 1}]"), images, tmp_path / "out", "--labels", labels)
    assert result.exit_code == 0, result.stderr
    things = _made(tmp_path / "out")
    found = {thing.findtext("name"): [part.findtext("name") for part in thing.findall("part")] for thing in things}
    assert found == {"person": ["head", "hand"], "runner": ["foot"], "ball": [], "cat": ["tail"]}


def test_an_op_that_is_limited_to_boxes_would_leave_parts(augment, spec, write, tmp_path):
    images, labels = write(*PARTS)
    path = spec("pipeline: [one_of: [horizontal_flip: {p: 1, on: [image, boxes]}]]")
    result = augment("apply", path, images, tmp_path / "out", "--labels", labels)
    assert result.exit_code == 1
    assert "spec.yaml:3:" in result.stderr
    assert "limited to image, boxes by on, and would leave object_parts, object_points of the annotations" in result.stderr


def test_points_are_not_joined(augment, spec, write, tmp_path):
    write(*PARTS, name="a")
    images, labels = write(*PARTS, name="b")
    result = augment("apply", spec("pipeline: [mixup: {alpha: 1}]"), images, tmp_path / "out", "--labels", labels)
    assert result.exit_code == 1
    assert f"{labels}: the spec joins pictures, which moves no points, and objects have a <point>" in result.stderr


@pytest.mark.parametrize("objects", [PARTS[1:], PARTS[2:], ()])
def test_pictures_without_them_are_as_they_were(augment, spec, write, tmp_path, objects):
    """In a folder where others have parts or points."""
    write(*PARTS, name="other")
    images, labels = write(*objects)
    assert augment("apply", spec(), images, tmp_path / "out", "--labels", labels).exit_code == 0
    assert [thing.findtext("name") for thing in _made(tmp_path / "out")] == [
        ElementTree.fromstring(thing).findtext("name") for thing in objects
    ]


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ("<polygon><pt><x>3</x><y>4</y></pt></polygon>", "<polygon>"),
        ("<polygon><username>a</username></polygon>", "<polygon>"),
        ("<robndbox><cx>3</cx><cy>4</cy><w>2</w><h>2</h><angle>0.1</angle></robndbox>", "<robndbox>"),
        (f"<attributes><where>{_edges(1, 1, 2, 2)}</where></attributes>", "<attributes>"),
        (f"<part><name>a</name>{_edges(1, 1, 2, 2)}<part><name>b</name>{_edges(1, 1, 2, 2)}</part></part>", "<part>"),
        ("<keypoints><nose><x>3</x><y>4</y></nose></keypoints>", "<keypoints>"),
        (_edges(1, 1, 5, 5), "<bndbox>"),
        ("<xmin>3</xmin>", "<xmin>"),
    ],
)
def test_other_places_are_refused(write, inner, told):
    images, labels = write(_object(""), _object(inner))
    with pytest.raises(FileError, match=f"a.xml: object 2: {told} holds a place that would not be moved"):
        Folder(images, {}, labels=labels)[0]


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ("<part><name>a</name></part>", "needs a number in bndbox/xmin"),
        (f"<part><name>a</name>{_edges(5, 5, 2, 2)}</part>", "object 1, part 1: its box ends before it begins"),
        ("<point><x>1</x></point>", "object 1, point 1: needs a number in y"),
    ],
)
def test_bad_parts_are_told(write, inner, told):
    images, labels = write(_object(inner))
    with pytest.raises(FileError, match=told):
        Folder(images, {}, labels=labels)[0]
