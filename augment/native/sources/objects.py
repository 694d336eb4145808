"""Live objects of a library, read by their attributes: nothing of them is called but what their own library declares."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from augment.errors import AugmentError, SpecError
from augment.native.call import MOST_DEPTH, Call, Library, Source, Unread
from augment.native.entry import table

ROOTS: dict[str, Library] = {
    "albumentations": "albumentations", "torchvision": "torchvision", "keras": "keras", "keras_cv": "keras",
    "tensorflow": "keras",
    "tf_keras": "keras", "nlpaug": "nlpaug",
}  # fmt: skip
PROCESSORS = {"bboxes": "bbox_params", "keypoints": "keypoint_params"}
CONTAINERS = {"Compose", "ReplayCompose", "Sequential", "ModuleList", "Pipeline"}


def from_object(pipeline: Any, name: str = "") -> Source:
    """Return the facts of a live pipeline; raises `SpecError` on what is of no library that is known."""
    held: list[Any] | None = list(pipeline) if isinstance(pipeline, list | tuple) and not library_of(pipeline) else None
    library: Library | None = next(filter(None, map(library_of, _deep([pipeline] if held is None else held))), None)
    if library is None:
        what = f"a list of {len(held)}" if held is not None else f"{type(pipeline).__module__}.{type(pipeline).__name__}"
        raise SpecError(
            f"{what} is no pipeline of {', '.join(sorted(set(ROOTS.values())))}, and no data of one: give their objects, "
            "A.to_dict(...), a "
            "get_config(), or name a file to 'augment import'"
        )
    reader = READERS[library]
    if held is not None:
        return Source(library, tuple(reader(x, f"[{i}]", ()) for i, x in enumerate(held)), {}, _version(library), name)
    call = reader(pipeline, "", ())
    if call.name == "ImageDataGenerator":
        return Source("keras_legacy", (call,), {}, None, name)
    outer = call.name in CONTAINERS or (library == "nlpaug" and call.name == "Sequential")
    if outer and not call.custom:
        return Source(library, call.children, call.kwargs, _version(library), name)
    return Source(library, (call,), {}, _version(library), name)


def library_of(found: Any) -> Library | None:
    """Return the library that an object is of, by the modules of its class and of those that it derives from."""
    for kind in type(found).__mro__:
        root = kind.__module__.partition(".")[0]
        if root in ROOTS:
            return ROOTS[root]
        if root == "torch" and kind.__name__ == "Sequential":
            return None
    return None


def _deep(found: Iterable[Any]) -> list[Any]:
    """Those, and what `torch.nn.Sequential` holds."""
    out = []
    for one in found:
        out.append(one)
        if type(one).__module__.startswith("torch.nn"):
            out.extend(getattr(one, "_modules", {}).values())
    return out


def _version(library: Library) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("albumentations") if library == "albumentations" else None
    except PackageNotFoundError:
        return None


def _guarded(read: Callable[[Any, str, tuple[int, ...]], Call]) -> Callable[[Any, str, tuple[int, ...]], Call]:
    """Refuse cycles and depth, and name what cannot be read."""

    def guarded(found: Any, where: str, above: tuple[int, ...]) -> Call:
        if id(found) in above:
            raise SpecError(f"{where}: holds itself")
        if len(above) > MOST_DEPTH:
            raise SpecError(f"{where}: is nested more than {MOST_DEPTH} deep")
        try:
            return read(found, where, (*above, id(found)))
        except AugmentError:
            raise
        except Exception:  # whatever attributes of an object do that are none of the library's
            return _own(found, where)

    return guarded


def _own(found: Any, where: str) -> Call:
    """What is no class of the library, by its name."""
    name = getattr(found, "__qualname__", None) or type(found).__qualname__
    return Call(str(name).rpartition(".")[2] or "?", where=where, custom=True)


def _is_of(found: Any, *roots: str) -> bool:
    return type(found).__module__.partition(".")[0] in roots


def _held(found: Any) -> list[Any] | None:
    for name in ("transforms", "layers"):
        held = getattr(found, name, None)
        if isinstance(held, list | tuple) or type(held).__name__ == "ModuleList":
            return list(held or ())
    if isinstance(found, list):
        return list(found)
    if type(found).__module__.startswith("torch.nn"):
        return list(getattr(found, "_modules", {}).values())
    return None


def _children(found: Any, where: str, above: tuple[int, ...], reader: Any) -> tuple[Call, ...]:
    return tuple(reader(child, f"{where}[{i}]", above) for i, child in enumerate(_held(found) or ()))


def _attributes(found: Any, names: Iterable[str], skip: Iterable[str] = ()) -> dict[str, Any]:
    out = {}
    for name in names:
        if name not in skip and name not in ("self", "args", "kwargs") and hasattr(found, name):
            out[name] = literal(getattr(found, name))
    return out


def _parameters(kind: type) -> list[str]:
    try:
        return list(inspect.signature(kind).parameters)
    except (TypeError, ValueError):
        return []


def literal(value: Any, depth: int = 0) -> Any:
    """Return a value as a literal; what is none, by its name."""
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if value is None or isinstance(value, bool | int | float | str):
        return value.item() if isinstance(value, np.generic) else value
    if depth < 4:
        if isinstance(value, Mapping):
            return {k if isinstance(k, str) else getattr(k, "__name__", str(k)): literal(v, depth + 1) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return (
                type(value)(literal(v, depth + 1) for v in value)
                if type(value) in (list, tuple)
                else [literal(v, depth + 1) for v in value]
            )
        if hasattr(value, "tolist"):
            return literal(value.tolist(), depth + 1)
    if type(value).__module__ == "torch" and type(value).__name__ == "dtype":
        return str(value)
    return Unread(getattr(value, "__qualname__", None) or type(value).__qualname__)


@_guarded
def _albumentations(found: Any, where: str, above: tuple[int, ...]) -> Call:
    if not _is_of(found, "albumentations"):
        return _own(found, where)
    name = type(found).__name__
    children = _children(found, where, above, _albumentations)
    skip = ("transforms", "first", "second", "bbox_params", "keypoint_params", "seed", "additional_targets")
    if hasattr(found, "get_transform_init_args"):  # what it would be built with again; attributes may be in other units
        given = {k: literal(v) for k, v in found.get_transform_init_args().items() if k not in skip}
        return Call(name, (), {**given, "p": literal(found.p)}, children, where)
    kwargs = _attributes(found, [*_parameters(type(found)), "p"], skip=skip)
    if name in CONTAINERS:
        for key, processor in getattr(found, "processors", {}).items():
            kwargs[PROCESSORS[key]] = {k: literal(v) for k, v in processor.params.to_dict_private().items()}
        if more := getattr(found, "_additional_targets", None):
            kwargs["additional_targets"] = literal(more)
    return Call(name, (), kwargs, children, where)


@_guarded
def _torchvision(found: Any, where: str, above: tuple[int, ...]) -> Call:
    if not (_is_of(found, "torchvision") or type(found).__module__.startswith("torch.nn")):
        return _own(found, where)
    name = type(found).__name__
    if name == "Lambda":
        return _own(found, where).replace(name="Lambda")
    children = (
        _children(found, where, above, _torchvision) if "transforms" in _parameters(type(found)) or name == "Sequential" else ()
    )
    kwargs = _attributes(
        found,
        _parameters(type(found)),
        skip=("transforms", "labels_getter", "alpha") if name in ("MixUp", "CutMix") else ("transforms", "labels_getter"),
    )
    if name in ("MixUp", "CutMix"):
        kwargs["alpha"] = float(found.alpha)
    return Call(name, (), kwargs, children, where)


@_guarded
def _keras(found: Any, where: str, above: tuple[int, ...]) -> Call:
    if not _is_of(found, "keras", "keras_cv", "tensorflow", "tf_keras"):
        return _own(found, where)
    name = type(found).__name__
    if name == "ImageDataGenerator":
        return Call(name, (), _attributes(found, _parameters(type(found))), (), where)
    if name == "Lambda":
        return _own(found, where).replace(name="Lambda")
    children = _children(found, where, above, _keras)
    if children:
        return Call(name, (), {"rate": found.rate} if hasattr(found, "rate") else {}, children, where)
    known = table("keras")
    config = found.get_config()
    kwargs = {k: literal(v) for k, v in config.items()}
    if name == "Normalization" and getattr(found, "mean", None) is not None:
        kwargs |= {"mean": _flat(found.mean), "variance": _flat(found.variance)}
    if name in known:
        names = {n for entry in known[name] for n in entry.signature.parameters}
        kwargs = {k: v for k, v in kwargs.items() if k in names or k == "value_range"}
    return Call(name, (), kwargs, (), where)


def _flat(tensor: Any) -> list[float]:
    return np.asarray(tensor, float).ravel().tolist()


@_guarded
def _nlpaug(found: Any, where: str, above: tuple[int, ...]) -> Call:
    if not _is_of(found, "nlpaug"):
        return _own(found, where)
    name = type(found).__name__
    if isinstance(found, list):
        children = tuple(_nlpaug(child, f"{where}[{i}]", above) for i, child in enumerate(found))
        return Call(name, (), {"aug_p": literal(getattr(found, "aug_p", None))} if name == "Sometimes" else {}, children, where)
    kwargs = _attributes(found, _parameters(type(found)), skip=("tokenizer", "reverse_tokenizer", "stopwords_regex"))
    if (pattern := getattr(found, "stopwords_regex", None)) is not None:
        kwargs["stopwords_regex"] = getattr(pattern, "pattern", pattern)
    return Call(name, (), kwargs, (), where)


READERS: dict[str, Any] = {
    "albumentations": _albumentations, "torchvision": _torchvision, "keras": _keras, "nlpaug": _nlpaug,
}  # fmt: skip
