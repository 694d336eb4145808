"""COCO files that are wrong or mean harm: each is refused with its place and a way out."""

import pytest
from PIL import Image

from augment.errors import FileError

from .conftest import samples_in


def _set(path, value):
    def change(data):
        at = data
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value

    return change


COCO = {
    "traversal": (_set(("images", 0, "file_name"), "../../etc/passwd"), r"images\[0\]\.file_name: .*leads out of the folder"),
    "absolute": (_set(("images", 1, "file_name"), "/etc/passwd"), r"images\[1\]\.file_name: .*leads out of the folder"),
    "windows": (_set(("images", 0, "file_name"), "..\\..\\x.png"), "leads out of the folder"),
    "drive": (_set(("images", 0, "file_name"), "C:\\x.png"), "leads out of the folder"),
    "dot": (_set(("images", 0, "file_name"), "."), "leads out of the folder"),
    "no name": (_set(("images", 0, "file_name"), 3), "a file name is a text"),
    "no images": (_set(("images",), {}), "needs images, a list"),
    "no id": (_set(("images", 0), {"file_name": "china.png"}), r"images\[0\]: needs id and file_name"),
    "double": (_set(("images", 1, "id"), 7), r"images\[1\]: its id or its file_name is that of another"),
    "lost": (_set(("annotations", 1, "image_id"), 8), r"annotations\[1\]: there is no image with the id 8"),
    "list as id": (_set(("annotations", 1, "image_id"), [8]), r"annotations\[1\]: needs image_id"),
    "empty": (_set(("annotations", 1), {"image_id": 7}), r"annotations\[1\]: has neither bbox nor caption"),
    "keypoints": (_set(("annotations", 1, "keypoints"), [1, 2, 2]), "do not name the keypoints, so no one knows which"),
    "category": (_set(("annotations", 1, "category_id"), 99), "annotation 102: there is no category with the id 99"),
    "categories": (_set(("categories", 0), {"id": 3}), "categories must be a list"),
    "box": (_set(("annotations", 1, "bbox"), [1, 2, "x", 3]), "annotation 102: bbox must be"),
    "thin box": (_set(("annotations", 1, "bbox"), [1, 2, 0, 3]), "annotation 102: bbox .* has no area"),
    "size": (_set(("images", 0, "width"), 10**12), "is 108 x 1000000000000 here, and 108 x 160"),
    "outline": (_set(("annotations", 0, "segmentation"), [[1, 2, 3, 4]]), "annotation 101: .*three points or more"),
    "far outline": (_set(("annotations", 0, "segmentation"), [[0, 0, 1e300, 0, 5, 5]]), "lies far outside the picture"),
    "runs": (_set(("annotations", 2, "segmentation", "counts"), [10**15]), r"must add up to 17,280 pixels"),
    "run size": (_set(("annotations", 2, "segmentation", "size"), [10**6, 10**6]), "its segmentation is 1000000 x 1000000"),
    "packed": (_set(("annotations", 2, "segmentation", "counts"), "~~~~"), "where none can stand"),
    "cut off": (_set(("annotations", 2, "segmentation", "counts"), "oo"), "cut off"),
}


@pytest.mark.parametrize("name", COCO)
def test_coco(images, write_coco, name):
    change, message = COCO[name]
    with pytest.raises(FileError, match=message) as caught:
        samples_in(images, write_coco(change))
    assert "instances.json" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"images": [', r"instances\.json:1: is no JSON"),
        ('{\n"images": [],\n"annotations": [NaN]}', "NaN is no number of JSON"),
        ("[" * 100_000, "is no JSON that can be read"),
        ("[]", "is no COCO file"),
        ('{"images": [], "annotations": []}', "none of its 0 file names"),
    ],
)
def test_what_is_no_coco(images, tmp_path, text, message):
    (tmp_path / "instances.json").write_text(text)
    with pytest.raises(FileError, match=message):
        samples_in(images, tmp_path / "instances.json")


def test_files_are_of_bounded_size(images, tmp_path, monkeypatch):
    from augment.data import tree

    (tmp_path / "instances.json").write_text(" " * 2000)
    monkeypatch.setattr(tree.read_text, "__defaults__", (1000,))
    with pytest.raises(FileError, match="has 2,000 bytes, more than the 1,000 that are read"):
        samples_in(images, tmp_path / "instances.json")


def test_layers_are_of_bounded_size(images, write_coco, monkeypatch):
    from augment.data import coco

    monkeypatch.setattr(coco, "MOST_VALUES", 20_000)

    def both(data):
        data["annotations"][1]["segmentation"] = data["annotations"][0]["segmentation"]

    with pytest.raises(FileError, match="need more than 20,000 values"):
        samples_in(images, write_coco(both))


def test_a_name_that_fits_two_pictures_is_refused(images, write_coco):
    for place in ("a/x", "b/x"):
        (images / place).mkdir(parents=True)
        (images / place / "china.png").write_bytes((images / "flower.png").read_bytes())
    (images / "china.png").unlink()
    with pytest.raises(FileError, match=r"'china\.png' may be .*a/x/china\.png or .*b/x/china\.png"):
        samples_in(images, write_coco())


def test_names_may_begin_above_the_folder(images, write_coco):
    samples = samples_in(images, write_coco(_set(("images", 0, "file_name"), "images/china.png")))
    assert samples[0]["labels"] == ["temple", "tree"]


def test_a_picture_that_is_not_named_fails_alone(augment, spec, images, write_coco, tmp_path, photographs):
    Image.fromarray(photographs["cat"]).save(images / "cat.png")
    result = augment("apply", spec(), images, tmp_path / "out", "--labels", write_coco())
    assert result.exit_code == 1
    assert "instances.json: does not name cat.png, so its objects are unknown" in result.stderr
    assert result.stdout.startswith("2 of 3 made")
