"""Times PyTorch training steps of convolutional networks the way people write them: the rival of bench/convolution.

Prints one JSON object: milliseconds a step, the median over single steps. Batches are synthetic CIFAR images, float32,
already in memory and normalised.
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F


def conv_n(blocks, width, features):
    layers, channels = [], 3
    for block in blocks:
        for _ in range(2):
            layers += [nn.Conv2d(channels, block, 3, padding=1), nn.ReLU()]
            channels = block
        layers.append(nn.MaxPool2d(2))
    layers += [nn.Flatten(), nn.Linear(features, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(),
               nn.Linear(width, 10)]
    return nn.Sequential(*layers)


class Block(nn.Module):
    """Two 3×3 convolutions with batch norm and a shortcut."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


def resnet20():
    layers, channels = [nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU()], 16
    for width, stride in ((16, 1), (32, 2), (64, 2)):
        for i in range(3):
            layers.append(Block(channels, width, stride if i == 0 else 1))
            channels = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def vgg19():
    layers, channels = [], 3
    for width, count, pool in ((64, 2, True), (128, 2, True), (256, 4, True), (512, 4, True), (512, 4, False)):
        for _ in range(count):
            layers += [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
            channels = width
        if pool:
            layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


MODELS = {
    "conv-2": (lambda: conv_n([64], 256, 64 * 256), 60, "adam", 2e-4),
    "conv-4": (lambda: conv_n([64, 128], 256, 128 * 64), 60, "adam", 3e-4),
    "conv-6": (lambda: conv_n([64, 128, 256], 256, 256 * 16), 60, "adam", 3e-4),
    "resnet-20": (resnet20, 128, "momentum", 0.1),
    "vgg-19": (vgg19, 64, "momentum", 0.1),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    make, batch, optimizer, rate = MODELS[arguments.model]
    model = make()
    if optimizer == "adam":
        optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    else:
        optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9, weight_decay=1e-4)
    images, labels = torch.randn(batch, 3, 32, 32), torch.randint(0, 10, (batch,))

    def step():
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        optimizer.step()

    for _ in range(2):
        step()
    if arguments.profile:
        with torch.profiler.profile() as profile:
            step()
        print(profile.key_averages().table(sort_by="self_cpu_time_total", row_limit=20))
    times = []
    for _ in range(arguments.steps):
        start = time.perf_counter()
        step()
        times.append(1e3 * (time.perf_counter() - start))
    print(json.dumps({"model": arguments.model, "threads": arguments.threads,
                      "ms_per_step": round(statistics.median(times), 2)}))


if __name__ == "__main__":
    main()
