"""What holds transforms is read from source as the objects that the same source makes."""

import warnings

import pytest

from augment.native.coming import import_native
from augment.native.entry import tables
from augment.native.reading import read
from augment.native.sources.code import from_code, pipelines
from augment.native.sources.data import from_data

torchvision = pytest.importorskip("torchvision")  # first: TensorFlow cannot stand before it

HEADS = {
    "torchvision": "import torch\nfrom torchvision.transforms import v2 as T\n",
    "albumentations": "import albumentations as A\n",
    "nlpaug": "import nlpaug.flow as naf\nimport nlpaug.augmenter.word as naw\n",
}
WRITTEN = {
    "torchvision": (
        "T.RandomApply([T.RandomInvert(0.4), T.RandomHorizontalFlip(0.2)], 0.8)",
        "T.RandomApply((T.RandomInvert(0.4),), p=0.8)",
        "T.RandomApply(transforms=[T.RandomInvert(0.4)], p=0.8)",
        "T.RandomApply(torch.nn.ModuleList([T.RandomInvert(0.4), T.RandomVerticalFlip()]), 0.8)",
        "T.RandomChoice([T.RandomInvert(0.4), T.RandomHorizontalFlip(1.0)], [0.2, 0.8])",
        "T.RandomOrder([T.RandomGrayscale(), T.RandomHorizontalFlip()])",
    ),
    "albumentations": (
        "A.OneOf([A.HorizontalFlip(p=0.5), A.VerticalFlip(p=0.3)], 0.9)",
        "A.Sequential([A.HorizontalFlip(p=0.5), A.VerticalFlip(p=0.3)], 0.7)",
        "A.SomeOf([A.HorizontalFlip(p=0.5), A.VerticalFlip(p=0.3), A.Transpose(p=0.1)], 2, True, 0.6)",
        "A.RandomOrder([A.HorizontalFlip(p=0.5), A.VerticalFlip(p=0.3), A.Transpose(p=0.1)], 3)",
        "A.OneOrOther(A.HorizontalFlip(p=0.5), A.VerticalFlip(p=0.3), None, 0.7)",
    ),
    "nlpaug": ("naf.Sometimes([naw.RandomWordAug(action='swap'), naw.RandomWordAug()], aug_p=0.3)",),
}  # fmt: skip
CASES = [(library, text) for library, texts in WRITTEN.items() for text in texts]


def live_and_read(library, text):
    names = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(f"{HEADS[library]}made = {text}", names)
    except ImportError as error:
        pytest.skip(f"{library} is not installed: {error}")
    return import_native(names["made"]), read(from_code(f"{HEADS[library]}made = {text}"))


@pytest.mark.parametrize(("library", "text"), CASES, ids=[text[:40] for _, text in CASES])
def test_source_is_read_as_its_objects(library, text):
    live, source = live_and_read(library, text)
    if any(remark.verdict == "none" for remark in source.remarks):
        return  # what cannot be read is told
    assert source.pipeline.pipeline == live.pipeline.pipeline


@pytest.mark.parametrize("text", WRITTEN["torchvision"][:4])
def test_a_holder_is_read_inside_another_too(text):
    live, source = live_and_read("torchvision", f"T.Compose([T.RandomInvert(0.1), {text}])")
    assert source.same and source.pipeline.pipeline == live.pipeline.pipeline


@pytest.mark.parametrize("inside", ["build()", "pool", "[f(x) for x in y]", "*pool", "some.layers", "pool if strong else []"])
@pytest.mark.parametrize("call", ["RandomApply({}, p=0.3)", "RandomApply({}, 0.3)", "RandomChoice({})", "RandomOrder({})"])
def test_what_a_holder_is_not_seen_to_hold_is_told(call, inside):
    text = f"{HEADS['torchvision']}made = T.Compose([T.RandomInvert(0.1), T.{call.format(inside)}])"
    found = read(from_code(text))
    assert not found.same and [remark.verdict for remark in found.remarks] == ["none"], found.remarks


def test_arguments_beside_children_are_the_same_as_data():
    child = {"class": "RandomGrayscale", "kwargs": {"p": 0.2}}
    facts = [{"class": "RandomApply", "children": [child], **given} for given in ({"args": [0.8]}, {"kwargs": {"p": 0.8}})]
    one, other = (read(from_data([fact], library="torchvision")) for fact in facts)
    assert one.pipeline == other.pipeline and "0.8" in str(one.pipeline[0])


@pytest.mark.parametrize("library", ["torchvision", "albumentations", "nlpaug", "keras"])
def test_a_holder_that_stands_alone_is_a_pipeline(library):
    """Of a list in it alone what the holder says, its probability, would be lost."""
    table = tables()[library]
    lists = {"transforms", "layers", "flow"}
    holders = [name for name in table if any(lists & {*entry.signature.parameters} for entry in table[name])]
    assert len(holders) > 1
    for name in {*holders} - {"Compose", "ReplayCompose", "Sequential"}:
        for inside in ("[T.RandomInvert(0.4), T.RandomInvert(0.4)]", "[T.RandomInvert(0.4)]"):
            found = pipelines(f"import {library} as T\nmade = T.{name}({inside})\n")
            assert [call.name for one in found for call in one.source.calls] == [name]


def test_a_pipeline_that_another_holds_is_a_part_of_it():
    text = f"{HEADS['torchvision']}some = T.RandomApply([T.RandomInvert()], 0.3)\nmade = T.Compose([some, T.RandomInvert()])"
    assert [call.name for call in from_code(text).calls] == ["RandomApply", "RandomInvert"]
    assert [call.name for call in from_code(text, name="some").calls] == ["RandomApply"]


@pytest.mark.parametrize(("old", "new"), [
    ("RandomAffine(10, resample=2)", "RandomAffine(10, interpolation=T.InterpolationMode.BILINEAR)"),
    ("RandomAffine(10, fillcolor=128)", "RandomAffine(10, fill=128)"),
    ("RandomAffine(10, resample=PIL.Image.BICUBIC, fillcolor=(1, 2, 3))", "RandomAffine(10, interpolation=3, fill=(1, 2, 3))"),
    ("RandomRotation(10, resample=False)", "RandomRotation(10)"),
    ("RandomRotation(10, resample=Image.BILINEAR)", "RandomRotation(10, interpolation=2)"),
])  # fmt: skip
def test_names_that_torchvision_had_before_mean_the_same(old, new):
    head = "from torchvision import transforms as T\n"
    one, other = (read(from_code(f"{head}made = T.Compose([T.{text}])")) for text in (old, new))
    assert one.same and one.pipeline == other.pipeline
