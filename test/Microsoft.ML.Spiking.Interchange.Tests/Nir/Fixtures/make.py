# Makes the files of this folder with the Python package nir (1.0.8, of 2025) and h5py 3.7: python3 make.py. The graphs are ours.
import os
import h5py
import nir
import numpy as np

nir.version = "1.0.8"
os.chdir(os.path.dirname(os.path.abspath(__file__)))
f = lambda *values: np.array(values, np.float32)

cells = nir.CubaLIF(tau_syn=f(2e-4, 2e-4), tau_mem=f(4e-4, 4e-4), r=f(4, 4), v_leak=f(0, 0), v_threshold=f(1, 1), w_in=f(2, 2))
inner = nir.NIRGraph(
    nodes={"input": nir.Input(np.array([2])), "lif": nir.LIF(tau=f(4e-4, 4e-4), r=f(4, 4), v_leak=f(0, 0), v_threshold=f(0.5, 0.5)), "output": nir.Output(np.array([2]))},
    edges=[("lif", "output"), ("input", "lif")])
graph = nir.NIRGraph(
    nodes={
        # As snnTorch names nodes, and with the edges in no order.
        "input": nir.Input(np.array([3])), "0": nir.Affine(weight=np.arange(6, dtype=np.float32).reshape(2, 3) / 4, bias=f(0, 0.25)), "1": cells, "2": inner,
        "3": nir.Linear(weight=np.eye(2, dtype=np.float32)), "output": nir.Output(np.array([2]))},
    edges=[("3", "output"), ("2", "3"), ("1", "2"), ("0", "1"), ("input", "0")],
    metadata={"author": "Zoë", "trained": True, "steps": 25, "rate": 0.5, "list": np.array([1, 2])})

nir.write("gzip.nir", graph, compression="gzip")
nir.write("lzf.nir", graph, compression="lzf")
nir.write("none.nir", graph, compression=None)
for name, libver in ("eighteen.nir", ("v108", "v108")), ("latest.nir", "latest"):
    with h5py.File("none.nir") as source, h5py.File(name, "w", libver=libver) as copy:
        def add(group, into):
            for key, item in group.items():
                if isinstance(item, h5py.Group): add(item, into.create_group(key))
                else: into.create_dataset(key, data=item[()], dtype=item.dtype)
        add(source, copy)
