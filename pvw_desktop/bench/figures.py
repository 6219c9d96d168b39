"""What is said of images that came: rates, percentiles, and where the time of a motion went. Pure."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Mapping, Sequence

from .client import Arrived


@dataclasses.dataclass(frozen=True)
class Turning:
    """How images came while the camera turned. Times in milliseconds, medians where nothing else is said."""

    images: int
    per_second: float
    width: int
    height: int
    lod: float
    """Part of the images with coarse geometry, 0 to 1."""
    motion_to_image: float
    motion_to_image_p95: float
    wait: float
    """From the arrival of a camera to the begin of its render."""
    render: float
    """Render and read-back."""
    encode: float
    rest: float
    """Everything else: the ways there and back, and this client."""
    kilobytes: float


@dataclasses.dataclass(frozen=True)
class Still:
    """A full image after motion."""

    width: int
    height: int
    motion_to_image: float
    render: float
    encode: float
    kilobytes: float


@dataclasses.dataclass(frozen=True)
class Geometry:
    """What a page gets that draws by itself."""

    bytes: int
    """As they came over the network."""
    unpacked: int
    seconds: float
    arrays: int


@dataclasses.dataclass(frozen=True)
class Result:
    """Everything that was measured."""

    version: str
    paraview: str
    renderer: str
    what: str
    cells: int
    width: int
    height: int
    start: float
    """Seconds from starting the server to the first image of the data."""
    still: Still
    full_size: Turning
    adaptive: Turning
    geometry: Geometry | None
    no_geometry: str | None
    """Why there is none: a sentence."""


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` of the values lie, between two of them by their distance. Raises ValueError for
    no values."""
    if not values:
        raise ValueError("no values to take a percentile of")
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def rate(times: Sequence[float]) -> float:
    """Images a second between the first and the last; 0 for fewer than two."""
    return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0


def turning(images: Sequence[Arrived], sent: Mapping[int, float]) -> Turning:
    """What is said of the images of one turn. `sent` says when each motion was sent. Raises ValueError for none."""
    shown = [image for image in images if image.header["motion"] in sent]
    lags = [1e3 * (image.at - sent[image.header["motion"]]) for image in shown]
    parts = {name: [image.header[f"{name}_ms"] for image in shown] for name in ("wait", "render", "encode")}
    rest = [max(0.0, lag - sum(own)) for lag, *own in zip(lags, *parts.values(), strict=True)]
    return Turning(
        images=len(shown),
        per_second=rate([image.at for image in shown]),
        width=round(percentile([image.header["width"] for image in shown], 50)),
        height=round(percentile([image.header["height"] for image in shown], 50)),
        lod=statistics.mean(image.header["lod"] for image in shown),
        motion_to_image=percentile(lags, 50),
        motion_to_image_p95=percentile(lags, 95),
        **{name: percentile(values, 50) for name, values in parts.items()},
        rest=percentile(rest, 50),
        kilobytes=statistics.mean(image.bytes for image in shown) / 1e3,
    )


def still(image: Arrived, sent: float) -> Still:
    """What is said of a full image that was asked for at `sent`."""
    header = image.header
    return Still(
        width=header["width"],
        height=header["height"],
        motion_to_image=1e3 * (image.at - sent),
        render=header["render_ms"],
        encode=header["encode_ms"],
        kilobytes=image.bytes / 1e3,
    )
