#!/bin/sh
# Shows the provider at work against the simulator: demo.sh <terraform or tofu>. `make demo` runs it.
# All that it makes is in one temporary directory, which goes with it.
set -eu

terraform=${1-}
missing=
command -v go >/dev/null ||
	missing='  go: https://go.dev/dl/
'
command -v "$terraform" >/dev/null ||
	missing="$missing  ${terraform:-terraform or tofu}: https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install/
"
if [ -n "$missing" ]; then
	printf 'make demo: these are needed and not on PATH:\n%s' "$missing" >&2
	exit 1
fi

say() { printf '\n==> %s\n' "$*"; }

work=$(mktemp -d "${TMPDIR:-/tmp}/dli-demo.XXXXXX")
simulator=
finish() {
	trap '' HUP INT TERM
	[ -z "$simulator" ] || { kill "$simulator" && wait "$simulator"; } 2>/dev/null || :
	rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

# What the caller has set for other work, credentials above all, is not for the demo.
for name in $(awk 'BEGIN { for (name in ENVIRON) if (name ~ /^(TF|HW|OS|HUAWEICLOUD_SDK)_[A-Za-z0-9_]*$/) print name }'); do
	unset "$name"
done
export HW_REGION_NAME=cn-north-4 HW_ACCESS_KEY=DEMOACCESSKEY HW_SECRET_KEY=demo-secret-key
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_CLI_CONFIG_FILE="$work/cli.tfrc"

CDPATH='' cd -- "$(dirname -- "$0")"
say 'Build the provider, and the simulator that stands in for DLI and IAM'
(cd ../.. && CGO_ENABLED=0 go build -o "$work/bin/" . ./internal/cmd/dlisim)

"$work/bin/dlisim" -listen 127.0.0.1:0 -ready-file "$work/url" -uuid-underlying-names \
	-region "$HW_REGION_NAME" -access-key "$HW_ACCESS_KEY" -secret-key "$HW_SECRET_KEY" >/dev/null 2>"$work/requests" &
simulator=$!
until [ -s "$work/url" ]; do
	kill -0 "$simulator" 2>/dev/null || { cat "$work/requests" >&2; exit 1; }
	sleep 0.1
done
url=$(cat "$work/url")
export TF_VAR_endpoints="{ dli = \"$url\", iam = \"$url\" }"

mkdir "$work/config"
cp main.tf "$work/config"
cat >"$TF_CLI_CONFIG_FILE" <<HCL
provider_installation {
  dev_overrides {
    "terraform-provider-dli/dli" = "$work/bin"
  }
  direct {}
}
HCL
color=
[ -t 1 ] || color=-no-color
run() {
	command=$1
	shift
	"$terraform" -chdir="$work/config" "$command" -input=false -compact-warnings $color "$@"
}

say "Apply: upload three packages, and wait until each is READY (the simulator is $url)"
echo 'The warning about overrides is as it should be: they make the CLI take the provider that was just built.'
run apply -auto-approve
say 'Plan again: nothing is left to do'
run plan -detailed-exitcode || {
	echo 'make demo: the second plan failed or is not empty, which is a bug of the provider.' >&2
	exit 1
}
say 'Destroy'
run plan -destroy -out=plan >/dev/null
run apply plan
say "The requests that changed something, of $(grep -c '' "$work/requests") in all"
grep -E '^[^ ]+ (POST|PUT|DELETE) ' "$work/requests"

cat <<'END'

==> What you saw
One call uploaded three packages, and the apply ended when all were READY. The references, which jobs take, were in the
plan already; the owner, the times and the names in the queue came from the service. The second plan was empty, and
destroy deleted each package. The simulator, the state and the binaries are gone: nothing was left in this directory.

==> The same configuration in a project of yours
  eval "$(make devoverride)"
  export HW_REGION_NAME=cn-north-4 HW_ACCESS_KEY=... HW_SECRET_KEY=...
  terraform -chdir=examples/demo apply -var 'paths=["https://<bucket>.obs.cn-north-4.myhuaweicloud.com/<key>.jar"]'
Without the variable endpoints, which the demo set to the simulator, the provider calls Huawei Cloud.
END
