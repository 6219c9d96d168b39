#!/usr/bin/env bash
# What `make run` starts: the application on the folder DATA, or on the example data. ARGS are passed on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

data=${DATA:-}
# Not every shell has replaced the tilde in `DATA=~/sims` by the time make sees it.
# shellcheck disable=SC2088
case $data in "~") data=$HOME ;; "~/"*) data=$HOME/${data#"~/"} ;; esac

read -r -a arguments <<<"${ARGS:-}"
if [ -n "$data" ]; then
    exec .venv/bin/pvw-desktop --data "$data" "${arguments[@]}"
elif [ -f .setup/examples/drum.pvd ]; then
    exec .venv/bin/pvw-desktop --data .setup/examples .setup/examples/drum.pvd "${arguments[@]}"
fi
exec .venv/bin/pvw-desktop "${arguments[@]}"
