# Sourced by every script: the root of the repository, quiet helpers, and a Go proxy without the slow fallback.
set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
BIN="$ROOT/.bin"
cd "$ROOT"
PATH="$BIN:$PATH"
export PATH
# Without this a module that the proxy does not have ends in a long wait for its version control.
GOPROXY=$(go env GOPROXY | cut -d, -f1)
export GOPROXY

say() { printf '%s\n' "-- $*" >&2; }
die() { printf '%s\n' "error: $*" >&2; exit 1; }

# The directories of the modules in go.work.
modules() { go list -m -f '{{.Dir}}'; }
