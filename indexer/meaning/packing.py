"""An article's vector as bytes: two bits a dimension, four dimensions a byte.

What a quantiser of four levels loses evens out over the dimensions (Max, «Quantizing for minimum
distortion», 1960, for normal values), so the vectors are turned until all dimensions weigh alike.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Levels = NDArray[np.int8]

#: Beyond this many deviations a value is one of the outer ones.
_OUTER = 0.9816
#: The values that stand for the four codes, as whole numbers: 0.4528 and 1.510 deviations.
_LEVELS = np.array([-10, -3, 3, 10], np.int8)
_SHIFTS = np.array([6, 4, 2, 0], np.uint8)
_UNPACKED = _LEVELS[(np.arange(256)[:, None] >> _SHIFTS) & 3]


#: Dimensions a byte.
PER_BYTE = len(_SHIFTS)
_BLOCK = 4096  # rows that are floats at once, which stay near the processor


def packed(vector: Floats) -> bytes:
    """A vector as bytes; a multiple of four dimensions."""
    deviation = float(vector.std()) or 1.0
    codes = np.digitize(vector / deviation, (-_OUTER, 0.0, _OUTER)).astype(np.uint8)
    quarters = codes.reshape(-1, 4) << _SHIFTS
    return bytes(np.bitwise_or.reduce(quarters, axis=1).astype(np.uint8))


def unpacked(vectors: NDArray[np.uint8]) -> Levels:
    """Rows of packed vectors as rows of levels, which point where the vectors did."""
    levels: Levels = _UNPACKED[vectors].reshape(len(vectors), -1)
    return levels


def lengths(levels: Levels) -> Floats:
    """The length of each row of levels."""
    found: Floats = np.sqrt(np.square(levels, dtype=np.int32).sum(axis=1)).astype(np.float32)
    return found


def cosines(levels: Levels, lengths: Floats, query: Floats) -> Floats:
    """The cosine of each row of levels, of these lengths, with a query of length 1."""
    products = np.empty(len(levels), np.float32)
    for start in range(0, len(levels), _BLOCK):
        block = levels[start : start + _BLOCK].astype(np.float32)
        products[start : start + _BLOCK] = block @ query
    found: Floats = products / lengths
    return found
