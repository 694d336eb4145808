"""Threefry on tensors of the engine, in int32."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partialmethod
from typing import Any

from augment.random import threefry_int32
from augment_keras import ops
from augment_keras.jit import ENGINE

Tensor = Any
Words = tuple[Tensor, Tensor]


def encrypt(key: Words, counter: Words) -> Words:
    """Encrypt a counter of two words under a key of two, as `augment.random.threefry`: int32 tensors that broadcast."""
    if ENGINE != "tensorflow":
        return threefry_int32(key, counter, ops)
    import tensorflow as tf

    shape = tf.broadcast_static_shape(key[0].shape, counter[1].shape)
    words = _of_tensorflow()(*key, *counter)
    for word in words:
        word.set_shape(shape)
    return words


@cache
def _of_tensorflow() -> Any:
    """As a function of a graph, which is traced once for all that draws."""
    import tensorflow as tf

    nodes = Nodes()
    inputs = k0, k1, c0, c1 = [nodes.add("Placeholder", dtype=nodes.type) for _ in range(4)]
    outputs = threefry_int32((k0, k1), (c0, c1), nodes, nodes.turned)

    def run(*words: Tensor) -> Words:
        given = {node.name: tf.bitcast(word, tf.uint32) for node, word in zip(inputs, words, strict=True)}
        found = tf.graph_util.import_graph_def(nodes.graph, given, [f"{node.name}:0" for node in outputs], name="threefry")
        return tuple(tf.bitcast(word, tf.int32) for word in found)  # type: ignore[return-value]

    return tf.function(run, autograph=False, input_signature=[tf.TensorSpec(None, tf.int32)] * 4)


class Nodes:
    """Functions of uint32 that write down the nodes of a graph of TensorFlow: it reads them in a sixth of the time that it takes
    to build them."""

    def __init__(self) -> None:
        import tensorflow as tf

        self.graph, self.type = tf.compat.v1.GraphDef(), tf.uint32.as_datatype_enum
        self._constants: dict[int, Node] = {}

    def add(self, op: str, *inputs: Node | int, **types: int) -> Node:
        names = [self._of(x).name for x in inputs]
        node = self.graph.node.add(name=f"n{len(self.graph.node)}", op=op, input=names)
        for name, value in (types or {"T": self.type}).items():
            node.attr[name].type = value
        return Node(self, node.name)

    def _of(self, x: Node | int) -> Node:
        if isinstance(x, Node):
            return x
        if x not in self._constants:
            self._constants[x] = self.add("Const", dtype=self.type)
            value = self.graph.node[-1].attr["value"].tensor
            value.dtype, value.uint32_val[:] = self.type, [x]
            value.tensor_shape.SetInParent()
        return self._constants[x]

    bitwise_or = partialmethod(add, "BitwiseOr")
    bitwise_xor = partialmethod(add, "BitwiseXor")
    left_shift = partialmethod(add, "LeftShift")
    right_shift = partialmethod(add, "RightShift")

    def turned(self, x: Node, r: int) -> Node:
        return self.bitwise_or(self.left_shift(x, r), self.right_shift(x, 32 - r))


@dataclass(frozen=True)
class Node:
    """A tensor to be."""

    nodes: Nodes
    name: str

    def __add__(self, other: Node | int) -> Node:
        return self.nodes.add("AddV2", self, other)


__all__ = ["Words", "encrypt"]
