"""What flow, capacity, queue and freight metrics promise."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.metrics import Frame, MetricError, compute

AMOUNT = st.floats(0.01, 1e5)
SHARE = st.floats(0.01, 0.99)


@given(AMOUNT, AMOUNT)
def test_the_three_directions_of_littles_law_undo_one_another(rate, time):
    wip = compute("littles_law", throughput=rate, flow_time=time).value
    assert compute("littles_law_flow_time", work_in_process=wip, throughput=rate).value == pytest.approx(time)
    assert compute("littles_law_throughput", work_in_process=wip, flow_time=time).value == pytest.approx(rate)


def chain(arrivals, service, servers, size=4000):
    """Return utilization, queue length and wait of a many-place birth-death chain, solved directly."""
    weight = np.zeros(size)
    for place in range(1, size):
        weight[place] = weight[place - 1] + math.log(arrivals / (service * min(place, servers)))
    share = np.exp(weight - weight.max())
    share /= share.sum()
    queue = float(sum(share[place] * max(place - servers, 0) for place in range(size)))
    return queue, queue / arrivals, float(share[0])


@pytest.mark.parametrize(
    ("arrivals", "service", "servers"), [(24, 30, 1), (2, 3, 2), (50, 6, 10), (0.95, 1, 1), (180, 1, 200)]
)
def test_queues_agree_with_their_markov_chain(arrivals, service, servers):
    queue, wait, empty = chain(arrivals, service, servers)
    result = compute("mmc_queue", arrival_rate=arrivals, service_rate=service, servers=servers)
    assert result.value == pytest.approx(wait, rel=1e-6)
    assert result.also["average_queue_length"] == pytest.approx(queue, rel=1e-6)
    assert result.also["probability_empty"] == pytest.approx(empty, rel=1e-6, abs=1e-12)


@given(AMOUNT, SHARE)
def test_one_server_is_the_same_by_all_three_formulas(service, load):
    queue = {"arrival_rate": service * load, "service_rate": service}
    single = compute("mm1_queue", **queue)
    assert compute("mmc_queue", **queue, servers=1).value == pytest.approx(single.value)
    assert compute("kingman_wait", **queue, arrival_cv=1, service_cv=1).value == pytest.approx(single.value)
    assert single.also["average_in_system"] == pytest.approx(load / (1 - load))
    assert single.also["average_in_system"] == pytest.approx(queue["arrival_rate"] * single.also["time_in_system"])


@given(AMOUNT, SHARE)
def test_arrivals_are_a_rate_or_the_time_between_two_or_what_keeps_the_server_busy(service, load):
    rate = compute("mm1_queue", arrival_rate=service * load, service_rate=service).value
    between = compute("mm1_queue", time_between_arrivals=1 / (service * load), service_time=1 / service).value
    busy = compute("mm1_queue", utilization=load, service_time=1 / service).value
    assert between == pytest.approx(rate)
    assert busy == pytest.approx(rate)


def test_a_call_every_6_minutes_of_4_minutes_each_waits_8():
    result = compute("mm1_queue", frame=Frame("minute"), time_between_arrivals=6, service_time=4)
    assert result.value == pytest.approx(8)
    assert result.also["utilization"] == pytest.approx(2 / 3)


def test_how_busy_several_servers_are_counts_all_of_them():
    busy = compute("mmc_queue", utilization=0.75, service_rate=10, servers=4)
    assert busy.value == pytest.approx(compute("mmc_queue", arrival_rate=30, service_rate=10, servers=4).value)


def test_arrivals_that_contradict_one_another_are_refused():
    with pytest.raises(MetricError, match=r"arrival rate is given as 10, but .* makes it 12"):
        compute("mm1_queue", arrival_rate=10, time_between_arrivals=1 / 12, service_rate=20)
    with pytest.raises(MetricError, match="grows without end"):
        compute("mm1_queue", time_between_arrivals=4, service_time=6)


@given(SHARE, st.floats(0, 3), st.floats(0, 3))
def test_kingman_takes_variation_or_its_square(load, arriving, serving):
    queue = {"utilization": load, "service_time": 10}
    plain = compute("kingman_wait", **queue, arrival_cv=arriving, service_cv=serving).value
    squared = compute("kingman_wait", **queue, arrival_scv=arriving**2, service_scv=serving**2).value
    assert squared == pytest.approx(plain)
    with pytest.raises(MetricError, match="the square of the variation"):
        compute("kingman_wait", **queue, arrival_cv=2, arrival_scv=2, service_cv=1)


def test_a_queue_that_grows_without_end_is_refused():
    with pytest.raises(MetricError, match=r"30 arrive and one server handles at most 30 .*grows without end"):
        compute("mm1_queue", arrival_rate=30, service_rate=30)


def test_a_wait_is_said_in_a_unit_that_fits():
    result = compute("mm1_queue", frame=Frame("hour"), arrival_rate=24, service_time=2 / 60)
    assert result.meaning.startswith("They wait 8 minutes")


@given(AMOUNT, AMOUNT)
def test_takt_time_and_hourly_rate_are_reciprocal(time, demand):
    result = compute("takt_time", available_time=time, demand=demand)
    assert result.value * result.also["units_per_hour"] == pytest.approx(60)


def test_takt_time_takes_off_breaks_and_counts_operators():
    result = compute("takt_time", available_time=480, breaks=30, shifts=2, demand=900, work_content=2.4)
    assert result.value == 1
    assert result.also["operators"] == 3
    with pytest.raises(MetricError, match="leave nothing"):
        compute("takt_time", available_time=30, breaks=30, demand=1)


@given(st.floats(0, 1e4), st.floats(0, 30), st.floats(1, 500), st.floats(0, 1))
def test_kanban_cards_just_cover_what_is_needed(demand, lead_time, size, safety):
    result = compute("kanban_count", demand=demand, lead_time=lead_time, container_size=size, safety_share=safety)
    assert result.value == int(result.value)
    needed = demand * lead_time * (1 + safety)
    assert result.value * size >= needed * (1 - 1e-6) - 1e-6
    assert (result.value - 1) * size < needed * (1 + 1e-6) + 1e-6


def test_process_cycle_efficiency_takes_the_whole_time_or_the_waiting():
    whole = compute("process_cycle_efficiency", value_added_time=96, total_time=9600)
    waiting = compute("process_cycle_efficiency", value_added_time=96, waiting_time=9504)
    assert whole.value == waiting.value == 0.01
    with pytest.raises(MetricError, match="value-added time 10 is above the whole lead time 5"):
        compute("process_cycle_efficiency", value_added_time=10, total_time=5)


@given(SHARE, SHARE, SHARE)
def test_oee_is_never_above_its_least_factor_and_its_losses_add_up(availability, performance, quality):
    result = compute("oee", chart=True, availability=availability, performance=performance, quality=quality)
    assert result.value <= min(availability, performance, quality)
    falls = result.chart.series[0].y
    assert sum(falls[:-1]) == pytest.approx(falls[-1])


def test_oee_from_counts_is_good_pieces_times_cycle_over_planned_time():
    result = compute(
        "oee", planned_time=420, downtime=47, ideal_cycle_time=1 / 60, total_count=19_271, good_count=18_848
    )
    assert result.value == pytest.approx(18_848 / 60 / 420)


def test_oee_takes_the_ideal_rate_instead_of_the_ideal_cycle_time():
    times = {"planned_time": 420, "downtime": 47, "total_count": 19_271, "reject_count": 423}
    by_rate = compute("oee", **times, ideal_rate=60)
    assert by_rate.value == pytest.approx(compute("oee", **times, ideal_cycle_time=1 / 60).value)
    with pytest.raises(MetricError, match="ideal run rate is given as 50"):
        compute("oee", **times, ideal_rate=50, ideal_cycle_time=1 / 60)


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        (
            {"planned_time": 10, "downtime": 11, "performance": 1, "quality": 1},
            "downtime 11 is above the planned time 10",
        ),
        (
            {"availability": 0.9, "performance": 1, "good_count": 11, "total_count": 10},
            "good count 11 is above the total count 10",
        ),
        (
            {"availability": 0.9, "quality": 1, "ideal_cycle_time": 1, "total_count": 10},
            "give planned time and downtime",
        ),
        ({"availability": 90, "performance": 1, "quality": 1}, "for 90 % give 0.9"),
    ],
)
def test_oee_says_why_it_refuses(inputs, reason):
    with pytest.raises(MetricError, match=reason):
        compute("oee", **inputs)


def test_an_overload_is_a_warning_and_not_a_refusal():
    result = compute("capacity_utilization", time_used=137, time_available=129.2)
    assert result.value == pytest.approx(1.0604, abs=1e-4)
    assert "above capacity by 7.8" in result.warnings[0]
    assert compute("rated_capacity", available_time=160, utilization=0.85, efficiency=0.95).value == pytest.approx(
        129.2
    )


def test_idle_hours_are_those_not_used():
    assert compute("capacity_utilization", time_idle=6, time_available=40).value == 0.85
    with pytest.raises(MetricError, match="idle time 41 is above the time available 40"):
        compute("capacity_utilization", time_idle=41, time_available=40)
    with pytest.raises(MetricError, match="time used is given as 30"):
        compute("capacity_utilization", time_used=30, time_idle=6, time_available=40)


def test_rated_capacity_counts_every_machine():
    result = compute("rated_capacity", available_time=40, machines=3, utilization=0.9, efficiency=0.95)
    assert result.value == pytest.approx(102.6)
    assert result.also["share_of_available"] == pytest.approx(0.855)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.floats(0.01, 1e3), min_size=1))
def test_the_bottleneck_is_the_step_with_the_least_capacity(times):
    by_time = compute("bottleneck", process_times=times)
    by_rate = compute("bottleneck", capacities={step: 1 / time for step, time in times.items()})
    assert by_time.value == pytest.approx(1 / max(times.values())) == pytest.approx(by_rate.value)
    assert times[by_time.also["bottleneck"]] == pytest.approx(max(times.values()))
    assert max(by_time.also["utilization_at_full_speed"].values()) == 1


def test_machines_side_by_side_move_the_bottleneck():
    times = {"cut": 2.0, "weld": 5.0, "paint": 3.0}
    assert compute("bottleneck", process_times=times).also["bottleneck"] == "weld"
    assert compute("bottleneck", process_times=times, machines={"weld": 2}).also["bottleneck"] == "paint"
    assert compute("bottleneck", process_times=times, demand=0.5).warnings


@given(st.floats(1, 300), st.floats(1, 300), st.floats(1, 300), st.floats(0.01, 500), st.integers(1, 50))
def test_chargeable_weight_is_the_larger_one_however_the_size_is_given(length, width, height, weight, pieces):
    piece = {"weight": weight, "pieces": pieces, "divisor": 5000}
    one = compute("chargeable_weight", dimensions=[length, width, height], **piece)
    other = compute("chargeable_weight", length=length, width=width, height=height, **piece)
    cubic_metres = length * width * height * pieces / 1e6
    volume = compute("chargeable_weight", volume=cubic_metres, total_weight=weight * pieces, divisor=5000)
    assert one.value == other.value == pytest.approx(volume.value)
    assert one.value == max(one.also["actual_weight"], one.also["volumetric_weight"])


def test_chargeable_weight_rounds_up_and_prices():
    result = compute(
        "chargeable_weight", dimensions=[60, 40, 50], weight=12, divisor=6000, round_up_to=0.5, freight_rate=3
    )
    assert result.value == 20
    assert result.also["freight_cost"] == 60
    assert compute("chargeable_weight", dimensions=[61, 40, 50], weight=12, divisor=6000, round_up_to=0.5).value == 20.5
    with pytest.raises(MetricError, match="needs divisor"):
        compute("chargeable_weight", volume=1, total_weight=1)
    with pytest.raises(MetricError, match="every side must be above 0"):
        compute("chargeable_weight", dimensions=[60, 0, 50], weight=12, divisor=6000)


def test_freight_spreads_over_units():
    result = compute("freight_cost_per_unit", units_shipped=8000, freight_cost=3600, surcharges=400, unit_cost=2)
    assert result.value == 0.5
    assert result.also["share_of_unit_cost"] == 0.25
    assert result.warnings
    assert compute("freight_cost_per_unit", units_shipped=100, freight_rate=2.5, charged_weight=240).value == 6


def test_a_vehicle_is_as_full_as_what_fills_first():
    result = compute("trailer_fill", load_weight=18_000, vehicle_weight=24_000, load_pallets=30, vehicle_pallets=33)
    assert result.value == pytest.approx(30 / 33)
    assert result.also["limited_by"] == "pallets"
    with pytest.raises(MetricError, match="it takes a second vehicle"):
        compute("trailer_fill", load_volume=90, vehicle_volume=80)
