"""diffusion-ts: one step of Diffusion-TS on Sines with its published sizes, in plain PyTorch.

Batch 128, 24 steps, 5 features, width 64, one encoder and two decoder blocks, four heads; noising at random steps of a chain of 500, L1 and Fourier
loss with the published weights, gradients clipped to norm 1, Adam, a moving average of the weights every tenth step.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

from serve import serve

BATCH, STEPS, FEATURES, WIDTH, HEADS, CHAIN = 128, 24, 5, 64, 4, 500


class AdaptiveNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.modulation = nn.Linear(WIDTH, 2 * WIDTH)
        self.norm = nn.LayerNorm(WIDTH, elementwise_affine=False)

    def forward(self, x, condition):
        scale, shift = self.modulation(condition).unsqueeze(1).chunk(2, dim=2)
        return self.norm(x) * (1 + scale) + shift


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, x, context):
        def heads(t):
            return t.view(t.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)

        q, k, v = heads(self.query(x)), heads(self.key(context)), heads(self.value(context))
        weights = (q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS)).softmax(dim=3)
        return self.out((weights @ v).transpose(1, 2).reshape(x.shape))


def feed_forward():
    return nn.Sequential(nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 4 * WIDTH), nn.GELU(), nn.Linear(4 * WIDTH, WIDTH))


class EncoderBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.attention, self.inner = AdaptiveNorm(), Attention(), feed_forward()

    def forward(self, x, condition):
        y = self.norm(x, condition)
        x = x + self.attention(y, y)
        return x + self.inner(x)


class DecoderBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm_self, self.norm_cross = AdaptiveNorm(), AdaptiveNorm()
        self.attend_self, self.attend_cross, self.inner = Attention(), Attention(), feed_forward()
        self.mix = nn.Conv1d(STEPS, 2 * STEPS, 1)
        self.trend_over_width = nn.Conv1d(STEPS, 3, 3, padding=1)
        self.trend_over_powers = nn.Conv1d(WIDTH, FEATURES, 3, padding=1)
        self.level = nn.Linear(WIDTH, FEATURES)
        tau = torch.arange(1, STEPS + 1) / (STEPS + 1)
        self.powers = torch.stack([tau ** p for p in (1, 2, 3)])  # [3, T]

    def forward(self, x, context, condition):
        y = self.norm_self(x, condition)
        x = x + self.attend_self(y, y)
        x = x + self.attend_cross(self.norm_cross(x, condition), context)
        for_trend, for_season = self.mix(x).chunk(2, dim=1)
        coefficients = self.trend_over_powers(F.gelu(self.trend_over_width(for_trend)).transpose(1, 2))  # [b, F, 3]
        trend = (coefficients @ self.powers).transpose(1, 2)
        x = x + self.inner(x)
        mean = x.mean(dim=1, keepdim=True)
        return x - mean, self.level(mean), trend, season(for_season)


def season(x):
    """The strongest ⌊ln 11⌋ = 2 of the 11 inner frequencies of each channel, as waves times the number of steps."""
    spectrum = torch.fft.rfft(x, dim=1)[:, 1:-1]
    frequency = torch.fft.rfftfreq(STEPS)[1:-1].view(1, -1, 1).expand(spectrum.shape)
    strongest = spectrum.abs().topk(int(math.log(spectrum.shape[1])), dim=1).indices
    kept, frequency = spectrum.gather(1, strongest).unsqueeze(2), frequency.gather(1, strongest).unsqueeze(2)
    time = torch.arange(STEPS).view(1, 1, -1, 1)
    return (2 * kept.abs() * torch.cos(2 * math.pi * frequency * time + kept.angle())).sum(dim=1)


class Denoiser(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv1d(FEATURES, WIDTH, 3, padding=1)
        self.encoder_positions, self.decoder_positions = (nn.Parameter(torch.empty(STEPS, WIDTH).uniform_(-0.02, 0.02)) for _ in range(2))
        self.encoder = nn.ModuleList([EncoderBlock()])
        self.decoder = nn.ModuleList([DecoderBlock(), DecoderBlock()])
        self.residual = nn.Conv1d(WIDTH, FEATURES, 3, padding=1)
        self.season = nn.Conv1d(WIDTH, FEATURES, 1, bias=False)
        self.levels = nn.Linear(2, 1, bias=False)
        self.rates = torch.exp(-math.log(10000) * torch.arange(WIDTH // 2) / (WIDTH // 2 - 1))

    def forward(self, x, t):
        angles = t.view(-1, 1) * self.rates
        condition = F.silu(torch.cat([angles.sin(), angles.cos()], dim=1))
        embedded = self.embed(x.transpose(1, 2)).transpose(1, 2)
        context = embedded + self.encoder_positions
        for block in self.encoder:
            context = block(context, condition)
        state, levels, trend, waves = embedded + self.decoder_positions, [], 0, 0
        for block in self.decoder:
            state, level, part_trend, part_waves = block(state, context, condition)
            levels.append(level)
            trend, waves = trend + part_trend, waves + part_waves
        residual = self.residual(state.transpose(1, 2)).transpose(1, 2)
        mean = residual.mean(dim=1, keepdim=True)
        level = self.levels(torch.stack(levels, dim=3)).squeeze(3)
        return trend + level + mean + self.season(waves.transpose(1, 2)).transpose(1, 2) + residual - mean


def make_step(name):
    model = Denoiser()
    optimiser = torch.optim.Adam(model.parameters(), lr=8e-4, betas=(0.9, 0.96))
    average = [p.detach().clone() for p in model.parameters()]
    u = torch.linspace(0, CHAIN, CHAIN + 1, dtype=torch.float64)
    level = torch.cos((u / CHAIN + 0.008) / 1.008 * math.pi / 2) ** 2
    beta = (1 - level[1:] / level[:-1]).clamp(max=0.999)
    kept = (1 - beta).cumprod(0)
    weight = ((1 - beta).sqrt() * (1 - kept).sqrt() / beta / 100).float()
    kept = kept.float()
    data = torch.rand(512, STEPS, FEATURES) * 2 - 1
    done = 0

    def step():
        nonlocal done
        x = data[torch.randint(0, len(data), (BATCH,))]
        t = torch.randint(0, CHAIN, (BATCH,))
        a = kept[t].view(-1, 1, 1)
        noisy = a.sqrt() * x + (1 - a).sqrt() * torch.randn_like(x)
        optimiser.zero_grad()
        predicted = model(noisy, t)
        ours, theirs = torch.fft.fft(predicted, dim=1, norm="forward"), torch.fft.fft(x, dim=1, norm="forward")
        error = (predicted - x).abs() + math.sqrt(STEPS) / 5 * ((ours.real - theirs.real).abs() + (ours.imag - theirs.imag).abs())
        (error.mean(dim=(1, 2)) * weight[t]).mean().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if done % 10 == 0:
            with torch.no_grad():
                for mean, parameter in zip(average, model.parameters()):
                    mean.lerp_(parameter, 0.005)
        done += 1

    return step


serve(make_step)
