"""Writes the files beside it: arrays of each element type, byte order and memory order, by NumPy 2.2."""
import numpy as np

MATRIX = [[0, 1], [2, 100], [5, 3]]
TYPES = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]

arrays = {}
for t in TYPES:
    for order, name in ("<", "little"), (">", "big"):
        arrays[f"{t}_{name}"] = np.array(MATRIX, dtype=order + t)
    arrays[f"{t}_fortran"] = np.asfortranarray(np.array(MATRIX, dtype=">" + t))
    arrays[f"{t}_classes"] = np.array([3, 0, 100], dtype=t)
np.savez("stored.npz", **arrays)
np.savez_compressed("compressed.npz", **arrays)

np.save("halves.npy", np.array([[0.1, -2.5], [65504, 6e-8], [6.1e-5, -0.0]], dtype="<f2"))
np.save("infinite-half.npy", np.array([[1, np.inf]], dtype="<f2"))
np.save("truths.npy", np.array([[True, False], [False, True]]))
np.save("truth-classes.npy", np.array([True, False, True]))
np.save("negative.npy", np.array([[-128, 127]], dtype=">i1"))
np.save("negative-classes.npy", np.array([-32768, 32767], dtype=">i2"))
np.save("unsigned.npy", np.array([[2**64 - 1, 2**63, 2**32]], dtype="<u8"))
np.save("unsigned-classes.npy", np.array([7, 2**64 - 1], dtype="<u8"))
np.save("beyond-int32-classes.npy", np.array([7, 2**32 - 1], dtype="<u4"))
np.save("column.npy", np.array([[4], [1], [0]], dtype="<i8"))
np.save("column-of-bytes.npy", np.array([[0], [1], [1]], dtype="u1"))
np.save("column-fortran.npy", np.asfortranarray(np.array([[4], [1], [0]], dtype=">i4")))
np.save("strings.npy", np.array(["cat", "dog"]))
np.save("byte-strings.npy", np.array([b"cat", b"dog"]))
np.save("objects.npy", np.array([None, "dog"], dtype=object), allow_pickle=True)
np.save("complex.npy", np.array([[1 + 2j]]))
np.save("dates.npy", np.array(["2020-01-01"], dtype="datetime64[D]"))
np.save("records.npy", np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f4")]))
np.save("long-doubles.npy", np.array([[1]], dtype=np.longdouble))
