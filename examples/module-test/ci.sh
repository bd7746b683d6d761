# In the directory of the module: sh ci.sh <clone of the provider's repository>
set -eu
provider=$1

make -s -C "$provider" --no-print-directory install
work=$(mktemp -d)
(cd "$provider" && go build -o "$work/" ./internal/cmd/dlisim)
"$work/dlisim" -listen 127.0.0.1:0 -ready-file "$work/url" &
simulator=$!
trap 'kill $simulator || :; rm -rf "$work"' EXIT
until [ -s "$work/url" ]; do
  kill -0 $simulator # ends the script where the simulator has ended
  sleep 0.1
done
url=$(cat "$work/url")

export HW_REGION_NAME=cn-north-4 HW_PROJECT_ID=0123456789abcdef0123456789abcdef
export HW_ACCESS_KEY=SIMULATORACCESSKEY01 HW_SECRET_KEY=simulatorSecretKey0123456789abcdefghijkl
terraform init
terraform test -var "endpoints={dli=\"$url\",iam=\"$url\"}"
