"""How many are unique in the population, guessed from the sample alone: Zayatz, Pitman, SNB, Dankar's choice.

Zayatz and SNB over-estimate badly on small samples of sex, birth date and postcode (simulated population,
truth 54.4 %: from a 1 % sample 95.7 and 95.5 %); Pitman errs to either side. They stand beside the marginal
model, not in its place.
Each takes ``sizes`` and ``classes``, ``classes[j]`` classes of the sample having ``sizes[j]`` people, and the
number of people of the ``population``; each gives a number of people, 0 without sample uniques, the sample
uniques themselves for a census.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]
#: Where Pitman's alpha is looked for first (then between neighbours), and the bounds of log(theta + alpha).
ALPHAS = tuple(
    float(a)
    for a in (*np.geomspace(1e-9, 0.04, 9), *np.linspace(0.05, 0.95, 19), *(1 - np.geomspace(0.04, 1e-9, 9)))
)
THETAS = (-30.0, 40.0)
#: Bounds of the search for SNB's log(alpha) and logit(beta).
SNB_BOUNDS = ((-20.0, 5.0), (-20.0, 20.0))


def zayatz(sizes: Counts, classes: Counts, population: float) -> float:
    """Estimate the number of population uniques: ``c_1^2 / sum c_i H_i``, H_i hypergeometric (Zayatz 1991).

    H_i = P(exactly 1 of i is drawn) = i n/(N-i+1) prod_{k<i-1} (N-n-k)/(N-k), summed in logarithms.

    Examples
    --------
    4 uniques and 1 pair from 10 people: H_1 = .6, H_2 = 2 (6/9)(4/10) = 8/15, 16 / (2.4 + 8/15).

    >>> round(zayatz(np.array([1.0, 2.0]), np.array([4.0, 1.0]), 10), 6)
    5.454545
    """
    n, alone = float((sizes * classes).sum()), float(classes[sizes == 1].sum())
    if alone == 0 or population <= n:
        return alone
    k = np.arange(int(sizes.max()))
    left = population - n - k
    with np.errstate(divide="ignore"):
        steps = np.log(np.maximum(left, 0) / (population - k))
    missed = np.concatenate([[0.0], np.cumsum(steps)])[sizes.astype(int) - 1]
    one = sizes * n / (population - sizes + 1) * np.exp(missed)
    return float(min(population, alone**2 / (classes * one).sum()))


def pitman_likelihood(alpha: float, theta: float, sizes: Counts, classes: Counts) -> float:
    """Log-likelihood of the class sizes under Pitman's sampling formula, 0 < alpha < 1, theta > -alpha.

    ``sum_{i<u} ln(theta + i alpha) - ln Gamma(theta+n) + ln Gamma(theta+1) + sum_j [ln Gamma(f_j - alpha) -
    ln Gamma(1 - alpha)]``; differences of large ln Gamma are taken as one ln Beta, which does not cancel.
    """
    from scipy.special import betaln, gammaln

    n, u = float((sizes * classes).sum()), float(classes.sum())
    first = (u - 1) * np.log(alpha) + (gammaln(u - 1) - betaln(theta / alpha + 1, u - 1) if u > 1 else 0.0)
    second = gammaln(n - 1) - betaln(theta + 1, n - 1) if n > 1 else 0.0
    third = (classes * (gammaln(sizes - alpha) - gammaln(1 - alpha))).sum()
    return float(first - second + third)


def pitman_uniques(alpha: float, theta: float, population: float) -> float:
    """Population uniques under Pitman's model: ``Gamma(theta+1) / Gamma(theta+alpha) N^alpha`` (large N)."""
    from scipy.special import betaln, gammaln

    ratio = gammaln(1 - alpha) - betaln(theta + alpha, 1 - alpha)
    return float(min(population, np.exp(ratio + alpha * np.log(population))))


def pitman(sizes: Counts, classes: Counts, population: float) -> float:
    """Estimate population uniques by Pitman's sampling formula (Hoshino 2001), by maximum likelihood.

    NaN when no maximum is found. A sample of uniques only has its maximum at infinity: all are taken unique.
    The formula is for theta far below N: a result of N says that it is outside its range.
    """
    from scipy.optimize import minimize_scalar

    n, u = float((sizes * classes).sum()), float(classes.sum())
    alone = float(classes[sizes == 1].sum())
    if alone == 0 or population <= n:
        return alone
    if u == n:
        return float(population)

    def best_theta(alpha: float) -> tuple[float, float]:
        """The least loss for this alpha, and the theta that gives it."""

        def loss(x: float) -> float:
            value = -pitman_likelihood(alpha, float(np.exp(x)) - alpha, sizes, classes)
            return value if np.isfinite(value) else 1e300

        found = minimize_scalar(loss, bounds=THETAS, method="bounded", options={"xatol": 1e-11})
        return float(found.fun), float(np.exp(found.x)) - alpha

    losses = [best_theta(alpha)[0] for alpha in ALPHAS]
    at = int(np.argmin(losses))
    around = (ALPHAS[max(at - 1, 0)], ALPHAS[min(at + 1, len(ALPHAS) - 1)])
    found = minimize_scalar(
        lambda alpha: best_theta(alpha)[0], bounds=around, method="bounded", options={"xatol": 1e-12}
    )
    alpha = float(found.x) if found.fun <= losses[at] else ALPHAS[at]
    least, theta = best_theta(alpha)
    return pitman_uniques(alpha, theta, population) if least < 1e299 else float("nan")


def shlosser(sizes: Counts, classes: Counts, share: float) -> float:
    """Estimate the number of classes of the population from a sample of this share (Shlosser 1981)."""
    u, one = float(classes.sum()), float(classes[sizes == 1].sum())
    missed = (1 - share) ** sizes
    a = (sizes * share**2 * (1 - share**2) ** (sizes - 1) * classes).sum()
    b = (missed * ((1 + share) ** sizes - 1) * classes).sum()
    c = (missed * classes).sum()
    d = (sizes * share * (1 - share) ** (sizes - 1) * classes).sum()
    return float(u + one * (a / b) * (c / d) ** 2)


def snb_moments(alpha: float, beta: float, share: float, total: float) -> tuple[float, float]:
    """Expected classes of 1 and of 2 in a sample of ``total`` classes of slide negative binomial size.

    F - 1 is negative binomial, P(F = 1) = beta^alpha. With d = (1-pi)(1-beta), E[c_2] is divided, not
    multiplied, by (1-d)^(alpha+2), as its generating function says.

    Examples
    --------
    >>> [round(moment) for moment in snb_moments(0.4, 0.05, 0.1, 200_000)]
    [43876, 17555]
    """
    slip = (1 - share) * (1 - beta)
    one = total * share * (beta / (1 - slip)) ** alpha * (alpha * slip / (1 - slip) + 1)
    two = total * share**2 / 2 * alpha * beta**alpha * (1 - beta) * (2 - (1 - alpha) * slip)
    return float(one), float(two / (1 - slip) ** (alpha + 2))


def snb(sizes: Counts, classes: Counts, population: float) -> float:
    """Estimate population uniques by the slide negative binomial model (Chen and McNulty 1998).

    The number of classes is Shlosser's; alpha and beta solve E[c_1] = c_1, E[c_2] = c_2; uniques are
    K beta^alpha. NaN when no alpha and beta do.
    """
    from scipy.optimize import least_squares
    from scipy.special import expit

    n, (one, two) = float((sizes * classes).sum()), (float(classes[sizes == s].sum()) for s in (1, 2))
    share = n / population
    if one == 0 or share >= 1:
        return one
    with np.errstate(under="ignore"):
        total = shlosser(sizes, classes, share)

    def at(x: Counts) -> tuple[float, float]:
        return float(np.exp(x[0])), float(expit(x[1]))

    def gap(x: Counts) -> Counts:
        first, second = snb_moments(*at(x), share, total)
        return np.array([(first - one) / max(one, 1), (second - two) / max(two, 1)])

    bounds = tuple(zip(*SNB_BOUNDS, strict=True))
    tries = [
        least_squares(gap, [x, y], bounds=bounds, xtol=1e-12, ftol=1e-12, gtol=1e-12)
        for x in (-2.0, 0.0, 1.0)
        for y in (-3.0, 0.0, 2.0)
    ]
    best = min(tries, key=lambda result: float(result.cost))
    if best.cost > 1e-6:
        return float("nan")
    alpha, beta = at(best.x)
    return float(min(population, total * beta**alpha))


def dankar(share: float, by_pitman: float, by_zayatz: float, by_snb: float) -> float:
    """Choose among the estimates as Dankar et al. 2012 (BMC Med Inform Decis Mak 12:66) advise.

    Sample up to 10 % of the population: Pitman, else Zayatz; above: the smaller of SNB and Zayatz.
    """
    if share <= 0.1:
        return by_pitman if np.isfinite(by_pitman) else by_zayatz
    return min(by_snb, by_zayatz) if np.isfinite(by_snb) else by_zayatz
