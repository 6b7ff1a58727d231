"""Supply chain metrics: a registry of formulas with units, bounds, steps, sources and published checks."""

from tools.metrics import families as _families  # noqa: F401 - registers the metrics
from tools.metrics.compute import compute
from tools.metrics.given import Frame
from tools.metrics.metric import METRICS, Metric
from tools.metrics.result import MetricError, MetricInvalid, MetricMissing, MetricResult

__all__ = ["METRICS", "Frame", "Metric", "MetricError", "MetricInvalid", "MetricMissing", "MetricResult", "compute"]
