"""The GAN steps of the engine's benchmark in plain PyTorch: one D step and one G step with Adam.

usage: gan.py small|large THREADS STEPS   (prints the median microseconds of a step)
D and G are MLPs with two LeakyReLU(0.2) hidden layers; D's gradient is zeroed and its generator input detached as in
the usual training loop, so nothing is computed here that the Lethe side skips by a trick.
"""
import sys
import time

import torch
from torch import nn


def mlp(inputs, width, outputs, last):
    layers = [nn.Linear(inputs, width), nn.LeakyReLU(0.2), nn.Linear(width, width), nn.LeakyReLU(0.2), nn.Linear(width, outputs)]
    return nn.Sequential(*layers, *last)


def main():
    size, threads, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    batch, columns, width, noise = (64, 14, 128, 32) if size == "small" else (500, 40, 256, 64)
    g = mlp(noise, width, columns, [nn.Tanh()])
    d = mlp(columns, width, 1, [])
    g_opt = torch.optim.Adam(g.parameters(), lr=2e-4, betas=(0.5, 0.999))
    d_opt = torch.optim.Adam(d.parameters(), lr=2e-4, betas=(0.5, 0.999))
    bce = nn.BCEWithLogitsLoss()
    real = torch.randn(batch, columns)
    one, zero = torch.ones(batch, 1), torch.zeros(batch, 1)

    def step():
        z = torch.randn(batch, noise)
        fake = g(z)
        d_opt.zero_grad()
        (bce(d(real), one) + bce(d(fake.detach()), zero)).backward()
        d_opt.step()
        g_opt.zero_grad()
        for p in d.parameters():
            p.requires_grad_(False)
        bce(d(fake), one).backward()
        for p in d.parameters():
            p.requires_grad_(True)
        g_opt.step()

    for _ in range(max(3, steps // 10)):
        step()
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    times.sort()
    print(f"{times[len(times) // 2] * 1e6:.1f}")


main()
