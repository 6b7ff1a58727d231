"""The cost of an (r,Q) policy under normal demand, and the policies that make it least or nearly so."""

import math
from dataclasses import dataclass

from tools.metrics.loss import root, unit_loss, unit_loss_squared, z_of
from tools.metrics.result import Refusal

MOST_TURNS = 10_000
CLOSE = 1e-12


@dataclass(frozen=True)
class Setting:
    """Costs of a period and a unit, and normal demand over the lead time."""

    ordering: float
    holding: float
    backorder: float
    rate: float
    mean: float
    sigma: float

    def held(self, level: float) -> float:
        """Return the cost of a period in which the inventory position is at a level."""
        if self.sigma == 0:
            return max(self.holding * (level - self.mean), self.backorder * (self.mean - level))
        z = (level - self.mean) / self.sigma
        return self.sigma * (self.holding * z + (self.holding + self.backorder) * unit_loss(z))

    def shortfall(self, level: float) -> float:
        """Return the integral from a level on of expected backorders."""
        if self.sigma == 0:
            return max(0.0, self.mean - level) ** 2 / 2
        return self.sigma**2 * unit_loss_squared((level - self.mean) / self.sigma)

    def backorders(self, point: float, lot: float) -> float:
        """Return the units that wait, on average."""
        return max(0.0, (self.shortfall(point) - self.shortfall(point + lot)) / lot)

    def cost(self, point: float, lot: float) -> float:
        """Return the exact expected cost of a period: ordering, holding and backorders."""
        waiting = self.backorders(point, lot)
        on_hand = max(0.0, point + lot / 2 - self.mean + waiting)
        return self.ordering * self.rate / lot + self.holding * on_hand + self.backorder * waiting

    def best_point(self, lot: float) -> float:
        """Return the reorder point of least cost for an order quantity: both ends of the cycle cost the same."""
        ratio = self.backorder / (self.backorder + self.holding)
        peak = self.mean if self.sigma == 0 else self.mean + self.sigma * z_of(ratio)
        if self.sigma == 0:
            return self.mean - lot * (1 - ratio)
        return root(lambda point: self.held(point) - self.held(point + lot), peak - lot, peak)

    def eoq(self) -> float:
        """Return the economic order quantity."""
        return math.sqrt(2 * self.ordering * self.rate / self.holding)

    def eoq_with_backorders(self) -> float:
        """Return the economic order quantity when demand may wait."""
        return self.eoq() * math.sqrt((self.holding + self.backorder) / self.backorder)

    def optimum(self) -> tuple[float, float]:
        """Return the reorder point and order quantity of least expected cost."""
        low = self.eoq_with_backorders()
        if self.sigma == 0:
            return self.best_point(low), low

        def excess(lot: float) -> float:
            point = self.best_point(lot)
            return self.held(point) - self.cost(point, lot)

        high = 2 * (low + self.sigma)
        for _ in range(100):
            if excess(high) > 0:
                lot = root(excess, low / 2, high)
                return self.best_point(lot), lot
            high *= 2
        raise OverflowError

    def by_loss(self) -> tuple[float, float]:
        """Return the approximation of Hadley & Whitin that drops the backorders left at the top of the cycle."""
        lot, share = self.eoq(), self.holding / (self.holding + self.backorder)
        for _ in range(MOST_TURNS):
            loss = share * lot / self.sigma
            point = self.mean + self.sigma * root(lambda z, loss=loss: unit_loss(z) - loss, -loss - 1, 38.0)  # type: ignore[misc]
            following = math.sqrt(
                2 * (self.ordering * self.rate + (self.holding + self.backorder) * self.shortfall(point)) / self.holding
            )
            if abs(following - lot) <= CLOSE * lot:
                return point, following
            lot = following
        raise Refusal("backorder_cost", "the approximation does not settle with these costs; use the exact method")
