"""Calls without an index that run at once, or in other processes, share no draws; what repeats, and what does not."""

import sys
from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np
import pytest
import tensorflow as tf

import augment

SPEC = {"pipeline": [{"gaussian_noise": {"std": 0.1}}]}
IMAGE = np.full((4, 4, 3), 128, np.float32)
"""Whoever draws another key draws other noise: 48 numbers from 48 bits of it."""
COUNT = 4096


def mapped(count: int = COUNT) -> np.ndarray:
    """One image, over and over, through a parallel map."""
    keras.utils.set_random_seed(5)
    layer = augment.compile(SPEC, "keras")
    data = tf.data.Dataset.from_tensors(IMAGE).repeat(count).map(layer, num_parallel_calls=tf.data.AUTOTUNE)
    return np.stack([np.asarray(image) for image in data.batch(count)])[0]


def kinds(images: np.ndarray) -> set[bytes]:
    return {image.tobytes() for image in images}


def test_samples_of_a_parallel_map_share_no_draws() -> None:
    first, second = kinds(mapped()), kinds(mapped())
    assert len(first) == len(second) == COUNT
    assert first == second, "the same seed gives the same draws, in whatever order"


ORDERED = """
import tensorflow as tf
tf.config.experimental.enable_op_determinism()
from test_parallel import kinds, mapped
one, two = mapped(1000), mapped(1000)
assert len(kinds(one)) == 1000 and (one == two).all()
print("in order")
"""


def test_under_op_determinism_their_order_repeats(fresh_process, request) -> None:
    here = f"import torchvision, sys; sys.path.insert(0, {str(request.path.parent)!r})"
    assert fresh_process(f"{here}\n{ORDERED}").strip() == "in order"


def threaded(count: int = 120) -> list[bytes]:
    """One image in calls from eight threads, which change places as often as can be."""
    keras.utils.set_random_seed(5)
    layer = augment.compile(SPEC, "keras")
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(lambda _: keras.ops.convert_to_numpy(layer(IMAGE)).tobytes(), range(count)))
    finally:
        sys.setswitchinterval(interval)


def test_calls_from_threads_share_no_draws() -> None:
    one, two = threaded(), threaded()
    assert len(set(one)) == 120 and set(one) == set(two)


OTHER_ENGINE = """
import numpy as np, tensorflow as tf, keras, augment
from test_parallel import COUNT, IMAGE, SPEC, kinds, mapped, test_calls_from_threads_share_no_draws
test_calls_from_threads_share_no_draws()
one, two = kinds(mapped(1000)), kinds(mapped(1000))
assert len(one) == 1000 and one == two, f"{len(one)} of 1000 differ"
layer = augment.compile(SPEC, "keras")
calls = [image.numpy().tobytes() for image in tf.data.Dataset.from_tensors(IMAGE).repeat(2).map(layer)]
calls += [keras.ops.convert_to_numpy(layer(IMAGE)).tobytes() for _ in range(2)]
assert len(set(calls)) == 4, "the host and the engine share draws"
print("apart")
"""


@pytest.mark.parametrize("engine", ["torch", pytest.param("jax", marks=pytest.mark.matrix)])
def test_nor_on_another_engine_nor_in_a_parallel_map_beside_it(engine, fresh_process, request) -> None:
    here = f"import torchvision, sys; sys.path.insert(0, {str(request.path.parent)!r})"
    assert fresh_process(f"{here}\n{OTHER_ENGINE}", engine).strip() == "apart"


@pytest.mark.parametrize("form", ["keras", "weights.h5"])
def test_a_loaded_model_goes_on_where_the_saved_one_stood(form, tmp_path) -> None:
    def model() -> keras.Sequential:
        return keras.Sequential([keras.Input((4, 4, 3)), augment.compile(SPEC, "keras")])

    def draw(own: keras.Sequential) -> np.ndarray:
        return np.asarray(own(IMAGE[None], training=True))

    own = model()
    before = [draw(own) for _ in range(3)]
    if form == "keras":
        own.save(tmp_path / "model.keras")
        other = keras.saving.load_model(tmp_path / "model.keras")
    else:
        own.save_weights(tmp_path / "model.weights.h5")
        other = model()
        other.load_weights(tmp_path / "model.weights.h5")
    for _ in range(3):
        after = draw(own)
        assert np.array_equal(draw(other), after)
        assert not any(np.array_equal(after, old) for old in before)


WORKERS = """
import torchvision, pickle
import numpy as np, torch, keras, augment
from torch.utils.data import DataLoader, Dataset

class Plain(Dataset):
    def __init__(self, layer):
        self.layer = layer
    def __len__(self):
        return 24
    def __getitem__(self, index):
        return self.layer(np.full((4, 4, 3), 128, np.float32))

def drawn(start, epochs, **options):
    keras.utils.set_random_seed(5)
    layer = augment.compile({"pipeline": [{"gaussian_noise": {"std": 0.1}}]}, "keras")
    loader = DataLoader(Plain(layer), batch_size=4, num_workers=2, multiprocessing_context=start, **options)
    drawn = [image.numpy().tobytes() for _ in range(epochs) for batch in loader for image in batch]
    return [*drawn, Plain(layer)[0].numpy().tobytes()]

if __name__ == "__main__":
    torch.set_num_threads(1)
    one = drawn("fork", 2)
    assert len(set(one)) == 49, f"{len(set(one))} of 49 differ"
    assert drawn("fork", 2) == one
    assert drawn("spawn", 1) == one[:24] + one[-1:], "copies that were pickled draw otherwise than forked ones"
    print("apart")
"""


def test_workers_of_a_loader_share_no_draws(fresh_process, tmp_path) -> None:
    (tmp_path / "loading.py").write_text(WORKERS, encoding="utf-8")
    said = fresh_process("import runpy, sys; sys.path.insert(0, ''); runpy.run_path('loading.py', run_name='__main__')", "torch")
    assert said.strip() == "apart"


REPLICAS = """
import torchvision, tensorflow as tf
(cpu,) = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
import augment
from test_parallel import IMAGE, SPEC
strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
with strategy.scope():
    layer = augment.compile(SPEC, "keras")
step = tf.function(lambda: strategy.run(lambda: layer(IMAGE)))
drawn = [image.numpy().tobytes() for _ in range(3) for image in strategy.experimental_local_results(step())]
assert len(drawn) == len(set(drawn)) == 6, f"{len(set(drawn))} of {len(drawn)} differ"
print("apart")
"""


def test_replicas_share_no_draws(fresh_process, request) -> None:
    here = f"import sys; sys.path.insert(0, {str(request.path.parent)!r})"
    assert fresh_process(f"{here}\n{REPLICAS}").strip() == "apart"
