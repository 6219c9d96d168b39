#!/usr/bin/env bash
# Makes every icon file from app.svg. Needs rsvg-convert (apt install librsvg2-bin) and the virtual environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

command -v rsvg-convert >/dev/null || { echo "rsvg-convert is missing: apt install librsvg2-bin" >&2 && exit 1; }
sizes=(16 24 32 48 64 128 256 512)
mkdir -p png
for size in "${sizes[@]}"; do
    rsvg-convert --width "$size" --height "$size" app.svg --output "png/$size.png"
done
../.venv/bin/python - "${sizes[@]}" <<'PYTHON'
import sys

from PIL import Image

images = {int(size): Image.open(f"png/{size}.png").convert("RGBA") for size in sys.argv[1:]}
for size, image in images.items():
    image.save(f"png/{size}.png", optimize=True)
windows = [images[size] for size in (16, 24, 32, 48, 64, 256)]
windows[-1].save("app.ico", sizes=[image.size for image in windows], append_images=windows[:-1])
PYTHON
