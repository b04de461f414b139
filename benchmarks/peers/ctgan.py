"""ctgan-300 and ctgan-20000: one epoch of CTGAN with its published sizes, in plain PyTorch.

Batch 500, packs of 10, noise 128, generator blocks (256, 256), critic (256, 256) with dropout 0.5, Adam 2e-4 with L2 1e-6,
gradient penalty 10: the step of the published method, written from its description. The layout of an encoded row is the one that
Lethe's encoder makes of 14 simulated columns; the data are random rows of that layout, which cost the same.
"""
import os

import torch
from torch import nn
from torch.nn import functional as F

from serve import serve

BATCH, PAC, NOISE, WIDTH, TAU, LAMBDA = 500, 10, 128, 256, 0.2, 10.0


def layout():
    """Blocks as widths: 't' is one tanh column, a number n one-hot of n, a number with * a discrete column of its own."""
    return os.environ["CTGAN_LAYOUT"].split(",")


class Residual(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.fc = nn.Linear(inputs, WIDTH)
        self.bn = nn.BatchNorm1d(WIDTH)

    def forward(self, x):
        return torch.cat([torch.relu(self.bn(self.fc(x))), x], dim=1)


def make_step(name):
    rows = int(name.split("-")[1])
    blocks, start = [], 0
    for text in layout():
        width = 1 if text == "t" else int(text.rstrip("*"))
        blocks.append((start, width, text))
        start += width
    columns = start
    discrete = [(s, w) for s, w, t in blocks if t.endswith("*")]
    conditions = sum(w for _, w in discrete)
    offsets = torch.tensor([sum(w for _, w in discrete[:i]) for i in range(len(discrete))])
    starts = torch.tensor([s for s, _ in discrete])

    data = torch.zeros(rows, columns)
    codes = []
    for s, w, t in blocks:
        if t == "t":
            data[:, s] = torch.rand(rows) * 2 - 1
        else:
            code = torch.randint(w, (rows,))
            data[torch.arange(rows), s + code] = 1
            if t.endswith("*"):
                codes.append(code)
    # Rows by level: a sorted order per column with the start and count of each level, so that drawing rows is one gather.
    order = torch.stack([torch.argsort(c) for c in codes])
    counts = torch.zeros(len(codes), max(w for _, w in discrete), dtype=torch.long)
    for i, c in enumerate(codes):
        counts[i, : discrete[i][1]] = torch.bincount(c, minlength=discrete[i][1])
    first = torch.cumsum(counts, 1) - counts
    chance = torch.log(counts.float() + 1)

    generator = nn.Sequential(Residual(NOISE + conditions), Residual(NOISE + conditions + WIDTH), nn.Linear(NOISE + conditions + 2 * WIDTH, columns))
    critic = nn.Sequential(
        nn.Linear(PAC * (columns + conditions), WIDTH), nn.LeakyReLU(0.2), nn.Dropout(0.5),
        nn.Linear(WIDTH, WIDTH), nn.LeakyReLU(0.2), nn.Dropout(0.5), nn.Linear(WIDTH, 1))
    g_opt = torch.optim.Adam(generator.parameters(), lr=2e-4, betas=(0.5, 0.9), weight_decay=1e-6)
    c_opt = torch.optim.Adam(critic.parameters(), lr=2e-4, betas=(0.5, 0.9), weight_decay=1e-6)

    def draw():
        column = torch.randint(len(discrete), (BATCH,))
        level = torch.multinomial(chance[column], 1).squeeze(1)
        condition = torch.zeros(BATCH, conditions)
        condition[torch.arange(BATCH), offsets[column] + level] = 1
        return column, level, condition

    def activate(logits):
        parts = []
        for s, w, t in blocks:
            part = logits[:, s:s + w]
            parts.append(torch.tanh(part) if t == "t" else F.gumbel_softmax(part, tau=TAU, dim=1))
        return torch.cat(parts, dim=1)

    def pack(x, condition):
        return torch.cat([x, condition], dim=1).view(BATCH // PAC, -1)

    def one():
        column, level, condition = draw()
        with torch.no_grad():
            fake = pack(activate(generator(torch.cat([torch.randn(BATCH, NOISE), condition], dim=1))), condition)
        perm = torch.randperm(BATCH)
        c, l = column[perm], level[perm]
        row = order[c, first[c, l] + (torch.rand(BATCH) * counts[c, l]).long()]
        real = pack(data[row], condition[perm])
        c_opt.zero_grad()
        mix = torch.rand(BATCH // PAC, 1)
        between = (mix * real + (1 - mix) * fake).requires_grad_(True)
        slope = torch.autograd.grad(critic(between).sum(), between, create_graph=True)[0]
        penalty = ((slope.norm(2, dim=1) - 1) ** 2).mean() * LAMBDA
        (critic(fake).mean() - critic(real).mean() + penalty).backward()
        c_opt.step()

        column, level, condition = draw()
        logits = generator(torch.cat([torch.randn(BATCH, NOISE), condition], dim=1))
        critic.requires_grad_(False)
        loss = -critic(pack(activate(logits), condition)).mean()
        chosen = torch.zeros(BATCH)
        for i, (s, w) in enumerate(discrete):
            at = column == i
            if at.any():
                chosen[at] = F.cross_entropy(logits[at, s:s + w], level[at], reduction="none")
        g_opt.zero_grad()
        (loss + chosen.mean()).backward()
        critic.requires_grad_(True)
        g_opt.step()

    def epoch():
        for _ in range(max(rows // BATCH, 1)):
            one()

    return epoch


serve(make_step)
