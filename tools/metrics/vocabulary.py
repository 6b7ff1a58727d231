"""Inputs that several metrics share, with the words that people use for them."""

from tools.metrics.given import Spoken

DEMAND = Spoken(
    "demand",
    "item/period",
    words=("demand", "annual demand", "yearly demand", "usage", "consumption", "units sold",
           "sales volume", "requirement", "we sell", "we use", "we need", "average demand", "mean demand",
           "daily demand", "weekly demand", "monthly demand", "avg demand", "avg daily", "sales",
           "Bedarf", "Jahresbedarf", "Nachfrage", "Verbrauch", "Absatz", "Tagesverbrauch", "Tagesbedarf",
           "Wochenbedarf", "Monatsbedarf", "Jahresverbrauch", "use", "using", "consume"),
    symbols=("D", "d", "λ"),
)  # fmt: skip
DEMAND_SD = Spoken(
    "standard deviation of demand",
    "item/period**0.5",
    words=("standard deviation of demand", "standard deviation", "demand standard deviation", "std dev",
           "stdev", "std", "sd", "deviation", "sigma", "sigma_d", "sigma_D", "sd of demand", "demand sd",
           "demand variability", "varies by", "plus minus", "+/-", "Standardabweichung", "Streuung"),
    symbols=("σ", "σ_d", "s"),
)  # fmt: skip
LEAD_TIME = Spoken(
    "lead time",
    "period",
    words=("lead time", "leadtime", "lead-time", "replenishment time", "delivery time", "delivery takes",
           "supplier needs", "supplier takes", "replenishment takes", "wholesaler needs",
           "replenishment lead time", "supply lead time", "takes to arrive", "Lieferzeit",
           "Wiederbeschaffungszeit", "Beschaffungszeit", "Durchlaufzeit"),
    symbols=("LT", "L"),
)  # fmt: skip
LEAD_TIME_SD = Spoken(
    "standard deviation of lead time",
    "period",
    words=("standard deviation of lead time", "lead time standard deviation", "lead time sd",
           "lead time sigma", "sd of lead time", "lead time varies", "lead time varies by",
           "lead time variability", "sigma LT", "sigma_LT", "sigma_lt",
           "Standardabweichung der Lieferzeit", "standard deviation", "std dev", "stdev", "sd",
           "deviation", "sigma", "varies by", "plus minus", "+/-", "Standardabweichung", "Streuung"),
    symbols=("σ_L", "σ_LT", "sL"),
)  # fmt: skip
REVIEW_PERIOD = Spoken(
    "review period",
    "period",
    words=("review period", "review interval", "review every", "order every", "reviewed every",
           "we order every", "Bestellrhythmus", "Überprüfungsintervall", "Bestellintervall"),
    symbols=("R", "T"),
)  # fmt: skip
SERVICE_LEVEL = Spoken(
    "cycle service level",
    "fraction",
    words=("cycle service level", "service level", "target service level", "service", "in-stock probability", "csl",
           "target", "confidence", "Servicegrad", "Lieferbereitschaft",
           "Lieferbereitschaftsgrad", "Servicelevel"),
    symbols=("SL", "CSL", "α"),
    because="a service level of 0 or 100 % would take no stock, or infinitely much",
)  # fmt: skip
FILL_RATE_TARGET = Spoken(
    "target fill rate",
    "fraction",
    words=("target fill rate", "fill rate", "fill-rate target", "fill rate target", "demand from stock",
           "demand served from stock", "demand met from stock", "of demand served", "served from stock",
           "type 2 service level", "beta service level", "Lieferfähigkeit", "Füllrate"),
    symbols=("β", "FR"),
    because="a fill rate is the share of demand served from stock",
)  # fmt: skip
Z_VALUE = Spoken("z value", "", words=("z value", "z score", "z-score", "safety factor", "service factor", "k factor",
           "Sicherheitsfaktor"), symbols=("z", "Z", "k"))  # fmt: skip
ORDER_COST = Spoken(
    "cost per order",
    "money/order",
    words=("cost per order", "order cost", "ordering cost", "cost of ordering", "fixed cost per order",
           "fixed order cost", "per order", "an order", "per purchase order", "setup cost", "setup",
           "each order costs", "to place an order", "Bestellkosten", "Bestellkosten je Bestellung",
           "Rüstkosten", "fixe Bestellkosten", "bestellfixe Kosten"),
    symbols=("S", "K", "A", "Co"),
)  # fmt: skip
HOLDING_COST = Spoken(
    "holding cost",
    "money/item/period",
    words=("holding cost", "holding", "carrying cost", "storage cost", "inventory cost", "cost to hold",
           "to keep one", "to store", "stocking cost", "Lagerkosten", "Lagerhaltungskosten",
           "Lagerkosten pro Stück", "Lagerkosten je Stück"),
    symbols=("H", "h", "Ch"),
    because="with free storage the best lot would be infinite",
)  # fmt: skip
UNIT_COST = Spoken(
    "unit cost",
    "money/item",
    words=("unit cost", "unit price", "price", "purchase price", "price per unit", "cost per unit",
           "item cost", "piece price", "costs", "buy at", "buy for", "value per unit", "Stückpreis",
           "Einkaufspreis", "Einstandspreis", "Stückkosten"),
    symbols=("C", "c", "p", "P", "v"),
)  # fmt: skip
CARRYING_RATE = Spoken(
    "carrying rate",
    "fraction/period",
    words=("carrying rate", "carrying cost rate", "holding rate", "holding cost rate", "carrying charge",
           "carrying cost", "holding cost", "cost of capital", "inventory carrying", "interest",
           "Lagerkostensatz", "Zinssatz", "Lagerhaltungskostensatz"),
    symbols=("i", "r", "I"),
)  # fmt: skip
ORDER_QUANTITY = Spoken(
    "order quantity",
    "item",
    words=("order quantity", "order size", "lot size", "batch size", "batch", "we order", "orders of",
           "lots of", "at a time", "quantity", "lot", "Bestellmenge", "Losgröße", "Losgroesse"),
    symbols=("Q", "q"),
)  # fmt: skip
BACKORDER_COST = Spoken(
    "backorder cost",
    "money/item/period",
    words=("backorder cost", "backordering cost", "penalty", "cost of a backorder", "stockout cost",
           "shortage cost", "late penalty", "Fehlmengenkosten"),
    symbols=("b", "p", "π"),
)  # fmt: skip
COGS = Spoken(
    "cost of goods sold",
    "money/period",
    words=("cost of goods sold", "cogs", "cost of sales", "cos", "sold at cost", "had cost us",
           "cost of what we sold", "goods sold", "at cost", "Wareneinsatz", "Umsatzkosten",
           "Herstellungskosten des Umsatzes", "Materialaufwand"),
    symbols=("COGS",),
)  # fmt: skip
SALES = Spoken(
    "sales revenue",
    "money/period",
    words=("revenue", "sales revenue", "sales", "net sales", "turnover in sales", "annual sales",
           "credit sales", "Umsatz", "Erlöse", "Umsatzerlöse"),
    symbols=(),
)  # fmt: skip
AVERAGE_INVENTORY = Spoken(
    "average inventory",
    "money",
    words=("average inventory", "inventory", "avg inventory", "inventory averaged", "average stock",
           "stock on hand", "stock", "stock value", "inventory value", "inventory at cost",
           "mean inventory", "inv", "at any time", "tied up in stock", "goods worth", "Bestand",
           "Lagerbestand", "Durchschnittsbestand", "durchschnittlicher Lagerbestand", "Lagerwert"),
    symbols=("I",),
)  # fmt: skip
DAYS_IN_PERIOD = Spoken(
    "days in the period",
    "day",
    words=(
        "days in the period",
        "days a year",
        "days per year",
        "day year",
        "days in the quarter",
        "days in the month",
        "period of",
        "quarter of",
        "month of",
        "over the last",
        "Tage pro Jahr",
        "Tage im Jahr",
    ),
)
ACTUAL = Spoken(
    "actual values",
    "item",
    words=("actual", "actuals", "actual demand", "actual sales", "demand", "real", "Ist", "sales", "sold"),
    symbols=("A",),
)  # fmt: skip
FORECAST = Spoken(
    "forecast values",
    "item",
    words=("forecast", "forecasts", "fcst", "predicted", "plan", "Prognose", "Vorhersage", "Plan"),
    symbols=("F",),
)  # fmt: skip
