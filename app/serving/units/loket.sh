#!/bin/sh
# `loket` for the operator: as the service account, and with the settings of its units.
set -a
umask 077
LOKET_HOME=@home@
if [ -r @settings@ ]; then . @settings@; fi
if [ "$(id -un)" = loket ]; then exec @loket@ "$@"; fi
exec runuser -u loket -- @loket@ "$@"
