#!/usr/bin/env bash
# Builds everything with warnings as errors and runs every test. The last line of its output counts them:
#   N passed, N failed, N skipped
# Options are passed on to `dotnet test`, for example --project tests/Verify.Desk.Tests.
# The tests in a browser need Chromium: where it is missing, Debian's is installed by who may (root); else they are skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium chromium-browser google-chrome >/dev/null && [ -z "${VERIFY_CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing chromium for the tests in a browser"
    { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium ||
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; }; } >/dev/null 2>&1 ||
        echo "chromium could not be installed"
fi

dotnet build Verify.sln -m:2 --nologo -v:q || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

[ -e tests/Verify.Elsa.Tests/bin/Debug/net10.0/Elsa.Workflows.Core.dll ] || echo "Elsa is not built in (its packages are not in the package cache): the tests on it are skipped"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test --no-build --no-progress "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

# The closing summary of `dotnet test` counts over all projects.
count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ -z "$passed" ]; then
    echo "no test was run"
    passed=0 failed=1
fi
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
[ "$status" -eq 0 ] && [ "${failed:-0}" -eq 0 ]
