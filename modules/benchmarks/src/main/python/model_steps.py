"""Steps of all models a second, by PyTorch: model_steps.py MODELS... Threads by OMP_NUM_THREADS.

The step of ModelSteps: the deep l-infinity encoder of 48 bits, two stages and 384 inputs (z = clip(u), u = a + S_k z, a = W x, clip to
-lambda..lambda with lambda = exp(rho)), the contrastive loss over all pairs of 128 of 2,000 images (margin 5, a quarter of the
weight on similar pairs), dropout of inputs of 0.4, Adam with decoupled decay. All models are the leading axis of every tensor.
"""
import sys
import time

import torch

BITS, INPUTS, IMAGES, BATCH, STAGES = 48, 384, 2000, 128, 2
MARGIN, SHARE, DROPOUT, RATE, DECAY = 5.0, 0.25, 0.4, 0.003, 0.01


def clipped(u, rho):
    bound = rho.exp().unsqueeze(1)
    return torch.minimum(torch.maximum(u, -bound), bound)


def loss_of(z, same):
    squares = (z * z).sum(2)
    squared = squares.unsqueeze(2) + squares.unsqueeze(1) - 2 * z @ z.transpose(1, 2)
    squared = squared.clamp_min(1e-12)
    eye = torch.eye(BATCH, dtype=torch.bool)
    similar = same & ~eye
    dissimilar = ~same
    pull = (squared / 2 * similar).sum((1, 2)) / similar.sum((1, 2))
    short = (MARGIN - squared.sqrt()).clamp_min(0)
    push = (short * short / 2 * dissimilar).sum((1, 2)) / dissimilar.sum((1, 2))
    return SHARE * pull + (1 - SHARE) * push


def rate(models):
    torch.manual_seed(0)
    features = torch.randn(IMAGES, INPUTS)
    features /= features.norm(dim=1, keepdim=True)
    labels = torch.arange(IMAGES) % 10
    w = (torch.rand(models, INPUTS, BITS) * 0.2 - 0.1).requires_grad_()
    s = (torch.rand(STAGES, models, BITS, BITS) * 0.2 - 0.1).requires_grad_()
    rho = torch.zeros(STAGES + 1, models, BITS, requires_grad=True)
    optimizer = torch.optim.AdamW(
        [{"params": [w, s], "weight_decay": DECAY}, {"params": [rho], "weight_decay": 0.0}], lr=RATE)

    def step():
        rows = torch.rand(models, IMAGES).argsort(1)[:, :BATCH]
        x = features[rows]
        x = x * (torch.rand_like(x) >= DROPOUT) / (1 - DROPOUT)
        chosen = labels[rows]
        same = chosen.unsqueeze(2) == chosen.unsqueeze(1)
        a = x @ w
        z = clipped(a, rho[0])
        for k in range(STAGES):
            z = clipped(a + z @ s[k], rho[k + 1])
        optimizer.zero_grad()
        # A sum, so that no model's gradient knows of the others.
        loss_of(z, same).sum().backward()
        optimizer.step()

    for _ in range(3):
        step()
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < 5:
        step()
        count += 1
    return models * count / (time.perf_counter() - start)


print("PyTorch", torch.__version__, torch.get_num_threads(), "threads")
for argument in sys.argv[1:]:
    print(argument, "models: %.0f model-steps a second" % rate(int(argument)), flush=True)
