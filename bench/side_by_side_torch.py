"""Times PyTorch training steps of LeNet-300-100 the way people write them: the rival of bench/side-by-side.

Prints one JSON object: milliseconds a step, the median over short runs. Pruned networks multiply each weight by its
mask in the forward pass. Data is in memory as float32, already normalised; a batch is a gather of random rows.
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F


class MaskedLinear(nn.Linear):
    """A linear layer whose weight is multiplied by a fixed mask."""

    def __init__(self, inputs, outputs, density):
        super().__init__(inputs, outputs)
        kept = round(density * self.weight.numel())
        mask = torch.zeros(self.weight.numel())
        mask[torch.randperm(self.weight.numel())[:kept]] = 1
        self.register_buffer("mask", mask.view_as(self.weight))

    def forward(self, x):
        return F.linear(x, self.weight * self.mask, self.bias)


def make_layer(inputs, outputs, density):
    return nn.Linear(inputs, outputs) if density >= 1 else MaskedLinear(inputs, outputs, density)


def make_optimizer(name, parameters):
    if name == "adam":
        return torch.optim.Adam(parameters, lr=1.2e-3)
    return torch.optim.SGD(parameters, lr=0.1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--density", type=float, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=60)
    parser.add_argument("--optimizer", choices=["adam", "sgd"], default="adam")
    parser.add_argument("--seconds", type=float, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)

    sizes = [784, 300, 100, 10]
    layers = []
    for i in range(3):
        layers.append(make_layer(sizes[i], sizes[i + 1], arguments.density))
        if i < 2:
            layers.append(nn.ReLU())
    model = nn.Sequential(*layers)
    optimizer = make_optimizer(arguments.optimizer, model.parameters())
    images = torch.rand(59_000, 784)
    labels = torch.randint(0, 10, (59_000,))
    order = torch.randperm(59_000)
    position = 0

    def step():
        nonlocal position
        batch = order[position:position + arguments.batch]
        position = (position + arguments.batch) % (59_000 - arguments.batch)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images[batch]), labels[batch])
        loss.backward()
        optimizer.step()

    for _ in range(60):
        step()
    times = []
    start = time.perf_counter()
    while time.perf_counter() - start < arguments.seconds or len(times) < 3:
        begin = time.perf_counter()
        for _ in range(20):
            step()
        times.append((time.perf_counter() - begin) / 20 * 1e3)
    print(json.dumps({"density": arguments.density, "threads": arguments.threads,
                      "ms_per_step": statistics.median(times), "torch": torch.__version__}))


if __name__ == "__main__":
    main()
