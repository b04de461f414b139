"""timegan: one joint step of TimeGAN, in plain PyTorch: twice {generator and supervisor; embedder and recovery}, then the discriminator.

Batch 128, 24 steps, 5 features; stacks of three GRU layers of 24 (the supervisor two) with a linear map per step. PyTorch's own GRU
stands for TensorFlow's: the gate acts after the product, the work is the same. What a step does not train asks for no gradient.
"""
import torch
from torch import nn

from serve import serve

BATCH, STEPS, FEATURES, HIDDEN, LAYERS = 128, 24, 5, 24, 3

bce = nn.functional.binary_cross_entropy_with_logits
mse = nn.functional.mse_loss


class Network(nn.Module):
    def __init__(self, inputs, outputs, layers=LAYERS, sigmoid=True):
        super().__init__()
        self.gru = nn.GRU(inputs, HIDDEN, layers, batch_first=True)
        self.out = nn.Linear(HIDDEN, outputs)
        self.sigmoid = sigmoid

    def forward(self, x):
        y = self.out(self.gru(x)[0])
        return torch.sigmoid(y) if self.sigmoid else y


def moments(generated, real):
    def of(x):
        return x.mean(0), torch.sqrt(x.var(0, unbiased=False) + 1e-6)

    (mean, spread), (real_mean, real_spread) = of(generated), of(real)
    return (spread - real_spread).abs().mean() + (mean - real_mean).abs().mean()


def judged(logits, real):
    return bce(logits, torch.full_like(logits, real))


def make_step(name):
    embedder, recovery, generator = Network(FEATURES, HIDDEN), Network(HIDDEN, FEATURES), Network(FEATURES, HIDDEN)
    supervisor, discriminator = Network(HIDDEN, HIDDEN, LAYERS - 1), Network(HIDDEN, 1, sigmoid=False)
    everything = [embedder, recovery, generator, supervisor, discriminator]

    def over(*networks):
        return torch.optim.Adam([p for n in networks for p in n.parameters()], lr=1e-3), networks

    of_generator, of_embedder, of_discriminator = over(generator, supervisor), over(embedder, recovery), over(discriminator)
    x = torch.rand(BATCH, STEPS, FEATURES)

    def update(optimiser_of, loss):
        optimiser, networks = optimiser_of
        for n in everything:
            n.requires_grad_(n in networks)
        optimiser.zero_grad()
        loss().backward()
        optimiser.step()

    def generator_loss():
        with torch.no_grad():
            h = embedder(x)
        raw = generator(torch.rand(BATCH, STEPS, FEATURES))
        latent = supervisor(raw)
        foretold = mse(supervisor(h)[:, :-1], h[:, 1:])
        return judged(discriminator(latent), 1.0) + judged(discriminator(raw), 1.0) + 100 * torch.sqrt(foretold + 1e-8) + 100 * moments(recovery(latent), x)

    def embedder_loss():
        h = embedder(x)
        return 10 * torch.sqrt(mse(recovery(h), x) + 1e-8) + 0.1 * mse(supervisor(h)[:, :-1], h[:, 1:])

    def discriminator_loss():
        with torch.no_grad():
            h, raw = embedder(x), generator(torch.rand(BATCH, STEPS, FEATURES))
            latent = supervisor(raw)
        return judged(discriminator(h), 1.0) + judged(discriminator(latent), 0.0) + judged(discriminator(raw), 0.0)

    def step():
        for _ in range(2):
            update(of_generator, generator_loss)
            update(of_embedder, embedder_loss)
        update(of_discriminator, discriminator_loss)

    return step


serve(make_step)
