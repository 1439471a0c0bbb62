#!/bin/sh
# A signed request to a service of VPC Lattice, with curl 7.87 or newer:
#
#   signed-curl.sh [flags of curl] URL
#
# Needs credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for a role, AWS_SESSION_TOKEN, and
# AWS_REGION.
set -eu

: "${AWS_ACCESS_KEY_ID:?is not set}" "${AWS_SECRET_ACCESS_KEY:?is not set}" "${AWS_REGION:?is not set}"

keys="user = \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\""
token=${AWS_SESSION_TOKEN:-}
[ -z "$token" ] || token="header = \"x-amz-security-token: $token\""

# The keys go through a file descriptor: on the command line every user of the machine could read them.
# The token has to be given as a header, so that curl signs it, and so has the hash that stands for no
# hash: VPC Lattice refuses signed payloads, and requests that do not say so.
exec curl --config /dev/fd/3 --aws-sigv4 "aws:amz:$AWS_REGION:vpc-lattice-svcs" \
  --header 'x-amz-content-sha256: UNSIGNED-PAYLOAD' "$@" 3<<EOF
$keys
$token
EOF
