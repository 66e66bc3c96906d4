# Makes the files of this folder: python3 make.py (h5py 3.7, HDF5 1.10.8). They are ours, in the layout of the Spiking Heidelberg Digits.
import numpy as np
import h5py

# Seconds; all are exact in 16 bits. Row 1 is empty.
TIMES = [[0.25, 0.0, 0.2490234375, 1.25], [], [0.125, 0.125, 0.998046875], [0.5]]
UNITS = [[699, 0, 3, 17], [], [5, 5, 6], [350]]

for bits, labels, packing in (16, np.uint64, "gzip"), (32, np.uint8, None), (64, np.int32, "lzf"):
    with h5py.File(f"shd{bits}.h5", "w") as f:
        spikes = f.create_group("spikes")
        for name, rows, dtype in ("times", TIMES, np.dtype(f"f{bits // 8}")), ("units", UNITS, np.dtype("u2" if bits < 64 else "i8")):
            data = spikes.create_dataset(name, (len(rows),), h5py.vlen_dtype(dtype), compression=packing)
            for row, values in enumerate(rows):
                if values: data[row] = values
        f["labels"] = np.array([1, 0, 2, 1], labels)
        if bits < 64: f["extra/keys"] = np.array([b"null", b"eins", b"zwei"])
