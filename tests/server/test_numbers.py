"""Scalar bars, colour maps and their ranges, as ParaView is told to draw them."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

from pvw_desktop.server.digits import digits_of_ends, digits_within
from tests.server.harness import ROOT, Server
from tests.server.test_pipeline import add

CASES = ROOT / "tests" / "cases"
ROOM = CASES / "24-absolute-pressure" / "data" / "room.vtu"


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [
        (101325.0, 101332.5, ("101325", "101332.5")),
        (293.15, 293.1514, ("293.15", "293.1514")),
        (293.1499938964844, 293.1514, ("293.15", "293.1514")),
        (37.35310363769531, 276.8288269042969, ("37.35", "276.8")),
        (0.0, 20000001.0, ("0", "20000001")),
        (0.0, 1e-12, ("0", "1e-12")),
        (5.0, 5.0, ("5", "5")),
    ],
)
def test_ends_of_a_range_are_written_apart(low: float, high: float, ends: tuple[str, str]) -> None:
    digits = digits_of_ends(low, high)
    assert (f"{low:.{digits}g}", f"{high:.{digits}g}") == ends


def test_labels_have_the_digits_that_any_number_between_needs() -> None:
    for low, high in ((101325.0, 101332.5), (293.15, 293.1514), (2e7, 2e7 + 10), (-1.0, 1.0), (0.0, 1e-300)):
        digits = digits_within(low, high)
        for part in range(1, 20):
            number = low + (high - low) * part / 20
            assert abs(float(f"{number:.{digits}g}") - number) <= 0.005 * (high - low)


def bar(server: Server, array: str, node: str = "") -> dict[str, Any]:
    """Properties of the scalar bar of what is coloured by an array, from the saved work; `node`: which of several."""
    drawn, *_ = {
        f"{display['representation_id']}."
        for name, display in server.topics.items()
        if name.startswith("display/")
        and display["node"] == (node or display["node"])
        and display["visible"]
        and (display["coloring"] or {}).get("array") == array
    }
    root = ElementTree.fromstring(server.saved())
    [table] = {
        value.get("value")
        for item in root.iter("Property") if item.get("name") == "LookupTable" and str(item.get("id")).startswith(drawn)
        for value in item.iter("Proxy")
    }  # fmt: skip
    for proxy in root.iter("Proxy"):
        values = {
            item.get("name"): [element.get("value") for element in item.iter("Element")]
            + [element.get("value") for element in item.iter("Proxy")]
            for item in proxy.findall("Property")
        }
        if proxy.get("type") == "ScalarBarWidgetRepresentation" and table in values["LookupTable"]:
            return {str(name): found[0] for name, found in values.items() if found}
    pytest.fail(f"there is no scalar bar of {array}")


def written(how: str, number: float) -> str:
    """A number in a format of printf's, or of std::format's as ParaView has them from 6 on."""
    return how % number if how.startswith("%") else how.format(number)


def colour(server: Server, node: str, array: str, component: int = -1) -> None:
    server.call("display.representation", node=node, representation="Surface")
    server.call("display.color_by", node=node, array=array, association="POINTS", component=component)
    if not server.display(node)["coloring"]["scalar_bar"]:
        server.call("color.scalar_bar", node=node, visible=True)


def calculated(server: Server, source: str, name: str, function: str) -> str:
    node = str(add(server, "Calculator", source, apply=False))
    server.call("proxy.apply", changes=[{"id": node, "values": {"Function": function, "ResultArrayName": name}}])
    return node


@pytest.mark.paraview
def test_the_ends_of_the_scalar_bar_differ(server: Server) -> None:
    node = server.open(ROOM)["node"]
    for array, ends in (("p", ("101325", "101332.5")), ("T", ("293.15", "293.1514"))):
        colour(server, node, array)
        found = bar(server, array)
        low, high = server.topics[f"color/{array}"]["range"]
        assert tuple(written(found["RangeLabelFormat"], end) for end in (low, high)) == ends
        assert found["AutomaticLabelFormat"] == "0", "six digits do not tell the labels apart"
        labels = [written(found["LabelFormat"], low + (high - low) * part / 4) for part in range(5)]
        assert len(set(labels)) == 5
    server.call("color.rescale", node=node, mode="custom", range=[0, 1])
    found = bar(server, "T")
    assert found["AutomaticLabelFormat"] == "1" and written(found["RangeLabelFormat"], 1 / 3) == "0.3333"


@pytest.mark.paraview
def test_the_scalar_bar_names_the_component_that_is_shown(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    node = calculated(server, wavelet, "U", "RTData*iHat+2*RTData*jHat")
    for component, named in ((-1, "Magnitude"), (0, "X"), (1, "Y"), (-1, "Magnitude"), (2, "Z")):
        colour(server, node, "U", component)
        found = bar(server, "U")
        assert (found["Title"], found["ComponentTitle"]) == ("U", named)
    server.call("display.color_by", node=node, array="RTData", association="POINTS")
    assert bar(server, "RTData")["ComponentTitle"] == ""


@pytest.mark.paraview
def test_arrays_of_one_name_have_a_map_and_a_bar_each(server: Server) -> None:
    """ParaView finds maps by the name alone: both would be coloured by the component of one, in the range of one."""
    wavelet = add(server, "RTAnalyticSource")
    vector = calculated(server, wavelet, "v", "RTData*iHat+2*RTData*jHat")
    colour(server, vector, "v", 0)
    assert bar(server, "v")["ComponentTitle"] == "X"
    scalar = calculated(server, wavelet, "v", "-RTData")
    colour(server, scalar, "v")
    server.call("display.show", node=vector, visible=True)
    server.call("display.color_by", node=vector, array="v", association="POINTS", component=1)
    maps = {node: server.display(node)["coloring"]["map"] for node in (vector, scalar)}
    assert maps[vector] != maps[scalar]
    for node, part, component in ((vector, "Y", 1), (scalar, "", -1)):
        found = bar(server, "v", node)
        assert (found["Title"], found["ComponentTitle"]) == ("v", part)
        assert server.display(node)["coloring"]["component"] == component
    server.call("color.rescale", node=vector, mode="data")
    assert server.topics[f"color/{maps[vector]}"]["range"][0] > 0
    assert server.topics[f"color/{maps[scalar]}"]["range"][1] < 0, "not the range of the vector"
    colour(server, scalar, "v")
    assert bar(server, "v", scalar)["ComponentTitle"] == ""
    third = calculated(server, wavelet, "v", "RTData*0")
    colour(server, third, "v")
    for node, component in ((vector, 1), (scalar, -1), (third, -1)):
        assert server.display(node)["coloring"]["component"] == component
    server.call("display.show", node=third, visible=False)
    server.call("display.show", node=vector, visible=True)
    server.call("display.show", node=scalar, visible=False)
    server.call("display.color_by", node=vector, array="v", association="POINTS", component=0)
    assert bar(server, "v")["ComponentTitle"] == "X"


@pytest.mark.paraview
def test_an_array_that_loses_its_components_is_not_coloured_by_one(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    node = calculated(server, wavelet, "v", "RTData*iHat+2*RTData*jHat")
    colour(server, node, "v", 1)
    below = str(add(server, "ShrinkFilter", node))
    colour(server, below, "v", 1)
    server.call("display.show", node=node, visible=True)
    server.call("proxy.apply", changes=[{"id": node, "values": {"Function": "-RTData"}}])
    for item in (node, below):
        assert bar(server, "v", item)["ComponentTitle"] == ""
        assert server.display(item)["coloring"]["component"] == -1
    server.call("color.rescale", node=node, mode="data")
    found = next(array for array in server.topics[f"info/{node}/0"]["arrays"] if array["name"] == "v")
    assert server.topics["color/v"]["range"] == pytest.approx(found["ranges"][0]) and found["ranges"][0][1] < 0


@pytest.mark.paraview
def test_a_title_that_paraviews_own_font_cannot_draw(server: Server) -> None:
    """A font of the system is taken where one has the characters, else a sentence says so; no two such arrays share
    a map, though ParaView finds maps by the ASCII letters of a name."""
    wavelet = add(server, "RTAnalyticSource")
    node = calculated(server, wavelet, "σ", "RTData")
    colour(server, node, "σ")
    found = bar(server, "σ")
    assert found["TitleFontFamily"] == "4" and found["TitleFontFile"].endswith((".ttf", ".otf", ".ttc"))
    assert not server.notes
    server.call("display.color_by", node=node, array="RTData", association="POINTS")
    assert bar(server, "RTData")["TitleFontFamily"] == "0"
    colour(server, node, "σ")
    server.call("color.rescale", node=node, mode="custom", range=[0, 1])
    second = calculated(server, wavelet, "ε", "RTData-100")
    colour(server, second, "ε")
    server.call("display.show", node=node, visible=False)
    assert bar(server, "ε")["Title"] == "ε"
    display = server.display(second)
    assert server.topics[f"color/{display['coloring']['map']}"]["range"][0] < 0, "not the range of σ"
    other = calculated(server, wavelet, "\U000e0041", "RTData")
    colour(server, other, "\U000e0041")
    server.wait(lambda: any("cannot draw its title" in note.message for note in server.notes))


@pytest.mark.paraview
def test_a_range_cut_for_the_logarithm_is_whole_again_after_it(server: Server) -> None:
    wavelet = add(server, "RTAnalyticSource")
    node = calculated(server, wavelet, "low", "RTData-100")
    colour(server, node, "low")
    whole = server.topics["color/low"]["range"]
    server.call("color.rescale", node=node, mode="custom", range=[1, 100])
    server.call("color.log", map="low", log=True)
    assert server.topics["color/low"]["range"] == pytest.approx([1, 100])
    server.call("color.rescale", node=node, mode="data")
    assert server.topics["color/low"]["log"] and server.topics["color/low"]["range"][0] > 0
    server.call("color.log", map="low", log=False)
    assert server.topics["color/low"]["range"] == pytest.approx(whole)
    server.call("color.rescale", node=node, mode="custom", range=[1, 100])
    server.call("color.log", map="low", log=True)
    server.call("color.log", map="low", log=False)
    assert server.topics["color/low"]["range"] == pytest.approx([1, 100])
