"""Classification of products, supply, purchased items and stock items, with every threshold in thresholds.yaml."""

from tools.classification.columns import Column
from tools.classification.item_list import Item, ItemList
from tools.classification.items import classify_items
from tools.classification.items_result import ClassRow, Curve, ItemRow, ItemsResult, WrongItem
from tools.classification.paste import TableRead, read_table
from tools.classification.patterns import PatternResult, classify_demand
from tools.classification.product import ProductFacts, SpokenSign, Words, classify_line, classify_product
from tools.classification.product_result import ClassificationError, Likeness, ProductResult, Wrong
from tools.classification.purchase import PurchaseFacts, PurchaseResult, classify_purchase
from tools.classification.supply import SupplyFacts, SupplyResult, classify_supply
from tools.classification.thresholds import Thresholds, ThresholdsError, default_thresholds, load_thresholds

__all__ = [
    "ClassRow",
    "ClassificationError",
    "Column",
    "Curve",
    "Item",
    "ItemList",
    "ItemRow",
    "ItemsResult",
    "Likeness",
    "PatternResult",
    "ProductFacts",
    "ProductResult",
    "PurchaseFacts",
    "PurchaseResult",
    "SpokenSign",
    "SupplyFacts",
    "SupplyResult",
    "TableRead",
    "Thresholds",
    "ThresholdsError",
    "Words",
    "Wrong",
    "WrongItem",
    "classify_demand",
    "classify_items",
    "classify_line",
    "classify_product",
    "classify_purchase",
    "classify_supply",
    "default_thresholds",
    "load_thresholds",
    "read_table",
]
