"""Runs the lenet-mnist chain in PyTorch: train, prune, rewind, train again, as people write it with masks.

The protocol of `tombola run lenet-mnist` with one trial and no control: LeNet-300-100, batch 60, Adam 1.2e-3, 20 % a
round (output layer 10 %), evaluation on 5,000 validation and 10,000 test images. Images are preloaded as float32.
"""
import argparse
import gzip
import json
import os
import time

import numpy
import torch
from torch import nn
from torch.nn import functional as F

RATES = [0.2, 0.2, 0.1]


def read(folder, name):
    with gzip.open(os.path.join(folder, name + ".gz")) as file:
        data = file.read()
    return numpy.frombuffer(data, numpy.uint8, offset=16 if "idx3" in name else 8)


class MaskedLinear(nn.Linear):
    """A linear layer whose weight is multiplied by a mask."""

    def __init__(self, inputs, outputs):
        super().__init__(inputs, outputs)
        nn.init.xavier_normal_(self.weight)
        nn.init.zeros_(self.bias)
        self.register_buffer("mask", torch.ones_like(self.weight))

    def forward(self, x):
        return F.linear(x, self.weight * self.mask, self.bias)


def evaluate(model, images, labels):
    loss, correct = 0.0, 0
    with torch.no_grad():
        for start in range(0, len(images), 1000):
            logits = model(images[start:start + 1000])
            target = labels[start:start + 1000]
            loss += F.cross_entropy(logits, target, reduction="sum").item()
            correct += (logits.argmax(1) == target).sum().item()
    return loss / len(images), correct / len(images)


def train(model, data, steps, every, batch):
    optimizer = torch.optim.Adam(model.parameters(), lr=1.2e-3)
    (images, labels), validation, test = data
    best = (float("inf"), 0, 0.0)
    order, position = torch.randperm(len(images)), 0
    for step in range(1, steps + 1):
        if position + batch > len(images):
            order, position = torch.randperm(len(images)), 0
        index = order[position:position + batch]
        position += batch
        optimizer.zero_grad()
        F.cross_entropy(model(images[index]), labels[index]).backward()
        optimizer.step()
        if step % every == 0:
            loss, _ = evaluate(model, *validation)
            _, accuracy = evaluate(model, *test)
            if loss < best[0]:
                best, weights = (loss, step, accuracy), {k: v.clone() for k, v in model.state_dict().items()}
    final = {k: v.clone() for k, v in model.state_dict().items()}
    accuracies = [evaluate(model, images, labels)[1]]
    model.load_state_dict(weights)
    accuracies.append(evaluate(model, images, labels)[1])
    model.load_state_dict(final)
    return best, accuracies


def prune(layers):
    for layer, rate in zip(layers, RATES):
        alive = layer.weight[layer.mask.bool()].abs()
        threshold = alive.kthvalue(max(1, round(rate * alive.numel()))).values
        layer.mask *= (layer.weight.abs() > threshold).float()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="the folder with MNIST's four files, gzip")
    parser.add_argument("--levels", type=int, default=20)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)

    def load(part):
        images = torch.from_numpy(read(arguments.data, f"{part}-images-idx3-ubyte").copy()).float().div(255)
        labels = torch.from_numpy(read(arguments.data, f"{part}-labels-idx1-ubyte").copy()).long()
        return images.view(-1, 784), labels

    images, labels = load("train")
    split = torch.randperm(len(images))
    data = ((images[split[5000:]], labels[split[5000:]]), (images[split[:5000]], labels[split[:5000]]), load("t10k"))
    layers = [MaskedLinear(784, 300), MaskedLinear(300, 100), MaskedLinear(100, 10)]
    model = nn.Sequential(layers[0], nn.ReLU(), layers[1], nn.ReLU(), layers[2])
    start = {name: value.clone() for name, value in model.named_parameters()}
    begin = time.perf_counter()
    for level in range(arguments.levels + 1):
        (loss, step, accuracy), _ = train(model, data, arguments.steps, arguments.every, 60)
        print(json.dumps({"level": level, "early_stop_step": step, "test_accuracy": accuracy}), flush=True)
        with torch.no_grad():
            prune(layers)
            for name, value in model.named_parameters():
                value.copy_(start[name])
    print(json.dumps({"seconds": time.perf_counter() - begin}))


if __name__ == "__main__":
    main()
