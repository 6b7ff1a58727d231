"""Stress tests of a review: each node lost in turn, named scenarios, simulated years, and what would break us."""

from tools.risk.stress.breaking import reverse
from tools.risk.stress.each import each_node
from tools.risk.stress.random_draws import Spread
from tools.risk.stress.results import (
    Contribution,
    CurvePoint,
    EachNode,
    Helps,
    Hit,
    LeftOut,
    LineLoss,
    LossFigures,
    MonteCarloResult,
    NetworkResult,
    NodeBreak,
    NodeLoss,
    NotJudged,
    PairBreak,
    Result,
    ReverseResult,
    ScenarioBreak,
    ScenarioResult,
)
from tools.risk.stress.scenarios import run_scenario
from tools.risk.stress.simulation import monte_carlo
from tools.risk.stress.solving import network_loss
from tools.risk.stress.standard import node_scenarios, standard_scenarios

__all__ = [
    "Contribution",
    "CurvePoint",
    "EachNode",
    "Helps",
    "Hit",
    "LeftOut",
    "LineLoss",
    "LossFigures",
    "MonteCarloResult",
    "NetworkResult",
    "NodeBreak",
    "NodeLoss",
    "NotJudged",
    "PairBreak",
    "Result",
    "ReverseResult",
    "ScenarioBreak",
    "ScenarioResult",
    "Spread",
    "each_node",
    "monte_carlo",
    "network_loss",
    "node_scenarios",
    "reverse",
    "run_scenario",
    "standard_scenarios",
]
