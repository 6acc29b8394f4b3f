/**
 * POSIX shell (sh -c LIFELINE konui-agent <marker> <command> [args…]) that becomes the agent and leaves a watcher
 * behind. The watcher blocks on descriptor 3, whose other end only the runner holds: end of file means that the
 * runner is gone, however it died. It then kills every process that carries the marker, until a scan finds none,
 * also when konsole died at the same time and nobody else is left to do it.
 *
 * The marker is set by the exec'ed agent alone, so the watcher does not find itself; it names the run that started
 * this agent, so the watcher of an earlier agent does not find a later one.
 */
export const LIFELINE = `
marker=$1; shift
(
  trap '' HUP INT TERM
  exec </dev/null >/dev/null 2>&1
  read -r _ <&3
  exec 3<&-
  tries=0
  while [ "$tries" -lt 200 ]; do
    if [ -r /proc/self/environ ]; then
      pids=$(grep -lzxF "KONUI_MARKER=$marker" /proc/[0-9]*/environ 2>/dev/null | sed 's|/proc/||; s|/environ||')
    else
      pids=$(ps -axww -E -o pid=,stat=,command= | grep -F " KONUI_MARKER=$marker" | grep -v grep | awk '$2 !~ /^Z/ { print $1 }')
    fi
    [ -n "$pids" ] || exit 0
    kill -KILL $pids 2>/dev/null
    tries=$((tries + 1))
    sleep 0.05 2>/dev/null || sleep 1
  done
) &
KONUI_MARKER=$marker
export KONUI_MARKER
exec "$@" 3<&-
`;
