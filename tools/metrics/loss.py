"""Normal and Poisson distributions as stock models need them: quantiles and expected shortages."""

import math
from collections.abc import Callable

FAR = 38.0
"""Standard deviations beyond which a normal tail is zero in double precision."""


def density(z: float) -> float:
    """Return the standard normal density at z."""
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi) if abs(z) < FAR else 0.0


def below(z: float) -> float:
    """Return the probability that a standard normal variable is at most z."""
    return math.erfc(-z / math.sqrt(2)) / 2


def above(z: float) -> float:
    """Return the probability that a standard normal variable exceeds z, exact far out in the tail."""
    return math.erfc(z / math.sqrt(2)) / 2


def z_of(probability: float) -> float:
    """Return the standard normal quantile of a probability strictly between 0 and 1.

    Raises:
        OverflowError: when the probability is 0 or 1 after rounding.
    """
    from scipy.special import ndtri

    if not 0 < probability < 1:
        raise OverflowError("no finite quantile")
    return float(ndtri(probability))


def unit_loss(z: float) -> float:
    """Return E[(Z - z)+] of a standard normal Z: the expected shortage in standard deviations."""
    return max(0.0, density(z) - z * above(z)) if z < FAR else 0.0


def unit_loss_squared(z: float) -> float:
    """Return E[((Z - z)+)^2] / 2 of a standard normal Z, which is the integral of `unit_loss` from z on."""
    return max(0.0, ((1 + z * z) * above(z) - z * density(z)) / 2) if z < FAR else 0.0


def shortage(stock: float, mean: float, sd: float) -> float:
    """Return the expected demand beyond a stock, for normal demand; with sd 0, for certain demand."""
    if sd == 0:
        return max(0.0, mean - stock)
    return sd * unit_loss((stock - mean) / sd)


def z_of_loss(loss: float) -> float:
    """Return the z at which `unit_loss` is the given positive number."""
    return root(lambda z: unit_loss(z) - loss, -loss - 1, FAR)


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a continuous function changes sign between two points.

    Raises:
        ArithmeticError: when it does not, or is not finite there.
    """
    from scipy.optimize import brentq

    try:
        return float(brentq(function, low, high, xtol=1e-14, rtol=1e-14, maxiter=500))
    except (ValueError, RuntimeError) as error:
        raise ArithmeticError(str(error)) from error


def poisson_at_most(count: float, mean: float) -> float:
    """Return the probability that a Poisson variable is at most a whole number (0 below zero)."""
    from scipy.special import pdtr

    return float(pdtr(count, mean)) if count >= 0 else 0.0


def poisson_shortage(stock: float, mean: float) -> float:
    """Return E[(D - stock)+] for Poisson demand D and whole, possibly negative, stock."""
    from scipy.special import pdtrc

    if stock <= 0:
        return mean - stock
    exactly = math.exp(stock * math.log(mean) - mean - math.lgamma(stock + 1)) if mean > 0 else 0.0
    return max(0.0, (mean - stock) * float(pdtrc(stock, mean)) + mean * exactly)


def poisson_quantile(probability: float, mean: float) -> int:
    """Return the smallest whole number that a Poisson variable does not exceed with at least a probability.

    Raises:
        OverflowError: when the probability is 1 after rounding.
    """
    if probability >= 1:
        raise OverflowError("no finite quantile")
    guess = mean + math.sqrt(mean) * z_of(probability) if probability > 0 else 0.0
    count = max(0, math.floor(guess))
    step = max(1, math.floor(math.sqrt(mean)))
    while poisson_at_most(count, mean) < probability:
        count += step
    low = count
    while low >= 0 and poisson_at_most(low, mean) >= probability:
        low -= step
    low = max(low, -1)
    while count - low > 1:
        middle = (low + count) // 2
        if poisson_at_most(middle, mean) >= probability:
            count = middle
        else:
            low = middle
    return count
