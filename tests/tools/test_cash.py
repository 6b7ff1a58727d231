"""Days of stock, receivables and payables, the cash cycle, and what payment terms cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.metrics import Frame, MetricError, compute

money = st.floats(1, 1e9)
days = st.floats(0, 1000)
YEAR = Frame("year", "EUR")


@given(inventory=money, receivables=money, payables=money, cogs=money, sales=money)
def test_the_cycle_from_balances_is_the_cycle_from_its_days(inventory, receivables, payables, cogs, sales):
    parts = (
        compute("days_inventory_outstanding", average_inventory=inventory, cogs=cogs, days_in_period=365.0).value,
        compute("days_sales_outstanding", receivables=receivables, sales=sales, days_in_period=365.0).value,
        compute("days_payable_outstanding", payables=payables, cogs=cogs, days_in_period=365.0).value,
    )
    balances = {
        "average_inventory": inventory,
        "receivables": receivables,
        "payables": payables,
        "cogs": cogs,
        "sales": sales,
    }
    whole = compute("cash_to_cash", **balances, frame=YEAR)
    stated = compute("cash_to_cash", inventory_days=parts[0], receivable_days=parts[1], payable_days=parts[2])
    assert whole.value == pytest.approx(stated.value, abs=1e-6 * sum(parts))
    assert whole.also["working_capital"] == pytest.approx(inventory + receivables - payables)


@given(inventory=money, cogs=money, factor=st.floats(0.001, 1000))
def test_the_currency_cancels_out(inventory, cogs, factor):
    one = compute("days_inventory_outstanding", average_inventory=inventory, cogs=cogs, frame=YEAR)
    other = compute("days_inventory_outstanding", average_inventory=inventory * factor, cogs=cogs * factor, frame=YEAR)
    assert other.value == pytest.approx(one.value)


def test_a_banker_s_year_is_shorter():
    year = compute("days_sales_outstanding", receivables=100.0, sales=1200.0, days_in_period=360.0)
    assert year.value == pytest.approx(30)


def test_monthly_figures_are_counted_in_the_days_of_a_month():
    month = compute("days_inventory_outstanding", average_inventory=200.0, cogs=100.0, frame=Frame("month"))
    assert month.value == pytest.approx(2 * 365 / 12)


def test_payables_are_measured_by_purchases_where_they_are_given():
    result = compute("days_payable_outstanding", payables=50.0, cogs=999.0, purchases=100.0, days_in_period=365.0)
    assert result.value == pytest.approx(182.5)


def test_stated_days_go_before_balances_and_a_difference_is_said():
    stated = {"inventory_days": 40.0, "receivable_days": 30.0, "payable_days": 20.0}
    result = compute("cash_to_cash", **stated, average_inventory=100.0, cogs=365.0, frame=YEAR)
    assert result.value == 50
    assert "DIO is given as 40 days, but the amounts give 100" in result.warnings[0]


def test_a_negative_cycle_means_that_suppliers_finance_the_business():
    result = compute("cash_to_cash", inventory_days=10.0, receivable_days=5.0, payable_days=60.0, chart=True)
    assert result.value == -45
    assert "45 days before suppliers are paid" in result.meaning
    assert result.chart.series[0].y == [10, 5, -60, -45]


def test_what_is_missing_is_named():
    with pytest.raises(MetricError, match="receivables and sales revenue"):
        compute("cash_to_cash", inventory_days=10.0, payable_days=60.0)


@given(discount=st.floats(0.001, 0.2), early=st.integers(0, 30), later=st.integers(1, 120))
def test_the_effective_rate_pays_the_invoice_by_its_due_date(discount, early, later):
    terms = {"discount": discount, "discount_days": float(early), "net_days": float(early + later)}
    result = compute("cost_of_not_taking_discount", **terms)
    grown = (1 - discount) * (1 + result.also["effective_rate"]) ** (later / 365)
    assert grown == pytest.approx(1)
    assert result.value <= result.also["effective_rate"] * (1 + 1e-9) or later > 365


def test_forgoing_two_ten_net_thirty():
    result = compute(
        "cost_of_not_taking_discount",
        discount=0.02,
        discount_days=10.0,
        net_days=30.0,
        borrowing_rate=0.08,
        invoice=1000.0,
    )
    assert result.value == pytest.approx(0.3724, abs=5e-5)
    assert result.also["effective_rate"] == pytest.approx(0.4459, abs=5e-5)
    assert result.also["advice"] == "take the discount"
    assert result.also["discount_amount"] == 20


def test_dear_money_speaks_for_paying_on_the_due_date():
    terms = {"discount": 0.005, "discount_days": 10.0, "net_days": 60.0}
    assert compute("cost_of_not_taking_discount", **terms, borrowing_rate=0.12).also["advice"] == "pay on the due date"


def test_terms_that_end_before_the_discount_are_refused():
    with pytest.raises(MetricError, match="30 days is not more than 30 days"):
        compute("cost_of_not_taking_discount", discount=0.02, discount_days=30.0, net_days=30.0)
    with pytest.raises(MetricError, match="must be above 0 and below 1"):
        compute("cost_of_not_taking_discount", discount=2.0, discount_days=10.0, net_days=30.0)


def test_working_capital_can_be_negative():
    result = compute("working_capital", average_inventory=10.0, receivables=5.0, payables=40.0)
    assert result.value == -25
    assert "Suppliers finance 25" in result.meaning


def test_the_days_that_a_year_is_counted_with_are_those_that_were_stated():
    frame = Frame("year", "EUR", days_a_year=360.0)
    stock = compute("days_inventory_outstanding", frame=frame, average_inventory=1.0, cogs=10.0)
    assert stock.value == pytest.approx(36)
    terms = {"discount": 0.02, "discount_days": 10.0, "net_days": 40.0}
    assert compute("cost_of_not_taking_discount", frame=frame, **terms).value == pytest.approx(0.2449, abs=5e-5)
    assert compute("cost_of_not_taking_discount", **terms).assumptions == ["365 days a year"]
