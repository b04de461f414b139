"""rcgan: one step of RCGAN on windows without statics in plain PyTorch: five discriminator rounds, one generator round.

Batch 28, 24 steps of 5 columns, noise 5, two LSTMs of 100; discriminator by gradient descent at 0.1, generator by Adam. The
generator's output is computed without gradient in the discriminator's rounds, and real and generated series pass it together.
"""
import torch
from torch import nn

from serve import serve

BATCH, STEPS, COLUMNS, LATENT, HIDDEN, STAYS = 28, 24, 5, 5, 100, 280


class Network(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.lstm, self.out = nn.LSTM(inputs, HIDDEN, batch_first=True), nn.Linear(HIDDEN, outputs)

    def forward(self, x):
        return self.out(self.lstm(x)[0])


def make_step(name):
    generator, discriminator = Network(LATENT, COLUMNS), Network(COLUMNS, 1)
    descent = torch.optim.SGD(discriminator.parameters(), lr=0.1)
    adam = torch.optim.Adam(generator.parameters(), lr=1e-3)
    data = torch.rand(STAYS, STEPS, COLUMNS) * 2 - 1
    bce = nn.functional.binary_cross_entropy_with_logits
    target = torch.cat([torch.ones(BATCH, STEPS, 1), torch.zeros(BATCH, STEPS, 1)])
    one = torch.ones(BATCH, STEPS, 1)

    def step():
        for _ in range(5):
            with torch.no_grad():
                fake = torch.tanh(generator(torch.randn(BATCH, STEPS, LATENT)))
            x = torch.cat([data[torch.randint(STAYS, (BATCH,))], fake])
            descent.zero_grad(set_to_none=True)
            (bce(discriminator(x), target) * 2).backward()
            descent.step()
        for p in discriminator.parameters():
            p.requires_grad_(False)
        adam.zero_grad(set_to_none=True)
        bce(discriminator(torch.tanh(generator(torch.randn(BATCH, STEPS, LATENT)))), one).backward()
        adam.step()
        for p in discriminator.parameters():
            p.requires_grad_(True)

    return step


serve(make_step)
