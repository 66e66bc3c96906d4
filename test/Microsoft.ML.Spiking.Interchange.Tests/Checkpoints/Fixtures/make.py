"""
Checkpoints as the published program saves them, of the network of Golden/network_evaluation.json: python make.py [OURS]. Made with PyTorch 1.13.
OURS is a file that PyTorchFile wrote of SmallModels.Published(), which torch then loads and saves again.
"""
import collections
import json
import math
import os
import sys

import numpy
import torch
from torch import nn

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "../../../Golden/network_evaluation.json")) as file:
    golden = json.load(file)
inputs, sizes = golden["inputs"], golden["parameters"]


class LIF(nn.Module):
    def __init__(self, tau_mem, tau_syn):
        super().__init__()
        self.register_buffer("alpha", torch.tensor(math.exp(-1 / tau_mem)))
        self.register_buffer("beta", torch.tensor(math.exp(-1 / tau_syn)))


class Column(nn.Module):
    def __init__(self, excitatory, inhibitory):
        super().__init__()
        self.fc_exc = nn.Linear(excitatory.shape[1], excitatory.shape[0], bias=False)
        self.fc_inh = nn.Linear(inhibitory.shape[1], inhibitory.shape[0], bias=False)
        self.fc_exc.weight.data.copy_(excitatory)
        self.fc_inh.weight.data.copy_(inhibitory)
        self.lif_exc, self.lif_inh = LIF(20, 5), LIF(16, 4)


class Stdp(nn.Module):
    def __init__(self, columns):
        super().__init__()
        self.register_buffer("potential", torch.zeros(columns, columns))
        self.register_buffer("usage", torch.zeros(columns, columns))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        excitatory, inhibitory = torch.tensor(inputs["excitatory_weights"]), torch.tensor(inputs["inhibitory_weights"])
        columns = len(excitatory)
        self.columns = nn.ModuleList(Column(e, i) for e, i in zip(excitatory, inhibitory))
        self.input_scale = nn.Parameter(torch.tensor(inputs["input_scale"]))
        self.register_buffer("topology", torch.tensor(inputs["topology"]).float())
        self.inter_weights = nn.Parameter(torch.tensor(inputs["inter_weights"]))
        self.stdp = Stdp(columns)
        self.register_buffer("pre_trace", torch.zeros(columns))
        self.register_buffer("post_trace", torch.zeros(columns))
        self.readout = nn.Sequential(nn.Linear(50, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 3))
        for layer, name in (0, "readout_0"), (3, "readout_3"):
            self.readout[layer].weight.data.copy_(torch.tensor(inputs[name + "_weight"]))
            self.readout[layer].bias.data.copy_(torch.tensor(inputs[name + "_bias"]))
        self.register_buffer("spike_rate_avg", torch.tensor(inputs["spike_rate_avg"]))
        self.register_buffer("target_rate", torch.tensor(inputs["target_rate"]))
        self.register_buffer("training_step", torch.tensor(938))


def checkpoint(model):
    history = collections.defaultdict(list)
    for loss, accuracy, test, rate in (1.029, 71.49, 69.99, 0.071), (0.51, 84.44, 83.3, 0.069):
        history["train_loss"].append(loss)
        history["train_acc"].append(accuracy)
        history["test_acc"].append(test)
        history["spike_rate"].append(numpy.float64(rate))
    return {
        "epoch": 2,
        "model_state_dict": model.state_dict(),
        "test_accuracy": numpy.float32(83.3),
        "spike_rate": 0.069,
        "hyperparams": {"n_columns": 5, "neurons_per_column": 10, "time_steps": sizes["time_steps"], "tau_mem": 20.0, "tau_syn": 5.0, "k_neighbors": 4,
                        "p_rewire": 0.1, "lr": 5e-4, "batch_size": 4, "dataset": "MNIST"},
        "history": history,
        "training_time": 386.5 * 60,
    }


def save(value, name, **options):
    # Names within the file are of the file: the same bytes wherever it is made.
    torch.save(value, os.path.join(here, name), **options)


save(checkpoint(Network()), "published.pth")
save(checkpoint(Network()), "published-protocol-4.pth", pickle_protocol=4)
save(checkpoint(Network().half()), "published-half.pth")
save(checkpoint(Network().bfloat16()), "published-bfloat16.pth")
save(nn.DataParallel(Network()).state_dict(), "state-dict.pth")
save(Network(), "module.pth")
save(checkpoint(Network()), "before-1.6.pth", _use_new_zipfile_serialization=False)
if len(sys.argv) > 1:
    save(torch.load(sys.argv[1], weights_only=True), "saved-again.pth")
