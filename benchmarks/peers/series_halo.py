"""halo: one step of HALO's categorical variant with Adam, in plain PyTorch.

Batch 16, 49 rows, 423 codes: a gap of one code, 20 channels of 21 codes and the end. Width 128, 4 blocks of 4 heads, inner width
512, GELU, norm before the branch, causal. Code level of two block-triangular maps (dense products with masks, as in the published
code) and the direct terms of a channel's last reading and of the row's earlier codes.
"""
import torch
from torch import nn
from torch.nn import functional as F

from serve import serve

BATCH, ROWS, CHANNELS, BINS, WIDTH = 16, 49, 20, 21, 128
GROUPS = [1] + [BINS] * CHANNELS + [2]
CODES = sum(GROUPS)
FIRST = [sum(GROUPS[:g]) for g in range(len(GROUPS))]


def masks():
    hidden, logits = torch.zeros(WIDTH + CODES, WIDTH + CODES), torch.zeros(CODES, WIDTH + CODES)
    same, direct = torch.zeros(CODES, CODES), torch.zeros(CODES, CODES)
    hidden[:WIDTH, :WIDTH] = 1
    for first, width in zip(FIRST, GROUPS):
        hidden[WIDTH + first:WIDTH + first + width, :WIDTH + first + width] = 1
        logits[first:first + width, :WIDTH + first] = 1
        same[first:first + width, first:first + width] = 1
        direct[first:first + width, :first] = 1
    return hidden, logits, same, direct


class Halo(nn.Module):
    def __init__(self):
        super().__init__()
        self.rows, self.known = nn.Linear(CODES, WIDTH, bias=False), nn.Linear(CODES, WIDTH, bias=False)
        self.positions, self.times = nn.Embedding(ROWS, WIDTH), nn.Embedding(ROWS, WIDTH)
        block = nn.TransformerEncoderLayer(WIDTH, 4, 4 * WIDTH, dropout=0.0, activation="gelu", batch_first=True, norm_first=True)
        self.blocks = nn.TransformerEncoder(block, 4, nn.LayerNorm(WIDTH))
        self.m1, self.b1 = nn.Parameter(0.02 * torch.randn(WIDTH + CODES, WIDTH + CODES)), nn.Parameter(torch.zeros(WIDTH + CODES))
        self.m2, self.b2 = nn.Parameter(0.02 * torch.randn(CODES, WIDTH + CODES)), nn.Parameter(torch.zeros(CODES))
        self.t, self.u = nn.Parameter(torch.zeros(CODES, CODES)), nn.Parameter(torch.zeros(CODES, CODES))
        for name, mask in zip(("hidden", "logits", "same", "direct"), masks()):
            self.register_buffer(name, mask)
        self.register_buffer("causal", torch.triu(torch.full((ROWS, ROWS), float("-inf")), 1))
        self.register_buffer("index", torch.arange(ROWS))

    def forward(self, v, known):
        before = torch.cat([torch.zeros(BATCH, 1, CODES), v[:, :-1]], 1)
        h = self.rows(before) + self.known(known) + self.positions(self.index) + self.times(self.index)
        u = torch.cat([self.blocks(h, self.causal), v], 2)
        hidden = torch.relu(F.linear(u, self.m1 * self.hidden, self.b1))
        return F.linear(hidden, self.m2 * self.logits, self.b2) + F.linear(v, self.u * self.direct) + F.linear(known, self.t * self.same)


def make_step(name):
    model = Halo()
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    codes = torch.cat([torch.randint(0, width, (BATCH, ROWS, 1)) for width in GROUPS], 2)
    columns = codes + torch.tensor(FIRST)
    known = torch.zeros(BATCH, ROWS, CODES).scatter_(2, columns[:, :, 1:-1], 1.0)

    def step():
        optimiser.zero_grad()
        v = torch.zeros(BATCH, ROWS, CODES).scatter_(2, columns, 1.0)
        logits = model(v, known)
        channels = logits[:, :, 1:-2].reshape(-1, BINS)
        loss = F.cross_entropy(channels, codes[:, :, 1:-1].reshape(-1), reduction="sum")
        loss = loss + F.cross_entropy(logits[:, :, -2:].reshape(-1, 2), codes[:, :, -1].reshape(-1), reduction="sum")
        (loss / (BATCH * ROWS)).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()

    return step


if __name__ == "__main__":
    serve(make_step)
