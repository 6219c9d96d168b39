#!/usr/bin/env bash
# Every check that reads the sources without running them. All of them run; the first failure does not hide the next,
# and a check that is content says nothing.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

failed=()
check() {
    local name=$1
    shift
    local said
    said=$("$@" 2>&1) || { failed+=("$name") && printf '== %s\n%s\n' "$name" "$said" >&2; }
}

check imports .venv/bin/python -m pytest -q tests/test_boundaries.py tests/test_lengths.py tests/test_mirror.py
check ruff .venv/bin/python -m ruff check --quiet .
check format .venv/bin/python -m ruff format --check --quiet .
check mypy .venv/bin/python -m mypy --no-error-summary
check generated .venv/bin/python -m pvw_desktop.protocol --check
check rooms .venv/bin/python packaging/rooms.py --check
check shellcheck .venv/bin/shellcheck -x .ci/run icons/make.sh packaging/*.sh packaging/lock/*.sh tests/busy tests/compat/run tests/compat/fresh
check eslint npm --prefix www run --silent lint
check modules npm --prefix www run --silent modules
check types npm --prefix www run --silent typecheck
check lockfiles .venv/bin/python packaging/check_locks.py
check desktop desktop-file-validate packaging/linux/org.pvw.Desktop.desktop
check metainfo appstreamcli validate --no-net --explain packaging/linux/org.pvw.Desktop.metainfo.xml

if [ ${#failed[@]} -gt 0 ]; then
    echo "lint: failed: ${failed[*]}" >&2
    exit 1
fi
echo "lint: nothing to complain about"
