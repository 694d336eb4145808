"""The fused kernels: their results depend on nothing but the sample, and their code reads nothing outside of an image."""

from __future__ import annotations

import os
import subprocess
import sys
from array import array
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import augment
from augment import ops
from augment.engine.host import Executor
from augment.kernels import fused, opencv, reference
from augment.kernels.fused.raster import Raster
from augment.kernels.native.build import BuildError, build
from augment.kernels.native.library import Found, found
from augment.program.lower import lower
from augment.testing.tolerance import assert_images_close
from augment.values import Choice, Normal, Uniform

SPEC = augment.Pipeline([
    ops.Resize(short=80), ops.RandomCrop(size=70), ops.Rotate(degrees=(-30, 30), fill=(0.2, 0.5, 0.9)),
    ops.Perspective(distortion=0.3, p=0.5), ops.ColorJitter(brightness="1±0.3", contrast="1±0.5", hue="±36"),
    ops.Gamma(gamma=1.3), ops.Elastic(alpha="3px", sigma="8px", p=0.5), ops.CoarseDropout(height=0.2, width=0.2),
    ops.Normalize("imagenet"),
])  # fmt: skip
EVERYWHERE = "constant", "reflect", "wrap"


def images(photo: np.ndarray) -> list[np.ndarray]:
    """One picture as it may lie in memory, the long way round a tile."""
    wide = np.concatenate([photo] * 6, axis=1)
    planes = np.ascontiguousarray(wide.transpose(2, 0, 1)).transpose(1, 2, 0)
    mirrored = np.ascontiguousarray(wide[::-1, ::-1])[::-1, ::-1]
    padded = np.concatenate([wide, wide[..., :1]], axis=2)[..., :3]
    return [wide, planes, mirrored, padded]


def run(spec: augment.Pipeline, image: np.ndarray, index: int = 0) -> np.ndarray:
    program = lower(spec)
    return Executor(program, fused)({"image": image}, program.values(index))["image"]


COLOURS = [ops.Contrast(factor=1.4), ops.Hue(degrees=20), ops.RgbShift(red=0.1, blue=-0.2)]
WALKS = [augment.Pipeline([ops.Rotate(degrees=25, border=border), *COLOURS]) for border in EVERYWHERE]
WINDOW = {"size": (70, 560), "area": (0.3, 0.9), "antialias": False}
ALONG = [
    augment.Pipeline([ops.RandomResizedCrop(**WINDOW, interpolation=how), ops.HorizontalFlip(p=1), *COLOURS])
    for how in ("bilinear", "bicubic")
]

REDUCED = augment.Pipeline([ops.Resize(size=(20, 130), interpolation="bicubic"), *COLOURS])
BLURS = ops.GaussianBlur(sigma="2px"), ops.BoxBlur(size=5)
BLURRED = augment.Pipeline(
    [ops.RandomResizedCrop(**WINDOW), BLURS[0], *COLOURS, BLURS[1], ops.Contrast(factor=0.8), ops.Normalize("imagenet")]
)
SPECS = [*WALKS, *ALONG, REDUCED, BLURRED, SPEC]


@pytest.mark.parametrize("spec", SPECS, ids=[*EVERYWHERE, "bilinear", "bicubic", "reduced", "blurred", "all"])
@pytest.mark.parametrize("kind", [np.uint8, np.float32])
def test_neither_tiles_nor_memory_nor_the_width_of_vectors_change_a_bit(spec, kind, photos, native, monkeypatch):
    chosen = native.variant
    some = [image if kind == np.uint8 else (image / 255).astype(kind) for image in images(photos["coffee"])]
    want = run(spec, some[0])
    try:
        for image in some:
            for variant, tile in (*((v, 512) for v in native.variants), (chosen, 64), (chosen, 192)):
                native.choose(variant)
                monkeypatch.setattr(native, "tile", tile)
                assert np.array_equal(run(spec, image), want), (variant, tile, image.strides)
    finally:
        native.choose(chosen)


def test_threads_change_nothing(photos, native):
    program, image = lower(SPEC), photos["astronaut"]
    executor = Executor(program, fused)

    def one(index: int) -> np.ndarray:
        return executor({"image": image}, program.values(index))["image"]

    want = [one(i) for i in range(24)]
    for threads in (2, 8):
        with ThreadPoolExecutor(threads) as pool:
            assert all(np.array_equal(a, b) for a, b in zip(pool.map(one, range(24)), want, strict=True))


def test_one_pass_does_all_that_stages_express(photos, native, monkeypatch):
    passes, calls = [], []
    run_stages = Raster.run
    monkeypatch.setattr(Raster, "run", lambda self, layout: passes.append(layout) or run_stages(self, layout))
    for primitive in ("pointwise", "convolve"):
        monkeypatch.setattr(opencv, primitive, lambda *a: calls.append(a))
    chain = [ops.Rotate(degrees=20), ops.Brightness(add=0.1), ops.Contrast(factor=1.3), ops.Gamma(gamma=0.8), ops.Hue(degrees=9),
             *BLURS, ops.Solarize(threshold=0.7), ops.CoarseDropout(height=0.2, width=0.2),
             ops.Normalize("imagenet")]  # fmt: skip
    run(augment.Pipeline(chain), photos["chelsea"])
    assert len(passes) == 1 and not calls


@pytest.mark.parametrize("spec", ALONG, ids=["bilinear", "bicubic"])
def test_rows_and_columns_that_stay_such_are_read_by_themselves(spec, photos, native, monkeypatch):
    monkeypatch.setattr(opencv, "resample", None)
    passes, run_stages = [], Raster.run
    monkeypatch.setattr(Raster, "run", lambda self, layout: passes.append(layout) or run_stages(self, layout))
    run(spec, photos["chelsea"])
    assert len(passes) == 1


@pytest.mark.parametrize("channels", [1, 2, 3, 4, 5, 8, 9])
@pytest.mark.parametrize("kind", [np.uint8, np.float32])
@pytest.mark.parametrize("floats", [False, True])
def test_what_becomes_a_tensor_has_its_channels_apart(channels, kind, floats, photos, native):
    image = np.resize(photos["coffee"], (31, 45, channels))
    image = image if kind == np.uint8 else (image / 255).astype(kind)
    tail = [ops.Normalize(mean=[0.4], std=[0.2])] if floats else []
    program = lower(augment.Pipeline([ops.Rotate(degrees=20), *tail]))
    want = Executor(program, fused)({"image": image}, program.values(0))["image"]
    planar = Executor(program, fused, planar=True)({"image": image}, program.values(0))["image"]
    assert np.array_equal(planar, want) and want.flags.c_contiguous
    assert planar.transpose(2, 0, 1).flags.c_contiguous or channels > 8


@pytest.mark.parametrize("op", [ops.Rotate(degrees=20), ops.Resize(size=(9, 40)), *BLURS, ops.GaussianBlur(sigma="30px")])
def test_images_of_many_sizes(op, native):
    rng = np.random.default_rng(0)
    program = lower(augment.Pipeline([op, ops.Brightness(factor=1.2)]))
    for height, width in ((1, 1), (1, 700), (700, 1), (2, 513), (65, 1030)):
        image = rng.integers(0, 256, (height, width, 3), np.uint8)
        got, want = (Executor(program, k)({"image": image}, program.values(0))["image"] for k in (fused, opencv))
        assert_images_close(got, want)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("kind", [np.uint8, np.float32])
@pytest.mark.parametrize("tiles", [(1, 1), (3, 5), (8, 8), (32, 1), (32, 32)])
def test_equalised_by_tiles_it_is_the_reference_to_the_bit(channels, kind, tiles, photos, each_variant):
    rng = np.random.default_rng(0)
    for size in ((1, 1), (1, 70), (40, 2), (33, 47), (64, 64), (75, 75)):
        noise = rng.integers(0, 256, (*size, channels), np.uint8)
        for image in (noise, noise // 6 + 100, np.ascontiguousarray(np.resize(photos["coffee"], (*size, channels)))):
            own = image if kind == np.uint8 else (image / np.float32(255) * np.float32(0.99)).astype(kind)
            for limit in (1.0, 2.7, 40.0):
                want = reference.clahe(reference.enter(own), limit, tiles)
                assert all(np.array_equal(fused.clahe(fused.enter(own), limit, tiles).settled(), want) for _ in each_variant())
                assert np.array_equal(opencv.clahe(opencv.enter(own), limit, tiles), want)


def test_what_waits_is_equalised_as_its_pixels_are(photos, native):
    raster = fused.resize(fused.enter(photos["astronaut"]), ops.kinds.Window(0, 0, 96, 128), (60, 70), "bilinear")
    want = opencv.clahe(raster.settled(), 3.0, (8, 8))
    assert not isinstance(raster.base, np.ndarray) and np.array_equal(fused.clahe(raster, 3.0, (8, 8)).settled(), want)


@pytest.mark.parametrize("job", [(2, 8, 8, 3.0), (1, 0, 8, 3.0), (1, 8, 257, 3.0), (3, 8, 8, float("nan")), (3, 8, 8, -1.0)])
def test_no_job_of_tiles_that_is_unsound_is_done(job, native):
    channels, rows, columns, limit = job
    image, out = np.zeros((9, 9, channels), np.uint8), np.zeros((9, 9, channels), np.float32)
    numbers, most = array("q", (image.ctypes.data, 9, 9, channels, rows, columns, out.ctypes.data)), array("d", (limit,))
    assert native.adapt(numbers.buffer_info()[0], most.buffer_info()[0]) == -1


def test_noise_is_drawn_bit_by_bit_as_by_numpy(each_variant):
    values = Normal(mean=0.0, std=1.0), Uniform(low=0.0, high=1.0), Uniform(low=-1.0, high=2.0), Choice(options=(-1.0, 1.0))
    for number, shape in enumerate([(1, 1, 3), (7, 5, 1), (3, 17, 4), (61, 97, 3), (700, 900, 1)]):  # the last has a tail
        key, raster = (2**32 - 1 - number, 12345 * number), np.empty(shape, np.float32)
        for value in values:
            for pixel in (False, True):
                want = reference.noise(raster, value, key, number, pixel)
                for variant in each_variant():
                    own = fused.noise(raster, value, key, number, pixel)
                    assert own.dtype == want.dtype and own.tobytes() == want.tobytes(), (variant, shape, value)


def test_a_plugin_that_adds_to_opencv_adds_to_what_stands_in_for_it(photos, native, monkeypatch):
    from augment import plugins
    from augment.ops.primitives import KernelSet, Primitives

    own = Primitives("opencv", "augment.kernels.opencv", {"median": "cv2.medianBlur"})
    monkeypatch.setattr(plugins, "plugin_primitives", lambda: [own])
    image = fused.resize(fused.enter(photos["coffee"]), ops.kinds.Window(0, 0, 75, 75), (20, 20), "bilinear")
    out = KernelSet(fused)._added["median"](image, 3, (3,))
    assert np.array_equal(fused.settled(out), opencv.median(image.settled(), 3, (3,)))


# What there is of it -------------------------------------------------------------------------------------------------


def python(code: str, **environment: str) -> str:
    env = {**os.environ, **environment}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_a_compiler_nothing_is_built(tmp_path, monkeypatch):
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="no C\\+\\+ compiler"):
        build(tmp_path / "fused.so")
    assert not list(tmp_path.iterdir())


def test_where_it_is_absent_opencv_runs_and_the_list_of_backends_says_so(tmp_path):
    code = """if True:
    import numpy as np, augment
    from click.testing import CliRunner
    from augment.cli import main
    from augment.kernels.host import host_kernels
    from augment.ops import Rotate
    t = augment.compile(augment.Pipeline([Rotate(degrees=20)]), "albumentations")
    print(host_kernels().name, t(image=np.zeros((9, 9, 3), np.uint8))["image"].shape)
    print(" ".join(CliRunner().invoke(main, ["backends"]).output.split()))
    """
    out = python(code, AUGMENT_FUSED_LIBRARY=str(tmp_path / "none.so"))
    assert out.startswith("opencv (9, 9, 3)")
    assert "OpenCV alone, without the fused kernels: not built; python -m augment.kernels.native builds them" in out


def test_a_library_of_other_sources_is_not_used(tmp_path, native, monkeypatch):
    from augment.kernels.native import library

    monkeypatch.setattr(library, "fingerprint", lambda: "another")
    assert "built from other sources" in Found(library.LIBRARY).why
    broken = tmp_path / "fused.so"
    broken.write_bytes(b"no library")
    assert "cannot be loaded" in Found(broken).why
    assert found().library is native


@pytest.mark.matrix
def test_no_job_reads_or_writes_outside_of_its_memory(tmp_path, native):
    own = native.variants[-1]
    options = ("-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
    try:
        program = build(tmp_path / "fuzz", options, Path(__file__).with_name("fuzz.cpp"), only=(own,))
    except BuildError as error:
        pytest.skip(f"no compiler with sanitizers: {error}")
    done = subprocess.run([str(program), "3000"], capture_output=True, text=True, check=False, timeout=1200)
    assert done.returncode == 0, done.stderr[:4000]
    ran = [int(n) for n in done.stdout.split()[1:]]
    assert done.stdout.startswith(own) and all(n > 1000 for n in ran), done.stdout
