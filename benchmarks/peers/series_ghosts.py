"""ghosts: one step of the GHOSTS-style generator in plain PyTorch: both critics with gradient penalty, then the generator.

Batch 100, 48 rows in blocks of one, 34 numeric channels with masks, no statics: the size of hourly intensive care stays. Attribute
network of two layers of 100 with batch normalisation, LSTM of 100, critics of four layers of 200, all regularisers but the ramp,
moving average of the generator.
"""
import torch
from torch import nn

from serve import serve

BATCH, STEPS, CHANNELS, NOISE, STAYS, LAGS, LEVELS = 100, 48, 34, 5, 200, 5, 50
ATTRIBUTES, OUTPUTS = 3 * CHANNELS, 1 + 2 * CHANNELS + 2
ROW = STEPS * (OUTPUTS + 1) + ATTRIBUTES


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.additional = nn.Sequential(nn.Linear(NOISE, 100), nn.ReLU(), nn.BatchNorm1d(100), nn.Linear(100, 100), nn.ReLU(), nn.BatchNorm1d(100), nn.Linear(100, ATTRIBUTES))
        self.lstm, self.heads = nn.LSTM(ATTRIBUTES + NOISE, 100, batch_first=True), nn.Linear(100, OUTPUTS)
        self.register_buffer("sums", torch.tril(torch.ones(STEPS, STEPS)))

    def forward(self):
        all_ = torch.sigmoid(self.additional(torch.randn(BATCH, NOISE)))
        p = all_[:, 2 * CHANNELS:]
        never = p + (torch.bernoulli(p.detach()) - p.detach())
        seen = 1 - never
        additional = torch.cat([all_[:, :CHANNELS] * seen + 0.5 * never, all_[:, CHANNELS:2 * CHANNELS] * seen, never], 1)
        given = additional.detach()[:, None].expand(BATCH, STEPS, ATTRIBUTES)
        state = (torch.randn(1, BATCH, 100), torch.randn(1, BATCH, 100))
        raw = self.heads(self.lstm(torch.cat([given, torch.randn(BATCH, STEPS, NOISE)], 2), state)[0])
        numbers, flags = torch.sigmoid(raw[..., :-2]), torch.softmax(raw[..., -2:], -1)
        with torch.no_grad():
            ended = (flags[..., 1] > flags[..., 0]).float().cumsum(1)
            alive = torch.cat([torch.ones(BATCH, 1), (ended[:, :-1] == 0).float()], 1)[..., None]
        gaps = numbers[..., :1] * alive
        time = (self.sums @ (torch.exp(gaps) - 1)) * alive / 48
        u, p = numbers[..., 1:1 + CHANNELS], numbers[..., 1 + CHANNELS:]
        masks = (p + (torch.bernoulli(p.detach()) - p.detach())) * (seen.detach()[:, None] * alive)
        step = torch.cat([gaps, u * masks, masks, flags * alive, time], 2)
        readings = (2 * u - 1) * additional[:, None, CHANNELS:2 * CHANNELS] + additional[:, None, :CHANNELS]
        return torch.cat([step.reshape(BATCH, -1), additional], 1), additional, gaps, readings, masks, alive


def critic(inputs):
    return nn.Sequential(nn.Linear(inputs, 200), nn.ReLU(), nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 1))


def critic_loss(f, real, fake, mix):
    x = (mix * real + (1 - mix) * fake).requires_grad_(True)
    slope = torch.autograd.grad(f(x).sum(), x, create_graph=True)[0].norm(dim=1)
    return f(fake).mean() - f(real).mean() + 10 * ((slope - 1) ** 2).mean()


def regularisers(attributes, gaps, x, masks, alive):
    w = masks.detach()
    n = w.sum((0, 1)).clamp(min=1)
    mean = (x * w).sum((0, 1)) / n
    c = (x - mean) * w
    variance = (c ** 2).sum((0, 1)) / n + 1e-6
    total = ((mean - 0.5) ** 2 + 0.25 * (variance.log() + 2) ** 2).sum()
    for k in range(1, LAGS + 1):
        pairs = (w[:, :-k] * w[:, k:]).sum((0, 1)).clamp(min=1)
        total = total + (((c[:, :-k] * c[:, k:]).sum((0, 1)) / pairs / variance - 0.5) ** 2).sum()
    z = (c / variance.sqrt()).reshape(-1, CHANNELS)
    flat = w.reshape(-1, CHANNELS)
    total = total + ((z.T @ z / (flat.T @ flat).clamp(min=1) - 0.1) ** 2).mean()
    valid = gaps[alive > 0].sort()[0]
    picked = valid[((torch.arange(LEVELS) + 0.5) / LEVELS * len(valid)).long()]
    total = total + (picked - 0.3).abs().mean()
    total = total + ((masks.sum((0, 1)) / alive.sum() - 0.3) ** 2).sum()
    both = w[:, :-1] * w[:, 1:]
    moved = ((x[:, 1:] - x[:, :-1]).abs() * both / gaps[:, 1:].detach().clamp(min=1)).sum((0, 1)) / both.sum((0, 1)).clamp(min=1)
    total = total + ((moved - 0.1) ** 2).sum()
    m = attributes.mean(0)
    ac = attributes - m
    av = (ac ** 2).mean(0) + 1e-6
    za = ac / av.sqrt()
    return total + ((m - 0.5) ** 2 + 0.25 * (av.log() + 2) ** 2).sum() + ((za.T @ za / BATCH - 0.1) ** 2).mean()


def make_step(name):
    generator, f, aux = Generator(), critic(ROW), critic(ATTRIBUTES)
    g_adam = torch.optim.Adam(generator.parameters(), lr=1e-3, betas=(0.5, 0.999))
    f_adam = torch.optim.Adam([*f.parameters(), *aux.parameters()], lr=1e-3, betas=(0.5, 0.999))
    data = torch.rand(STAYS, ROW)
    average = [p.detach().clone() for p in generator.parameters()]

    def step():
        with torch.no_grad():
            fake = generator()
        real, mix = data[torch.randint(STAYS, (BATCH,))], torch.rand(BATCH, 1)
        f_adam.zero_grad(set_to_none=True)
        (critic_loss(f, real, fake[0], mix) + critic_loss(aux, real[:, -ATTRIBUTES:], fake[1], mix)).backward()
        f_adam.step()
        for p in [*f.parameters(), *aux.parameters()]:
            p.requires_grad_(False)
        g_adam.zero_grad(set_to_none=True)
        row, attributes, gaps, readings, masks, alive = generator()
        (-f(row).mean() - aux(attributes).mean() + regularisers(attributes, gaps, readings, masks, alive)).backward()
        g_adam.step()
        for p in [*f.parameters(), *aux.parameters()]:
            p.requires_grad_(True)
        with torch.no_grad():
            torch._foreach_mul_(average, 0.999)
            torch._foreach_add_(average, [p.detach() for p in generator.parameters()], alpha=0.001)

    return step


serve(make_step)
