"""The moving-average cost of stock, which no set operation expresses: each issue's cost depends on
the quantity and value that all movements before it left.

Items do not depend on each other, so the k-th movements of all items are taken together, one NumPy
step a place in the order: as many steps as the busiest item has movements. Amounts are cents,
quantities and unit costs ten-thousandths, all in 64-bit integers; every quotient is exact and
rounded once, half away from zero.
"""

import numpy as np

RECEIPT, ISSUE, RETURN = 0, 1, 2
NONE = -1


def rounded_quotient(numerator, denominator):
    """Half away from zero; neither number is negative in stock that never goes below zero."""
    return (2 * numerator + denominator) // (2 * denominator)


def lanes(item):
    """Puts the k-th movements of all items side by side.

    Returns the order, and where each k begins in it; items with more movements come first, so that
    every k takes the first items of the one before.
    """
    count = np.bincount(item)
    lane_of_item = np.empty(len(count), dtype=np.int64)
    lane_of_item[np.argsort(-count, kind="stable")] = np.arange(len(count))
    by_item = np.argsort(item, kind="stable")
    first = np.cumsum(count) - count
    place = np.empty(len(item), dtype=np.int64)
    place[by_item] = np.arange(len(item)) - np.repeat(first, count)
    begins = np.concatenate(([0], np.cumsum(np.bincount(place))))
    position = begins[place] + lane_of_item[item]
    order = np.empty(len(item), dtype=np.int64)
    order[position] = np.arange(len(item))
    return order, position, begins


def moving_average(item, kind, quantity, unit_cost, reverses):
    """The cost of every movement, and of one unit of it, in the order of the file.

    `reverses` is the place of the issue that a return undoes, NONE for others; a return takes its
    share of the issue's cost, and an issue is returned at most once.
    """
    order, position, begins = lanes(item)
    kind, quantity = kind[order], quantity[order]
    paid = rounded_quotient(unit_cost[order] * quantity, 1_000_000)
    undone = np.where(reverses[order] == NONE, NONE, position[reverses[order]])
    cost = np.zeros(len(item), dtype=np.int64)
    average = np.zeros(len(item), dtype=np.int64)
    lanes_in_use = begins[1] if len(begins) > 1 else 0
    on_hand = np.zeros(lanes_in_use, dtype=np.int64)
    value = np.zeros(lanes_in_use, dtype=np.int64)
    for start, end in zip(begins[:-1], begins[1:]):
        now = slice(start, end)
        move(kind[now], quantity[now], paid[now], undone[now], quantity, cost, average, now,
             on_hand[:end - start], value[:end - start])
    return cost[position], average[position]


def move(kind, quantity, paid, undone, all_quantities, cost, average, now, on_hand, value):
    """One movement of each item; `on_hand` and `value` become what it leaves."""
    is_issue, is_return = kind == ISSUE, kind == RETURN
    if np.any(is_issue & (quantity > on_hand)):
        raise ValueError("stock goes below zero, which is not expressed here")
    stock = np.where(is_issue, on_hand, 1)
    average[now] = np.where(is_issue, rounded_quotient(value * 1_000_000, stock), 0)
    amount = np.where(is_issue, rounded_quotient(value * quantity, stock), paid)
    rows = np.flatnonzero(is_return)
    issue = undone[rows]
    amount[rows] = rounded_quotient(cost[issue] * quantity[rows], all_quantities[issue])
    average[now][rows] = average[issue]
    cost[now] = amount
    sign = np.where(is_issue, -1, 1)
    on_hand += sign * quantity
    value += sign * amount
