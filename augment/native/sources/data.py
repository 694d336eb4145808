"""Pipelines as data: facts, `A.to_dict`, Keras' `get_config`, the knobs of Ultralytics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from augment.errors import SpecError
from augment.native.call import MOST_DEPTH, Call, Library, Source, Unread
from augment.native.entry import table

LIBRARIES: tuple[Library, ...] = get_args(Library)
HELD = ("children", "transforms", "layers", "flow")
"""What the transforms that a container holds are called."""


def from_data(data: Any, library: Library | None = None, version: str | None = None, name: str = "") -> Source:
    """Return the facts of a pipeline that a library, or a collector of facts, wrote as data; raises `SpecError` on other data."""
    if isinstance(data, list | tuple):
        return _facts({"ops": list(data)}, library, version, name)
    if not isinstance(data, Mapping):
        raise SpecError(f"{name or 'the data'}: a pipeline is an object or a list, not {type(data).__name__}")
    if "ops" in data:
        return _facts(data, library, version, name)
    if "transform" in data and isinstance(data["transform"], Mapping):
        return _serialized(data, version, name)
    if "__class_fullname__" in data:
        return _serialized({"transform": data}, version, name)
    if "class_name" in data or {"layers", "name"} <= data.keys():
        return _configured(data, name)
    if _known_knobs(data) or library == "ultralytics":
        return _knobs(data, name)
    raise SpecError(
        f"{name or 'the data'}: is no pipeline that is known: A.to_dict(...), a Keras get_config() with its class_name, "
        "knobs of Ultralytics, "
        "or {library, ops: [{class, args, kwargs, children}]}"
    )


def _facts(data: Mapping[str, Any], library: Library | None, version: str | None, name: str) -> Source:
    of = library or data.get("library")
    if of not in LIBRARIES:
        raise SpecError(f"{name or 'the data'}: the library must be one of {', '.join(LIBRARIES)}, not {of!r}")
    ops = data["ops"]
    if not isinstance(ops, Sequence) or isinstance(ops, str):
        raise SpecError(f"{name or 'the data'}: ops must be a list")
    calls = tuple(_call(raw, f"ops[{i}]", 1) for i, raw in enumerate(ops))
    settings = dict(_mapping(data.get("compose_kwargs")))
    if data.get("input_size"):
        settings["input_size"] = data["input_size"]
    if data.get("partial"):
        settings["partial"] = True
    return Source(of, calls, settings, version or _text(data.get("version")), name or _text(data.get("id")) or "")


def _call(raw: Any, where: str, depth: int) -> Call:
    if depth > MOST_DEPTH:
        raise SpecError(f"{where}: is nested more than {MOST_DEPTH} deep")
    if not isinstance(raw, Mapping) or not isinstance(raw.get("class"), str):
        raise SpecError(f"{where}: must be an object with a class, not {str(raw)[:60]!r}")
    children, args, kwargs = raw.get("children") or (), raw.get("args") or (), _mapping(raw.get("kwargs"))
    if not isinstance(children, list | tuple) or not isinstance(args, list | tuple):
        raise SpecError(f"{where}: args and children must be lists")
    return Call(
        raw["class"][:200], tuple(args), {str(k): v for k, v in kwargs.items()},
        tuple(_call(child, f"{where}.children[{i}]", depth + 1) for i, child in enumerate(children)),
        where, bool(raw.get("custom")),
    )  # fmt: skip


def _serialized(data: Mapping[str, Any], version: str | None, name: str) -> Source:
    """``A.to_dict``: names of classes with their arguments, and the version that wrote it."""
    root = _mapping(data["transform"])
    found = version or _text(data.get("__version__"))
    call = _of_dict(root, "transform", 1)
    if call.name in ("Compose", "ReplayCompose"):
        return Source("albumentations", call.children, call.kwargs, found, name)
    return Source("albumentations", (call,), {}, found, name)


def _of_dict(raw: Mapping[str, Any], where: str, depth: int) -> Call:
    if depth > MOST_DEPTH:
        raise SpecError(f"{where}: is nested more than {MOST_DEPTH} deep")
    full = str(raw.get("__class_fullname__", ""))
    held = next((key for key in HELD if isinstance(raw.get(key), list | tuple)), None)
    kwargs = {str(k): v for k, v in raw.items() if k not in ("__class_fullname__", held)}
    children = tuple(
        _of_dict(_mapping(child), f"{where}.{held}[{i}]", depth + 1) for i, child in enumerate(raw[held] if held else ())
    )
    short = full.rpartition(".")[2]
    own = "." in full and not full.startswith(("albumentations.", "imgaug.", "augment_albumentations."))
    return Call(short, (), kwargs, children, where, own)


def _configured(data: Mapping[str, Any], name: str) -> Source:
    """Keras: ``{"class_name", "config"}``, as `keras.layers.serialize` and `get_config` of a Sequential give it."""
    call = _of_config(data if "class_name" in data else {"class_name": "Sequential", "config": data}, "config", 1)
    if call.name == "ImageDataGenerator":
        return Source("keras_legacy", (call,), {}, None, name)
    calls = call.children if call.name == "Sequential" else (call,)
    return Source("keras", calls, {}, None, name)


def _of_config(raw: Mapping[str, Any], where: str, depth: int) -> Call:
    if depth > MOST_DEPTH:
        raise SpecError(f"{where}: is nested more than {MOST_DEPTH} deep")
    config = _mapping(raw.get("config"))
    full = str(raw.get("class_name", ""))
    short = full.rpartition(">")[2].rpartition(".")[2]
    registered = str(raw.get("registered_name") or full)
    own = ">" in registered and not registered.startswith(("keras_cv", "keras"))
    held = next((key for key in HELD if isinstance(config.get(key), list | tuple)), None)
    children = tuple(
        _of_config(_mapping(child), f"{where}.{held}[{i}]", depth + 1) for i, child in enumerate(config[held] if held else ())
    )
    kwargs = {str(k): _literal(v) for k, v in config.items() if k != held}
    if short in ("Sequential", "Pipeline"):
        kwargs = {}
    return Call(short, (), kwargs, children, where, own)


def _literal(value: Any) -> Any:
    """A configured object, such as a policy of types, as its name."""
    if isinstance(value, Mapping) and "class_name" in value:
        return Unread(str(value["class_name"]))
    return value


def _known_knobs(data: Mapping[str, Any]) -> bool:
    knobs = table("ultralytics")["train"][0].signature.parameters
    return len(data.keys() & knobs) >= 3


def _knobs(data: Mapping[str, Any], name: str) -> Source:
    """The knobs of augmentation out of a configuration for training, which holds much else."""
    entry = table("ultralytics")["train"][0]
    kwargs = {str(k): v for k, v in data.items() if k in entry.signature.parameters}
    return Source("ultralytics", (Call("train", (), kwargs, (), "the configuration"),), {}, None, name)


def _mapping(raw: Any) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _text(raw: Any) -> str | None:
    return raw[:200] if isinstance(raw, str) else None
