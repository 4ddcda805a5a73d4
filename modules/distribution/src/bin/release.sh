# shellcheck shell=sh
# shellcheck disable=SC2034 # for the launcher, which sources it
release_version='${project.version}'
release_commit='${linfhash.commit}'
