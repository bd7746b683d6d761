#!/bin/sh
# Prints the section of CHANGELOG.md about a version: notes.sh 1.2.3, or notes.sh Unreleased. Fails when there is none.
set -eu
awk -v version="${1:?which version?}" '
	/^## / { wanted = ($2 == version || $2 == "[" version "]"); next }
	wanted { print; if (NF) found = 1 }
	END    { if (!found) { print "CHANGELOG.md says nothing about " version > "/dev/stderr"; exit 1 } }
' "$(dirname "$0")/../../CHANGELOG.md"
