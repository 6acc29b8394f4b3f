#!/bin/sh
# Tells the agent when the disk is fuller than it should be; at most once an hour for each percent. For cron:
#   */5 * * * *  KONUI_TOKEN=… telemetry.sh 90
set -eu
limit=${1:-90}
used=$(df -P . | awk 'NR == 2 { print $5 + 0 }')
[ "$used" -ge "$limit" ] || exit 0

# The token comes over stdin: whoever lists the processes does not see it.
printf 'Authorization: Bearer %s' "$KONUI_TOKEN" | curl --fail --silent --show-error \
  --header @- --header 'Content-Type: application/json' \
  --data "{
    \"origin\": \"disk watch\",
    \"text\": \"The disk is $used % full (limit: $limit %). Find out what grew, and say what may go.\",
    \"policy\": \"queue\",
    \"idempotencyKey\": \"disk-$(date -u +%Y%m%d%H)-$used\"
  }" "${KONUI_URL:-http://127.0.0.1:4680}/api/console/inject"
