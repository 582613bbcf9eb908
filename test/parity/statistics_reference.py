"""Reference values for src/eval from SciPy, written to statistics.reference.json beside this file.

Run by hand when a case is added (python test/parity/statistics_reference.py, with numpy and scipy); the test reads the file and needs
no Python. Every value comes from a SciPy function, or from a sum over a SciPy distribution, never from our formulas."""
import json
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20261121)


def mcnemar(gained, lost):
    n, k = gained + lost, min(gained, lost)
    exact = stats.binomtest(k, n, 0.5).pvalue if n else 1.0
    # The mid-p value takes half of the probability of the table itself out of each tail.
    mid = 1.0 if gained == lost else exact - stats.binom.pmf(k, n, 0.5)
    return {"gained": gained, "lost": lost, "exact": exact, "midP": mid}


def wilson(k, n, level):
    ci = stats.binomtest(k, n).proportion_ci(level, method="wilson")
    return {"right": k, "n": n, "confidence": level, "low": ci.low, "high": ci.high}


def sign_flip(values):
    found = stats.permutation_test((np.array(values),), np.sum, permutation_type="samples", n_resamples=np.inf)
    return {"differences": values, "p": found.pvalue}


def shuffle(a, b):
    found = stats.permutation_test((np.array(b), np.array(a)), lambda x, y, axis: np.abs(x.mean(axis) - y.mean(axis)),
                                   alternative="greater", permutation_type="independent", n_resamples=np.inf, vectorized=True)
    return {"before": a, "after": b, "p": found.pvalue}


def bootstrap(values):
    found = stats.bootstrap((np.array(values),), np.mean, n_resamples=50_000, method="percentile", rng=rng)
    return {"values": values, "low": found.confidence_interval.low, "high": found.confidence_interval.high}


def paired_bootstrap(a, b):
    found = stats.bootstrap((np.array(a), np.array(b)), lambda x, y, axis: (y - x).mean(axis), paired=True,
                            vectorized=True, n_resamples=50_000, method="percentile", rng=rng)
    return {"before": a, "after": b, "low": found.confidence_interval.low, "high": found.confidence_interval.high}


def pass_at_k(n, right, k):
    return {"n": n, "right": right, "k": k, "value": 1 - stats.hypergeom(n, right, k).pmf(0)}


def runs_for_mean(difference, spread, power=0.8):
    """The least n of a one-sample t test with at least this power, from the noncentral t distribution."""
    for n in range(2, 100_000):
        limit = stats.t.ppf(0.975, n - 1)
        nc = difference / spread * np.sqrt(n)
        if stats.nct.sf(limit, n - 1, nc) + stats.nct.cdf(-limit, n - 1, nc) >= power:
            return {"difference": difference, "spread": spread, "power": power, "n": n}


def power_unpaired(p, q, n):
    """Exact power of the pooled z test: a sum over all pairs of binomial counts."""
    x = np.arange(n + 1)
    a, b = np.meshgrid(x, x)
    pooled = (a + b) / (2 * n)
    error = np.sqrt(2 * pooled * (1 - pooled) / n)
    z = np.abs(a - b) / n / np.where(error == 0, np.inf, error)
    weight = stats.binom.pmf(a, n, p) * stats.binom.pmf(b, n, q)
    return {"p": p, "q": q, "n": n, "power": float(weight[z > stats.norm.ppf(0.975)].sum())}


def power_paired(discordant, difference, n):
    """Exact power of McNemar's mid-p test: a sum over the number of discordant pairs and those gained."""
    total = 0.0
    share = (discordant + difference) / (2 * discordant)
    for m in range(1, n + 1):
        w = stats.binom.pmf(m, n, discordant)
        if w < 1e-12:
            continue
        c = np.arange(m + 1)
        low = np.minimum(c, m - c)
        pmf = stats.binom.pmf(low, m, 0.5)
        mid = np.where(2 * low == m, 1, 2 * stats.binom.cdf(low, m, 0.5) - pmf)
        total += w * stats.binom.pmf(c, m, share)[mid <= 0.05].sum()
    return {"discordant": discordant, "difference": difference, "n": n, "power": float(total)}


def calibration(n, bins):
    confidence = np.round(rng.random(n), 3)
    right = rng.random(n) < confidence**2
    edges = np.linspace(0, 1, bins + 1)
    count, _, _ = stats.binned_statistic(-confidence, right, "count", bins=-edges[::-1])
    mean, _, _ = stats.binned_statistic(-confidence, confidence, "mean", bins=-edges[::-1])
    share, _, _ = stats.binned_statistic(-confidence, right, "mean", bins=-edges[::-1])
    filled = count > 0
    ece = float((count[filled] / n * np.abs(mean[filled] - share[filled])).sum())
    return {"answers": [{"confidence": float(c), "right": bool(r)} for c, r in zip(confidence, right)], "bins": bins,
            "ece": ece, "brier": float(((confidence - right) ** 2).mean())}


xs = [-38, -20, -8, -4.0001, -4, -3.9999, -2.5, -1.959963984540054, -0.3, 0, 1e-9, 0.7, 1.2816, 3.3, 4, 4.5, 6, 9]
ps = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34, 0.341,
      0.384, 0.569, 0.594, 0.696, 0.762, 0.94, 0.942, 0.975, 0.986]
halves = [float(x) for x in rng.integers(-4, 5, 40) / 4]
reference = {
    "scipy": scipy.__version__,
    "normalCdf": [{"x": x, "value": stats.norm.cdf(x)} for x in xs],
    "normalQuantile": [{"p": p, "value": stats.norm.ppf(p)}
                       for p in [1e-12, 1e-4, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]],
    "mcnemar": [mcnemar(*pair) for pair in
                [(0, 0), (1, 0), (5, 0), (3, 3), (2, 9), (59, 6), (1, 7), (150, 121), (900, 1000)]],
    "wilson": [wilson(*c) for c in
               [(0, 10, .95), (8, 10, .95), (10, 10, .99), (1, 1, .9), (263, 512, .95), (7, 5000, .95)]],
    "signFlip": [sign_flip(v) for v in [[0.5, 0.5], [0.5, 0.25, -0.25], [1.0, 1.0, 0.0, 1.0, -1.0, 1.0], halves[:14],
                                               [0.125, 0.375, 0.5, 0.25, -0.125, 0.75, 0.625, 0.5, -0.25, 0.125]]],
    "labelShuffle": [shuffle([0.0, 0.25, 0.5, 0.25, 0.0, 0.75], [0.5, 1.0, 0.75, 0.25, 1.0, 0.5]),
                     shuffle([0.0, 1.0, 0.0, 0.0, 1.0], [1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0])],
    "bootstrap": [bootstrap([abs(x) for x in halves]), bootstrap([0.0] * 30 + [1.0] * 34)],
    "pairedBootstrap": [paired_bootstrap(halves[:20], halves[20:])],
    "passAtK": [pass_at_k(*c) for c in [(10, 3, 1), (10, 3, 4), (200, 1, 100), (64, 60, 5), (1000, 17, 64)]],
    "benjaminiHochberg": {"ps": ps, "adjusted": list(stats.false_discovery_control(ps, method="bh"))},
    "runsForMean": [runs_for_mean(*c) for c in [(0.05, 0.03), (0.05, 0.05), (0.02, 0.05), (0.01, 0.1), (0.3, 1.0, 0.9)]],
    "powerUnpaired": [power_unpaired(*c) for c in [(0.5, 0.75, 50), (0.4, 0.45, 512), (0.1, 0.2, 200), (0.5, 0.6, 388)]],
    "powerPaired": [power_paired(*c) for c in [(0.2, 0.05, 512), (0.3, 0.1, 200), (0.1, 0.04, 300), (0.25, 0.06, 541)]],
    "calibration": [calibration(200, 10), calibration(60, 4)],
}
path = Path(__file__).with_name("statistics.reference.json")
path.write_text(json.dumps(reference, default=float) + "\n")
print(path, path.stat().st_size, "bytes")
