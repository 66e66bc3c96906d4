# Makes the files of this folder: python3 make.py (h5py 3.7, HDF5 1.10.8). They are ours, and h5py's own view of them is in HdfFixtureTests.
import os
import h5py
import numpy as np

os.chdir(os.path.dirname(os.path.abspath(__file__)))


def contents(f, **packed):
    f["text"] = "Grüße"
    f.create_dataset("fixed", data=np.array([b"ab", b"cde"]))
    f["truth"] = np.bool_(True)
    f["truths"] = np.array([True, False])
    f["scalar"] = np.float64(1.5)
    f["half"] = np.array([0.5, -2, 65504], np.float16)
    f["single"] = np.array([0.1, -3e38], np.float32)
    f["big"] = np.array([0.1, 2], ">f4")
    f["bigger"] = np.array([1, -2], ">i8")
    for kind in ("i1", "u1", "i2", "u2", "i4", "u4", "i8"):
        f[kind] = np.array([np.iinfo(kind).min, np.iinfo(kind).max], kind)
    f["u8"] = np.array([0, 2**64 - 1], np.uint64)
    f["shape"] = np.array([28, 28])
    f["edges"] = np.array([["a", "b"], ["b", "cc"]], dtype=h5py.string_dtype())
    f.create_dataset("none", data=np.zeros((0,)))
    f.create_dataset("never", (2, 2), np.float32, fillvalue=7)
    f.create_dataset("grid", data=np.arange(35, dtype=np.float64).reshape(5, 7), chunks=(2, 3), **packed)
    f.create_dataset("ramp", data=np.arange(3000, dtype=np.float32) // 100, chunks=(1000,), **packed)
    f.create_dataset("compound", data=np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f4")]))
    many = f.create_group("many")
    for i in range(20):
        many[f"name_{i:02}_ü"] = i
    more = f.create_group("more")
    for i in range(300):
        more[f"{i:03}"] = many["name_07_ü"]


def made(name, libver="earliest"):
    return h5py.File(name, "w", libver=libver)


with made("gzip.h5") as f: contents(f, compression="gzip", shuffle=True)
with made("lzf.h5") as f: contents(f, compression="lzf", shuffle=True, fletcher32=True)
with made("latest.h5", "latest") as f: contents(f, compression="gzip", fletcher32=True)
with made("eighteen.h5", ("v108", "v108")) as f: contents(f)

for bits in (16, 32, 64):
    with made(f"spikes{bits}.h5") as f:
        spikes = f.create_group("spikes")
        times = spikes.create_dataset("times", (3,), h5py.vlen_dtype(np.dtype(f"f{bits // 8}")))
        units = spikes.create_dataset("units", (3,), h5py.vlen_dtype(np.uint16))
        times[0], units[0] = [0.25, 0.5, 1.25], [699, 0, 3]
        times[2], units[2] = [0.125], [65535]
        f["labels"] = np.array([3, 0, 19], np.uint16)
        f["extra/keys"] = np.array(["null", "eins"], dtype=h5py.string_dtype())

with made("soft.h5") as f: f["node/type"], f["node/other"] = "x", h5py.SoftLink("/node/type")
with made("soft-latest.h5", "latest") as f: f["node/type"], f["node/other"] = "x", h5py.SoftLink("/node/type")
with made("external.h5") as f: f["node/type"], f["node/other"] = "x", h5py.ExternalLink("gzip.h5", "/text")
with made("storage.h5") as f: f.create_dataset("node/weight", (4,), np.uint8, external=[("make.py", 0, 4)])
with made("virtual.h5", "latest") as f:
    layout = h5py.VirtualLayout((4,), np.uint8)
    layout[:] = h5py.VirtualSource("gzip.h5", "u1", (4,))
    f.create_virtual_dataset("node/weight", layout)
with made("circle.h5") as f: 
    f.create_group("node/nodes")
    f["node/nodes/again"] = f["node"]
with made("bush.h5") as f:
    below = f.create_group("last")
    for i in range(40):
        group = f.create_group(f"level{i}")
        group["a"], group["b"] = below, below
        below = group
with made("extensible.h5", "latest") as f: f.create_dataset("weight", data=np.arange(8.0), maxshape=(None,), chunks=(2,))
with made("scaled.h5") as f: f.create_dataset("weight", data=np.arange(8), chunks=(4,), scaleoffset=0)
