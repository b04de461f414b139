"""kovae: one Adam step of KoVAE's regular networks and loss, in plain PyTorch.

Batch 64, 24 steps, 5 features; encoder and decoder three bidirectional GRU layers of 20, latent steps of 16, prior a GRU
cell of 20 rolled out step by step, Koopman operator by QR and a triangular solve.
"""
import torch
from torch import nn

from serve import serve

BATCH, STEPS, FEATURES, HIDDEN, LAYERS, LATENT = 64, 24, 5, 20, 3, 16


def draw(mean, log_variance):
    return mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)


class KoVae(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.GRU(FEATURES, HIDDEN, LAYERS, batch_first=True, bidirectional=True)
        self.norm = nn.BatchNorm1d(2 * HIDDEN)
        self.mean, self.log_variance = nn.Linear(2 * HIDDEN, LATENT), nn.Linear(2 * HIDDEN, LATENT)
        self.prior = nn.GRUCell(LATENT, HIDDEN)
        self.prior_mean, self.prior_log_variance = nn.Linear(HIDDEN, LATENT), nn.Linear(HIDDEN, LATENT)
        self.decoder = nn.GRU(LATENT, HIDDEN, LAYERS, batch_first=True, bidirectional=True)
        self.out = nn.Linear(2 * HIDDEN, FEATURES)

    def roll_out(self):
        z, h = torch.zeros(BATCH, LATENT), torch.zeros(BATCH, HIDDEN)
        means, log_variances, draws = [], [], []
        for _ in range(STEPS):
            h = self.prior(z, h)
            means.append(self.prior_mean(h))
            log_variances.append(self.prior_log_variance(h))
            z = draw(means[-1], log_variances[-1])
            draws.append(z)
        return torch.stack(means, 1), torch.stack(log_variances, 1), torch.stack(draws, 1)

    def loss(self, x):
        h = self.norm(self.encoder(x)[0].reshape(-1, 2 * HIDDEN)).reshape(BATCH, STEPS, 2 * HIDDEN)
        mean, log_variance = self.mean(h), self.log_variance(h)
        rebuilt = torch.sigmoid(self.out(self.decoder(draw(mean, log_variance))[0]))
        prior_mean, prior_log_variance, z = self.roll_out()
        divergence = 0.5 * (prior_log_variance - log_variance + (log_variance.exp() + (mean - prior_mean) ** 2) / prior_log_variance.exp() - 1).sum()
        past, future = z[:, :-1].reshape(-1, LATENT), z[:, 1:].reshape(-1, LATENT)
        q, r = torch.linalg.qr(past)
        predicted = past @ torch.linalg.solve_triangular(r, q.T @ future, upper=True)
        koopman = nn.functional.mse_loss(predicted, future) / predicted.norm()
        return ((rebuilt - x) ** 2).sum() / BATCH + 0.007 * divergence / BATCH + 0.005 * koopman


def make_step(name):
    model = KoVae()
    optimiser = torch.optim.Adam(model.parameters(), lr=7e-4)
    x = torch.rand(BATCH, STEPS, FEATURES)

    def step():
        optimiser.zero_grad()
        model.loss(x).backward()
        optimiser.step()

    return step


serve(make_step)
