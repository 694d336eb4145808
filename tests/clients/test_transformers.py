"""Transformers: images, boxes, masks and texts of Hugging Face data sets as its task guides prepare them, and its Trainer."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

import augment

transformers = pytest.importorskip("transformers", reason="needs transformers: pip install 'augment-spec[clients]'")
pytest.importorskip("accelerate", reason="needs accelerate: pip install 'augment-spec[clients]'")
datasets = pytest.importorskip("datasets", reason="needs datasets: pip install 'augment-spec[dev]'")


@pytest.fixture
def rows(pictures):
    """As a data set of the hub: decoded images, their labels, objects in COCO's format, and label maps."""
    box = [[x1, y1, x2 - x1, y2 - y1] for x1, y1, x2, y2 in (p.box for p in pictures)]
    columns = {
        "image": [Image.fromarray(p.image) for p in pictures], "label": [p.label for p in pictures], "index": list(range(8)),
        "annotation": [Image.fromarray(p.mask) for p in pictures],
        "objects": [{"bbox": [b], "category": [p.label]} for b, p in zip(box, pictures, strict=True)],
    }  # fmt: skip
    kinds = {"image": datasets.Image(), "annotation": datasets.Image()}
    return datasets.Dataset.from_dict(columns).cast_column("image", kinds["image"]).cast_column("annotation", kinds["annotation"])


def arguments(folder, **options):
    options = {
        "per_device_train_batch_size": 4,
        "num_train_epochs": 1,
        "report_to": [],
        "use_cpu": True,
        "save_strategy": "no",
        **options,
    }
    return transformers.TrainingArguments(
        str(folder), remove_unused_columns=False, disable_tqdm=True, logging_strategy="no", **options
    )


def trained(model, args, data, collate):
    """Train, and return the inputs that the model saw."""
    seen = []
    model.register_forward_pre_hook(lambda module, args, inputs: seen.append(inputs), with_kwargs=True)
    transformers.Trainer(model=model, args=args, train_dataset=data, data_collator=collate).train()
    return seen


def test_the_trainer_of_the_image_classification_guide(rows, spec, block, tmp_path):
    policy = augment.Pipeline([*spec("{image: image}"), *augment.loads("pipeline: [to_float]")], seed=5)
    transform = augment.compile(policy, "torchvision")

    def prepare(examples):
        examples["pixel_values"] = [transform(image.convert("RGB")) for image in examples["image"]]
        del examples["image"]
        return examples

    def collate(examples):
        return {
            "pixel_values": torch.stack([example["pixel_values"] for example in examples]),
            "labels": torch.tensor([example["label"] for example in examples]),
        }

    config = transformers.ViTConfig(
        image_size=56,
        patch_size=14,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=3,
    )
    runs = []
    for _ in range(2):
        model = transformers.ViTForImageClassification(config)
        runs.append(trained(model, arguments(tmp_path, seed=3, num_train_epochs=2), rows.with_transform(prepare), collate))
    images = [image for batch in runs[0] for image in batch["pixel_values"]]
    assert len(images) == 16 and len({tuple(block(image)) for image in images}) > 8
    for one, two in zip(*runs, strict=True):
        assert torch.equal(one["pixel_values"], two["pixel_values"]), "a seed repeats a run"


def test_boxes_of_the_object_detection_guide(rows, spec, block):
    compose = augment.compile(
        augment.loads("{seed: 5, targets: {image: image, bboxes: {kind: boxes, format: xywh, carry: [category]}},"
                      " pipeline: [horizontal_flip: {p: 0.5}, vertical_flip: {p: 0.5}, random_crop: 56]}"),
        "albumentations",
    )  # fmt: skip
    processor = transformers.DetrImageProcessor(do_resize=False, do_pad=False, do_normalize=False, do_convert_annotations=True)

    def prepare(examples):
        images, annotations = [], []
        for at, image, objects in zip(examples["index"], examples["image"], examples["objects"], strict=True):
            out = compose.at(at)(image=np.array(image.convert("RGB")), bboxes=objects["bbox"], category=objects["category"])
            images.append(out["image"])
            told = [
                {"image_id": at, "category_id": category, "iscrowd": 0, "area": box[2] * box[3], "bbox": list(box)}
                for box, category in zip(out["bboxes"], out["category"], strict=True)
            ]
            annotations.append({"image_id": at, "annotations": told})
        return processor(images=images, annotations=annotations, return_tensors="pt")

    batch = rows.with_transform(prepare)[:8]
    for i, (pixels, labels) in enumerate(zip(batch["pixel_values"], batch["labels"], strict=True)):
        cx, cy, w, h = (labels["boxes"][0] * 56).tolist()
        np.testing.assert_allclose([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], block(pixels), atol=1e-4)
        assert labels["class_labels"].tolist() == rows[i]["objects"]["category"]
        want = augment.apply(compose.spec, {"image": np.array(rows[i]["image"]), "bboxes": rows[i]["objects"]["bbox"]}, index=i)
        np.testing.assert_allclose(pixels.permute(1, 2, 0) * 255, want["image"], atol=1e-3)


def test_label_maps_of_the_semantic_segmentation_guide(rows, spec, block):
    transform = augment.compile(spec("{image: image, mask: mask}"), "torchvision")
    processor = transformers.SegformerImageProcessor(do_resize=False, do_normalize=False, do_reduce_labels=False)

    def prepare(examples):
        pairs = [transform(*pair) for pair in zip(examples["image"], examples["annotation"], strict=True)]
        return processor([image for image, _ in pairs], [mask for _, mask in pairs], return_tensors="pt")

    batch = rows.with_transform(prepare)[:8]
    for pixels, labels in zip(batch["pixel_values"], batch["labels"], strict=True):
        assert block(pixels) == block(labels) and set(labels.unique().tolist()) == {0, 1}


def test_the_trainer_of_the_text_classification_guide(tmp_path):
    texts = ["the food was good and we liked the view", "not a good film but a long one"] * 4
    plain = datasets.Dataset.from_dict({"text": texts, "label": [1, 0] * 4})
    edit = augment.compile({"seed": 2, "pipeline": [{"swap_words": 0.5}, {"delete_words": 0.2}]}, "builtin")
    words = sorted({word for text in texts for word in text.split()})
    made = plain.map(edit.examples(), with_indices=True)
    assert made["text"][:] == [edit.at(i)(text) for i, text in enumerate(texts)] != texts

    def collate(examples):
        numbers = [[1 + words.index(word) for word in example["text"].split()] for example in examples]
        rows = torch.tensor([row + [0] * (12 - len(row)) for row in numbers])
        labels = torch.tensor([example["label"] for example in examples])
        return {"input_ids": rows, "attention_mask": (rows > 0).long(), "labels": labels}

    config = transformers.BertConfig(
        vocab_size=len(words) + 1, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=2
    )
    seen = trained(transformers.BertForSequenceClassification(config), arguments(tmp_path), made, collate)
    assert sum(len(batch["labels"]) for batch in seen) == 8
