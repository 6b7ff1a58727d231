"""Making against buying at full cost: textbook cases, the parts of the cost, and where the answer turns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.metrics import compute
from tools.risk.make_or_buy import compared, make_or_buy
from tools.risk.review import MakeOrBuyCase, Option

amount = st.floats(0, 1e4)

# A textbook's exercises on making or buying with their published solutions, each looked up and worked again by hand:
# the first is its exercise 9, the next two its exercise 10 (which docs/metrics.md quotes), the fourth is one more.
TEXTBOOK = [
    (125_000, 15, 5_000, 17, 150_000, 60_000, 2_375_000, 2_555_000, "make", 180_000),
    (25_000, 8, 3_000, 12, 4_500, 5_500, 61_000, 57_000, "buy", 4_000),
    (25_000, 8, 3_000, 12, 6_000, 5_500, 73_000, 75_000, "make", 2_000),
    (80_000, 9, 10_000, 16, 9_000, 10_000, 161_000, 154_000, "buy", 7_000),
]


@pytest.mark.parametrize(
    ("fixed", "cost", "buy_fixed", "price", "volume", "even", "made", "bought", "cheaper", "saving"), TEXTBOOK
)
def test_textbook_cases(fixed, cost, buy_fixed, price, volume, even, made, bought, cheaper, saving):
    found = make_or_buy(Option(price=cost, fixed=fixed), Option(price=price, fixed=buy_fixed), volume, "USD")
    assert found.break_even == pytest.approx(even)
    assert (found.make.a_year, found.buy.a_year) == pytest.approx((made, bought))
    assert (found.cheaper, found.saving) == (cheaper, pytest.approx(saving))
    assert f"{saving:,} USD" in found.meaning


def test_every_part_of_the_cost_counts():
    buy = Option(
        price=100, fixed=1_000, freight=4, duty=0.05, other=2, stock_weeks=13, holding_rate=0.2, defect_share=0.02,
        defect_cost=50, disruption_chance=0.1, disruption_loss=200_000,
    )  # fmt: skip
    found = make_or_buy(Option(price=90), buy, 1_000).buy
    parts = {line.name: line.a_year for line in found.lines}
    assert parts == pytest.approx(
        {
            "price": 100_000, "freight": 4_000, "duty": 5_000, "other cost": 2_000, "stock": 5_000, "quality": 1_000,
            "fixed cost": 1_000, "expected disruption loss": 20_000,
        }
    )  # fmt: skip
    assert found.a_unit == pytest.approx(117)
    assert found.a_year == pytest.approx(138_000)
    assert found.expected_loss == compute("expected_loss", probability=0.1, loss=200_000.0).value


def test_the_risk_can_turn_the_answer_of_the_price():
    buy = Option(price=7, fixed=3_000, disruption_chance=0.15, disruption_loss=600_000)
    found = make_or_buy(Option(price=8, fixed=25_000), buy, 8_000, "EUR")
    assert (found.cheaper_on_price, found.cheaper) == ("buy", "make")
    assert "opposite" in found.meaning
    assert found.make.expected_loss is None
    assert any("making" in line for line in found.missing)


@settings(deadline=None)
@given(
    cost=amount, fixed=amount, price=amount, buy_fixed=amount, duty=st.floats(0, 0.5), volume=st.floats(1, 1e5),
    chance=st.floats(0, 1), loss=st.floats(0, 1e6),
)  # fmt: skip
def test_both_cost_the_same_where_the_answer_turns(cost, fixed, price, buy_fixed, duty, volume, chance, loss):
    make = Option(price=cost, fixed=fixed)
    buy = Option(price=price, fixed=buy_fixed, duty=duty, disruption_chance=chance, disruption_loss=loss)
    found = make_or_buy(make, buy, volume)
    close = pytest.approx(0, abs=1e-6 * (1 + found.make.a_year + found.buy.a_year))
    if found.price_to_switch is not None:
        other = make_or_buy(make, buy.model_copy(update={"price": found.price_to_switch}), volume)
        assert other.buy.a_year - other.make.a_year == close
    if found.yearly_loss_to_switch is not None:
        same = buy.model_copy(update={"disruption_chance": 1.0, "disruption_loss": found.yearly_loss_to_switch})
        other = make_or_buy(make, same, volume)
        assert other.buy.a_year - other.make.a_year == close
    if found.break_even is not None and found.break_even < 1e9:
        other = make_or_buy(make, buy, found.break_even)
        assert other.buy.a_year == pytest.approx(other.make.a_year, rel=1e-6, abs=1e-6)


def test_one_that_is_cheaper_at_every_volume_has_no_break_even():
    found = make_or_buy(Option(price=5, fixed=10), Option(price=8, fixed=100), 50)
    assert found.break_even is None
    assert "making is cheaper than buying at every volume" in found.break_even_said
    assert found.cheaper == "make"


def test_a_rare_disruption_is_not_hidden_in_an_average():
    found = make_or_buy(Option(price=5), Option(price=4, disruption_chance=0.02, disruption_loss=5e6), 10)
    assert any("can be borne" in warning for warning in found.warnings)
    assert any("known for buying only, so the comparison favours making" in warning for warning in found.warnings)


@pytest.mark.parametrize("volume", [-1, float("nan"), float("inf"), 1e16])
def test_a_volume_that_cannot_be_right_is_refused(volume):
    with pytest.raises(ValueError, match="volume must be between"):
        make_or_buy(Option(price=1), Option(price=2), volume)


@pytest.mark.parametrize(
    "fields", [{"price": -1}, {"price": 1, "duty": 1.2}, {"price": float("inf")}, {"price": 1, "disruption_chance": 2}]
)
def test_costs_that_cannot_be_right_are_refused(fields):
    with pytest.raises(ValueError, match=r"less than|greater than|finite"):
        Option(**fields)


def test_what_is_lacking_is_named_and_what_is_blank_counts_as_none_and_says_so():
    case = MakeOrBuyCase(name="Housing", make=Option(price=8, freight=0), buy=Option())
    found = compared(case)
    assert (found.lacking, found.result) == (["units a year", "price of buying a unit"], None)
    whole = case.model_copy(update={"volume": 100.0, "buy": Option(price=12)})
    result = compared(whole, "EUR").result
    assert result is not None
    assert (result.make.a_year, result.buy.a_year) == (800, 1200)
    told = next(text for text in result.assumptions if text.startswith("not given for making"))
    assert "freight" not in told  # a freight of 0 was given
    assert "duty" in told
    with pytest.raises(ValueError, match="are needed"):
        make_or_buy(case.make, case.buy, 100)
