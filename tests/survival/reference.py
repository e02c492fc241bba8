"""Writes reference.json: what lifelines says of durations, some of them censored. Needs `pip install lifelines`.

Rossi's 432 prisoners and the 90 patients of the larynx study come with lifelines (weeks; tenths of years); the others
are drawn: many ties, nobody censored, nobody ended, few.
"""

import json
import pathlib

import lifelines
import numpy as np
from lifelines.datasets import load_larynx, load_rossi


def case(name, durations, ended):
    fitter = lifelines.KaplanMeierFitter().fit(durations, ended)
    table, curve = fitter.event_table, fitter.survival_function_["KM_estimate"]
    interval = fitter.confidence_interval_
    rows = []
    for time in table.index[(table["observed"] + table["censored"]) > 0]:
        rows.append(
            {
                "duration": int(time),
                "ended": int(table["observed"][time]),
                "seen": int(table["censored"][time]),
                "survival": float(curve[time]),
                "low": float(interval.iloc[:, 0][time]),
                "high": float(interval.iloc[:, 1][time]),
            }
        )
    quantiles = {}
    for p in (0.25, 0.5, 0.9):
        at = fitter.percentile(1 - p)
        quantiles[str(p)] = None if np.isinf(at) else int(at)
    return {"name": name, "rows": rows, "quantiles": quantiles}


def drawn(seed, size, share):
    dice = np.random.default_rng(seed)
    return dice.geometric(0.12, size), dice.random(size) < share


rossi, larynx = load_rossi(), load_larynx()
cases = [
    case("rossi", rossi["week"], rossi["arrest"]),
    case("larynx", (larynx["time"] * 10).round().astype(int), larynx["death"]),
    case("many ties", *drawn(1, 2000, 0.8)),
    case("nobody waits", *drawn(2, 300, 1.0)),
    case("nobody ended", *drawn(3, 40, 0.0)),
    case("few", *drawn(4, 9, 0.6)),
]
out = pathlib.Path(__file__).with_name("reference.json")
out.write_text(json.dumps({"lifelines": lifelines.__version__, "cases": cases}, indent=1) + "\n")
