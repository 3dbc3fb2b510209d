"""Fraud beside its peers: pyfair in an environment of its own, and a loop over years like riskquant's.

Three races: frequency times loss, both PERT (all that pyfair can do); a Poisson number of lognormal losses
a year; and the station itself on 491,840 people, which no peer can run. Medians of alternating rounds.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from breachkit.fraud import distributions

SCENARIOS = 10
SIMULATIONS = 500_000
YEARS = 100_000
ROUNDS = 5
CACHE = Path.home() / ".cache" / "breachkit" / "benchmarks" / "pyfair"
PEER = ["pyfair==0.1a13", "pandas<2", "numpy<1.24", "scipy", "matplotlib"]
_PYFAIR = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import pyfair
scenarios, simulations = map(int, sys.argv[1:])
start = time.perf_counter()
models = []
for at in range(scenarios):
    model = pyfair.FairModel(name=str(at), n_simulations=simulations)
    model.input_data("Loss Event Frequency", low=0, mode=2 + at, high=20 + at)
    model.input_data("Loss Magnitude", low=100, mode=1000, high=10000)
    models.append(model.calculate_all())
meta = pyfair.FairMetaModel(name="all", models=models).calculate_all()
print(json.dumps([time.perf_counter() - start, float(meta.export_results()["Risk"].mean())]))
"""
_STATION = """
import json, re, sys, time, types
import numpy as np, polars as pl
from breachkit.fraud import simulate_fraud
shares = dict(first_name=.97, last_name=.97, birth_date=.99, nir=.99, address=.95, phone_mobile=.3, email=.1,
    phone_landline=.5, password=.03, facility_id=1, visit_date=1)
draw = np.random.default_rng(0)
frame = pl.DataFrame({f"has_{name}": draw.random(491_840) < share for name, share in shares.items()}
    | {"hiv": np.where(draw.random(491_840) < .02, 7, 0).astype(np.int8)})
doctors = pl.DataFrame({"has_first_name": [True] * 2000, "has_last_name": True, "has_address": True})
people = types.SimpleNamespace(frame=frame.lazy(), prescribers=doctors.lazy())
wanted = sys.argv[1] if sys.argv[1] == "auto" else int(sys.argv[1])
simulate_fraud(people, simulations=100)
def peak(): return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
before, times = peak(), []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter(); risk = simulate_fraud(people, simulations=wanted)
    times.append(time.perf_counter() - start)
print(json.dumps([sorted(times)[len(times) // 2], before, peak(), risk.simulations,
    max(risk.convergence["half_width"]), risk.converged]))
"""


def told(python: str, script: str, *arguments: object) -> list[float]:
    """Run a script in a process of its own; give what it prints."""
    command = [python, "-W", "ignore", "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def peer_python() -> str | None:
    """Make pyfair's environment, once; ``None`` if it cannot be had."""
    python = CACHE / "bin" / "python"
    try:
        if not (CACHE / "ready").exists():
            subprocess.run([sys.executable, "-m", "venv", str(CACHE)], check=True)
            subprocess.run([str(python), "-m", "pip", "install", "-q", *PEER], check=True)
            (CACHE / "ready").touch()
    except (OSError, subprocess.CalledProcessError):
        return None
    return str(python)


def pert_model(simulations: int) -> float:
    """Frequency times loss, both PERT, ten scenarios, summed: what pyfair computes."""
    total = np.zeros(simulations)
    for at in range(SCENARIOS):
        frequency = distributions.Pert(0, 2 + at, 20 + at).sample(simulations, seed=at)
        total += frequency * distributions.Pert(100, 1000, 10_000).sample(simulations, seed=100 + at)
    return float(total.mean())


def compound(years: int) -> float:
    """A Poisson number of lognormal losses a year, ten scenarios, summed."""
    total = np.zeros(years)
    for at in range(SCENARIOS):
        total += distributions.annual_loss(0.5 + at / 5, (1e3, 1e5)).sample(years, seed=at)
    return float(total.mean())


def loop(years: int) -> float:
    """The same, year after year in Python, as riskquant does."""
    draw, loss = np.random.default_rng(1), distributions.Lognormal.between(1e3, 1e5)
    total = np.zeros(years)
    for at in range(SCENARIOS):
        events = draw.poisson(0.5 + at / 5, years)
        for year in range(years):
            total[year] += draw.lognormal(loss.mu, loss.sigma, events[year]).sum()
    return float(total.mean())


def timed(run: Callable[[], float]) -> tuple[float, float]:
    start = time.perf_counter()
    mean = run()
    return time.perf_counter() - start, mean


def row(what: str, ours: list[float], peer: str, theirs: list[float], note: str) -> dict[str, object]:
    mine, other = statistics.median(ours), statistics.median(theirs) if theirs else float("nan")
    return {
        "what": what, "ours_s": mine, "peer": peer, "peer_s": other, "ratio": other / mine, "note": note,
    }  # fmt: skip


def against_pyfair(simulations: int) -> dict[str, object]:
    python = peer_python()
    what = f"PERT x PERT, {SCENARIOS} x {simulations}"
    if python is None:
        return row(what, [timed(lambda: pert_model(simulations))[0]], "pyfair", [], "pyfair not installable")
    pairs = [
        (timed(lambda: pert_model(simulations)), told(python, _PYFAIR, SCENARIOS, simulations))
        for _ in range(ROUNDS)
    ]
    note = f"bar 3; means {pairs[0][0][1]:.4g} and {pairs[0][1][1]:.4g} (its PERT is not the standard one)"
    return row(what, [ours[0] for ours, _ in pairs], "pyfair 0.1a13", [peer[0] for _, peer in pairs], note)


def against_loop(years: int) -> dict[str, object]:
    pairs = [(timed(lambda: compound(years)), timed(lambda: loop(years))) for _ in range(ROUNDS)]
    note = f"bar 20; means {pairs[0][0][1]:.4g} and {pairs[0][1][1]:.4g}"
    ours, theirs = [ours[0] for ours, _ in pairs], [peer[0] for _, peer in pairs]
    return row(f"Poisson-lognormal, {SCENARIOS} x {years} years", ours, "loop over years", theirs, note)


def station(simulations: object, rounds: int) -> dict[str, object]:
    seconds, before, peak, done, half, enough = told(sys.executable, _STATION, simulations, rounds)
    note = f"peak {peak} MiB ({before} before); widest 95 % interval of a p95 ± {half:.1%}, enough: {enough}"
    what = f"491840 people, 12 scenarios, {done} simulations ({simulations})"
    return row(what, [seconds], "none can run it", [], note)


def main(size: int | None = None) -> list[dict[str, object]]:
    simulations = size or SIMULATIONS
    return [
        against_pyfair(simulations),
        against_loop(min(YEARS, simulations)),
        station(10_000, ROUNDS),
        station("auto", 1),
    ]
