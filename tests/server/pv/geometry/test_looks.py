"""What scenes make of looks, cells and props that no client can ask for yet; scene_probe.py shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import Probe

PROBE = Path(__file__).with_name("scene_probe.py")


@pytest.fixture(scope="module")
def looks(probe: Probe) -> dict[str, Any]:
    return probe(PROBE)


def one(scene: dict[str, Any]) -> dict[str, Any]:
    assert scene["unsupported_reason"] is None
    (part,) = scene["parts"]
    found: dict[str, Any] = part
    return found


def test_blocks_have_names_colours_and_opacities_of_their_own(looks: dict[str, Any]) -> None:
    plain, both = looks["blocks"]["parts"], looks["block colour and opacity"]["parts"]
    assert [part["block"] for part in plain] == ["SphereSource1", "ConeSource1"]
    assert [part["id"] for part in plain] == [part["id"] for part in both]
    assert [part["appearance"]["color"] for part in both] == [[1, 0, 0], plain[1]["appearance"]["color"]]
    assert [part["appearance"]["opacity"] for part in both] == [1, 0.25]
    alone = one(looks["one block"])
    assert (alone["block"], alone["id"]) == ("ConeSource1", plain[1]["id"])


def test_the_table_says_how_numbers_become_colours(looks: dict[str, Any]) -> None:
    plain, log, seven, seen_through = (
        one(looks[name]) for name in ("points", "log", "seven values", "opacity mapping")
    )
    assert plain["mesh"]["scalars"] == log["mesh"]["scalars"] == seven["mesh"]["scalars"]
    assert len(plain["colors"]["colors"]) == 3 * 256 and not plain["colors"]["log"]
    assert log["colors"]["log"] and log["colors"]["range"] == pytest.approx(plain["colors"]["range"])
    assert log["colors"]["colors"] == pytest.approx(plain["colors"]["colors"], abs=4), "even in the logarithm"
    assert len(seven["colors"]["colors"]) == 3 * 7
    assert (seven["colors"]["below"], seven["colors"]["nan_color"]) == ([1, 0, 0], [0, 0, 1])
    assert plain["colors"]["below"] is None and plain["colors"]["above"] is None
    opacity = seen_through["colors"]["opacity"]
    assert len(opacity) == 7 and opacity == sorted(opacity) and opacity[0] < 0.2 and opacity[-1] > 0.8


@pytest.mark.parametrize("name", ["mapped before interpolation", "not mapped", "categories"])
def test_colours_in_the_place_of_numbers(looks: dict[str, Any], name: str) -> None:
    part = one(looks[name])
    assert part["mesh"]["direct_colors"] and part["colors"] is None
    assert part["mesh"]["scalars"]["type"] == "uint8" and part["mesh"]["scalars"]["components"] in (3, 4)


def test_cells_that_are_no_triangles_show_no_diagonals(looks: dict[str, Any]) -> None:
    wire = one(looks["Wireframe"])["mesh"]
    assert wire["triangles"] is None and wire["lines"]["items"] == 4 * 2400
    edges = one(looks["Surface With Edges"])["mesh"]
    assert edges["triangles"]["items"] == 2 * 2400 and edges["edges"]["items"] == 4 * 2400


def test_each_kind_of_cell_with_cell_scalars_is_a_part(looks: dict[str, Any]) -> None:
    parts = looks["mixed by cell"]["parts"]
    assert looks["mixed by cell"]["unsupported_reason"] is None
    assert len({part["id"] for part in parts}) == len(parts) == 3
    values = looks["mixed by cell scalars"]
    assert [values[part["id"]] for part in parts] == [[1], [2, 2, 2, 3], [None, None, 5, 5, 6]]
    assert [next(kind for kind in ("vertices", "lines", "triangles") if part["mesh"][kind]) for part in parts] == [
        "vertices",
        "lines",
        "triangles",
    ]
    lines = looks["mixed by cell lines"][parts[1]["id"]]
    assert lines == [0, 1, 1, 2, 2, 3, 4, 5]
    triangles = looks["mixed by cell triangles"][parts[2]["id"]]
    assert len(triangles) == 15 and set(triangles) == set(range(8))


def test_a_wireframe_of_all_kinds_of_cells(looks: dict[str, Any]) -> None:
    parts = looks["mixed wireframe by cell"]["parts"]
    outlines = parts[2]["id"]
    assert looks["mixed wireframe by cell lines"][outlines][:8] == [0, 2, 2, 3, 3, 1, 1, 0]
    assert looks["mixed wireframe by cell scalars"][outlines] == [None] * 4 + [5] * 4 + [6] * 3
    beside, outside = looks["mixed wireframe by id"]["parts"]
    assert (beside["mesh"]["lines"]["items"], outside["mesh"]["lines"]["items"]) == (4, 11)
    assert beside["mesh"]["scalars"] == outside["mesh"]["scalars"] and beside["id"] != outside["id"]


def test_numbers_keep_the_digits_they_need(looks: dict[str, Any]) -> None:
    part = one(looks["mixed by id"])
    assert part["mesh"]["points"]["type"] == "float64", "a millimetre at ten thousand kilometres"
    assert part["mesh"]["scalars"]["type"] == "float64"
    assert looks["mixed by id scalars"][part["id"]] == [index * 10**10 for index in range(8)]


def test_words_and_single_values(looks: dict[str, Any]) -> None:
    assert one(looks["mixed by word"])["mesh"]["direct_colors"]
    field = one(looks["mixed by field"])
    assert field["mesh"]["scalars"] is None and field["colors"] is None
    assert field["appearance"]["color"] != one(looks["mixed by id"])["appearance"]["color"]


def test_data_that_is_hardly_any(looks: dict[str, Any]) -> None:
    assert one(looks["points that are no numbers"])["mesh"]["triangles"]["items"] == 1
    assert looks["nothing"]["parts"] == [] and looks["nothing"]["unsupported_reason"] is None


def test_a_texture_comes_as_colours(looks: dict[str, Any]) -> None:
    part = one(looks["texture"])
    mesh = part["mesh"]
    assert mesh["texture_size"] == [4, 2] and mesh["texture"]["items"] == 8
    assert mesh["texcoords"]["components"] == 2 and mesh["texcoords"]["items"] == 4
    texels = looks["texture texture"][part["id"]]
    assert texels[:3] == [128, 128, 128] and mesh["texture"]["components"] in (3, 4)


def test_the_property_and_the_matrix(looks: dict[str, Any]) -> None:
    part = one(looks["moved and flat"])
    assert [part["matrix"][place] for place in (3, 7, 11)] == [1, 2, 3]
    assert part["appearance"]["flat"] and part["mesh"]["normals"] is None
    assert (part["appearance"]["specular"], part["appearance"]["line_width"]) == (0.5, 3)


def test_back_faces_are_a_part_with_an_id_of_its_own(looks: dict[str, Any]) -> None:
    parts = looks["back faces"]["parts"]
    assert len(parts) == 2 and len({part["id"] for part in parts}) == 2
    assert {part["appearance"]["style"] for part in parts} == {"surface", "wireframe"}
    assert parts[0]["node"] == parts[1]["node"]
    assert {part["appearance"]["cull"] for part in parts} == {"back", "front"}


def test_axes(looks: dict[str, Any]) -> None:
    grid = looks["axes grid"]["axes_grid"]
    assert grid["titles"] == ["depth", "Y Axis", "Z Axis"]
    assert grid["bounds"] == pytest.approx([-0.49, 0.49, -0.49, 0.49, -0.5, 0.5], abs=0.02)
    centre = looks["centre of rotation"]["parts"]
    assert len(centre) == 2 and any(part["mesh"]["lines"] for part in centre)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Point Gaussian", "Point Gaussian"),
        ("Surface LIC", "Surface LIC"),
        ("DataAxesGrid", "axes grid"),
        ("PolarAxes", "polar axes"),
        ("points as spheres", "spheres"),
        ("ruler", "in front of the picture"),
    ],
)
def test_what_is_not_known_is_never_left_out_in_silence(looks: dict[str, Any], name: str, said: str) -> None:
    scene = looks[name]
    assert said in scene["unsupported_reason"] and scene["parts"] == []


def test_what_is_hidden_again_is_no_reason_any_more(looks: dict[str, Any]) -> None:
    assert one(looks["all of it known again"])["mesh"]["triangles"] is not None


def test_many_blocks_that_look_alike_are_one_part(looks: dict[str, Any]) -> None:
    part = one(looks["many blocks"])
    assert part["block"] is None and part["mesh"]["triangles"]["items"] == 3 * 96


def test_coarse_copies_of_what_are_no_surfaces(looks: dict[str, Any]) -> None:
    cloud = one(looks["a coarse cloud"])["mesh"]
    assert cloud["vertices"]["items"] == cloud["points"]["items"] and 50 <= cloud["points"]["items"] <= 100
    volume = one(looks["a coarse volume"])["volume"]
    assert volume["dimensions"] == [7, 7, 7] and volume["scalars"]["items"] == 343
    assert volume["spacing"] == [3, 3, 3] and volume["origin"] == [-10, -10, -10]


def test_a_coarse_copy_that_is_too_large_is_not_made(looks: dict[str, Any]) -> None:
    scene = looks["a coarse copy that is too large"]
    assert "coarse copy" in scene["unsupported_reason"] and scene["parts"] == []
