# shellcheck shell=bash
# Sourced by fetch-runtime and test-fresh: the package sources of this machine's apt. This repository names no mirror.

# Lines "URI SUITE" of every source, one-line or deb822, that is enabled and offers the component "main".
apt_sources() {
  local list
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$list" ] || continue
    sed -e 's/#.*//' -e 's/\[[^]]*\]//' "$list" |
      awk '$1 == "deb" && (" " $0 " ") ~ / main / { print $2, $3 }'
  done
  for list in /etc/apt/sources.list.d/*.sources; do
    [ -f "$list" ] || continue
    sed -e '/^#/d' "$list" | awk '
      function flush_stanza() {
        if ((" " field["components"] " ") ~ / main / && (" " field["types"] " ") ~ / deb / &&
            tolower(field["enabled"]) !~ /no|false|0/) {
          uri_count = split(field["uris"], uris, " "); suite_count = split(field["suites"], suites, " ")
          for (i = 1; i <= uri_count; i++) for (j = 1; j <= suite_count; j++) print uris[i], suites[j]
        }
        delete field; name = ""
      }
      /^[ \t]*$/ { flush_stanza(); next }
      /^[ \t]/ { field[name] = field[name] " " $0; gsub(/[ \t]+/, " ", field[name]); next }
      { name = tolower(substr($0, 1, index($0, ":") - 1)); value = substr($0, index($0, ":") + 1)
        gsub(/[ \t]+/, " ", value); field[name] = value }
      END { flush_stanza() }'
  done
}

# The mirrors of the main archive, best first: the sources of the running release's plain suite.
debian_mirrors() {
  local codename
  codename="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")"
  apt_sources | awk -v suite="$codename" '$2 == suite && !seen[$1]++ { print $1 }'
}
