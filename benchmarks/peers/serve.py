"""The measuring side of a peer script: reads a number of steps per line, runs them, answers the median and the least microseconds.

The benchmark starts one process per step and thread setting and alternates it with its own runs, so that both see the
same machine at the same time.
"""
import sys
import time

import torch


def serve(make_step):
    """make_step(name) gives a function that runs one optimiser step. Arguments: NAME TORCH_THREADS."""
    torch.set_num_threads(int(sys.argv[2]))
    torch.manual_seed(1)
    step = make_step(sys.argv[1])
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            start = time.perf_counter()
            step()
            times.append(time.perf_counter() - start)
        times.sort()
        print(f"{times[len(times) // 2] * 1e6:.2f} {times[0] * 1e6:.2f}", flush=True)
