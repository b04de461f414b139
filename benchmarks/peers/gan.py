"""gan-small and gan-large: one discriminator and one generator step with Adam, in plain PyTorch.

The usual loop: one generator pass, its output detached for the discriminator. In the generator's step the discriminator's
weights ask for no gradient, as a careful user would write it; Lethe does the same.
"""
import torch
from torch import nn

from serve import serve

SIZES = {"gan-small": (64, 14, 128, 32), "gan-large": (500, 40, 256, 64)}  # batch, columns, width, noise


def mlp(inputs, width, outputs, last):
    layers = [nn.Linear(inputs, width), nn.LeakyReLU(0.2), nn.Linear(width, width), nn.LeakyReLU(0.2), nn.Linear(width, outputs)]
    return nn.Sequential(*layers, *last)


def make_step(name):
    batch, columns, width, noise = SIZES[name]
    g = mlp(noise, width, columns, [nn.Tanh()])
    d = mlp(columns, width, 1, [])
    g_opt = torch.optim.Adam(g.parameters(), lr=2e-4, betas=(0.5, 0.999))
    d_opt = torch.optim.Adam(d.parameters(), lr=2e-4, betas=(0.5, 0.999))
    bce = nn.BCEWithLogitsLoss()
    real = torch.randn(batch, columns)
    one, zero = torch.ones(batch, 1), torch.zeros(batch, 1)

    def step():
        fake = g(torch.randn(batch, noise))
        d_opt.zero_grad()
        (bce(d(real), one) + bce(d(fake.detach()), zero)).backward()
        d_opt.step()
        g_opt.zero_grad()
        d.requires_grad_(False)
        bce(d(fake), one).backward()
        d.requires_grad_(True)
        g_opt.step()

    return step


serve(make_step)
