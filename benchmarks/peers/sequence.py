"""gru, transformer and transformer-dropout: one Adam step of a model that reproduces its input, in plain PyTorch.

Batch 128, 24 steps, 32 channels. GRU: three layers of 64 and a linear read-out. Transformer: three encoder layers
(width 64, 4 heads, inner width 256, ReLU, norm after the sum: PyTorch's defaults) between two linear maps.
"""
import torch
from torch import nn

from serve import serve


class GruModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(32, 64, 3, batch_first=True)
        self.out = nn.Linear(64, 32)

    def forward(self, x):
        return self.out(self.gru(x)[0])


def make_model(name):
    if name == "gru":
        return GruModel()
    dropout = 0.1 if name == "transformer-dropout" else 0.0
    block = nn.TransformerEncoderLayer(64, 4, 256, dropout=dropout, batch_first=True)
    return nn.Sequential(nn.Linear(32, 64), nn.TransformerEncoder(block, 3), nn.Linear(64, 32))


def make_step(name):
    model = make_model(name)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    x = torch.randn(128, 24, 32)

    def step():
        optimiser.zero_grad()
        nn.functional.mse_loss(model(x), x).backward()
        optimiser.step()

    return step


serve(make_step)
