"""What the first call of a compiled layer traces and compiles under TensorFlow."""

from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from augment_keras import ops as kops
from augment_keras.draws import draw, index_keys
from augment_keras.jit import compiled, settled
from augment_keras.threefry import _of_tensorflow

import augment
from augment import ops
from augment.ops.kinds import Entries, matrix
from augment.program.lower import lower

REFLECT = {"border": "reflect"}
SPECS = {
    "geometry": [
        ops.HorizontalFlip(p=0.5), ops.VerticalFlip(p=0.5), ops.Scale(x=(0.9, 1.1), y=(0.9, 1.1), **REFLECT),
        ops.Translate(x="±0.05", y="±0.05", **REFLECT), ops.Rotate(degrees="±18", **REFLECT), ops.ToFloat(),
    ],
    "borders": [ops.Rotate(degrees="±18"), ops.Translate(x="±0.1", border="wrap"), ops.Shear(x="±9", border="replicate")],
    "perspective": [ops.Perspective(distortion=(0.1, 0.3)), ops.Rotate90(), ops.Scale(factor=(0.5, 2), interpolation="bicubic")],
    "colours": [ops.Brightness(add="±0.1"), ops.Posterize(bits=(3, 6)), ops.ColorJitter(hue=(-20, 20)), ops.Gamma(gamma=1.2)],
}  # fmt: skip
BATCH = tf.zeros((4, 32, 32, 3), tf.uint8)


def traced(pipeline: list) -> Any:
    """The graph of a call, and the definitions of the functions in it by name."""
    layer = augment.compile(augment.Pipeline(pipeline), "keras")
    graph = tf.function(lambda x: layer(x), autograph=False).get_concrete_function(BATCH).graph
    return graph, {f.signature.name: f for f in graph.as_graph_def().library.function}


@pytest.mark.parametrize("spec", SPECS)
def test_nothing_is_left_to_mlir_that_xla_has_itself(spec) -> None:
    _, functions = traced(SPECS[spec])
    assert functions
    assert not {node.op for f in functions.values() for node in f.node_def} & {"Floor", "Ceil"}


def test_pixels_are_read_without_a_look_at_indices_below_0() -> None:
    _, functions = traced(SPECS["geometry"])
    found = [node.op for f in functions.values() for node in f.node_def]
    assert found.count("GatherV2") == 4 and "Less" not in found


def test_keys_are_made_in_what_is_compiled() -> None:
    graph, functions = traced(SPECS["geometry"])
    assert not {"LeftShift", "BitwiseOr"} & {op.type for op in graph.get_operations()}
    assert sum(node.op == "LeftShift" for f in functions.values() for node in f.node_def) == 20  # of one Threefry


def test_threefry_is_traced_once_for_all_that_draws() -> None:
    for spec in SPECS.values():
        traced(spec)
    assert _of_tensorflow().experimental_get_tracing_count() == 1


def optimized(function: Any, *args: Any) -> str:
    return tf.function(function, jit_compile=True, autograph=False).experimental_get_compiler_ir(*args)("optimized_hlo")


def test_keys_and_draws_are_made_once() -> None:
    plan = lower(augment.Pipeline(SPECS["geometry"])).plan
    run = compiled(lambda index: [v for own in draw(plan, index_keys(1, 0, index)).values() for v in own.values()])
    text = optimized(lambda index: run(index), tf.range(4))
    assert 2 * 20 <= text.count(" xor(") <= 2 * 23, "of two Threefrys, however many read them"


def test_what_is_settled_is_one_kernel_and_the_choice_none() -> None:
    def twice(settle: bool) -> str:
        """Many sines of a number, read by two that reuse it."""

        def run(unknown: Any, x: Any) -> Any:
            from augment_keras.jit import _compiling

            token = _compiling.set(unknown)
            try:
                y = tf.floor(x) * 3 + 1
                y = settled(y) if settle else y
            finally:
                _compiling.reset(token)
            return [tf.sin(y[:, None] + tf.range(8.0)), y[:, None] * tf.ones((1, 5))]

        return optimized(run, tf.constant(True), tf.zeros(7))

    assert twice(True).count(" floor(") == 1 and twice(False).count(" floor(") == 2
    assert twice(True).count(" conditional(") == 1
    assert twice(True).count(" fusion(") == 3


def test_compiled_functions_know_no_word_of_what_settles() -> None:
    run = compiled(lambda x, keys: settled(x + 1))
    assert np.array_equal(run(tf.ones(3), (tf.constant([0, 5]), tf.constant([0, 7]))), [2, 2, 2])
    assert np.array_equal(run(tf.ones(3), (tf.constant([9, 5]), tf.constant([0, 7]))), [2, 2, 2])


def test_matrices_by_entries_are_matrices() -> None:
    rng = np.random.default_rng(0)
    drawn = rng.normal(size=(4, 5)).astype(np.float32)
    a = matrix(kops, (tf.constant(drawn[0]), 0, 3), (0, 1, tf.constant(drawn[1])), (0, 0, 1))
    b = matrix(kops, (0, tf.constant(drawn[2]), -1), (2.5, 0, 0), (tf.constant(drawn[3]), 0, 1))
    assert isinstance(a, Entries)

    def dense(m: Any) -> np.ndarray:
        return np.stack([np.broadcast_to(n, 5) for n in m.numbers], axis=-1).reshape(5, 3, 3)

    assert np.allclose(dense(a @ b), dense(a) @ dense(b), atol=1e-6)
    assert (a @ b).numbers[4] == 0.0, "what is known stays known"
    open_ = np.array([True, False, True, False, False])
    chosen = a.where(tf.constant(open_), np.eye(3), kops)
    assert np.allclose(dense(chosen), np.where(open_[:, None, None], dense(a), np.eye(3)))
    assert isinstance(chosen.numbers[8], float) and len(chosen.drawn) == 3
    assert np.allclose(dense(chosen.put({key: n * 2 for key, n in chosen.drawn.items()}))[:, 2], [0, 0, 1])
