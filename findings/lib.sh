# Helpers for the findings; sourced, not run. Everything lives in $tmp and listens on the loopback only.
set -u -o pipefail
tmp=$(mktemp -d)
chmod 777 "$tmp"
mkdir "$tmp/htdocs"
logs=$tmp/error.log
pids=()

finish() {
  local pid
  # Each is a process group of its own: sslh leaves listeners behind otherwise.
  for pid in "${pids[@]}"; do kill -- "-$pid" 2>/dev/null; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null; done
  rm -rf "$tmp"
}
trap finish EXIT

fail() {
  echo "CHANGED: $*" >&2
  exit 1
}

# expect WHAT EXPECTED ACTUAL
expect() {
  [ "$2" = "$3" ] || fail "$1: expected [$2], got [$3]"
  echo "ok: $1: $2"
}

# contains WHAT NEEDLE TEXT
contains() {
  case $3 in *"$2"*) echo "ok: $1: $2" ;; *) fail "$1: expected [$2] in [$3]" ;; esac
}

# lacks WHAT NEEDLE TEXT
lacks() {
  case $3 in *"$2"*) fail "$1: did not expect [$2] in [$3]" ;; *) echo "ok: $1: no $2" ;; esac
}

# installed PACKAGE=VERSION...: the Debian packages must be installed in exactly these versions.
installed() {
  local spec version
  for spec in "$@"; do
    version=$(dpkg-query -W -f '${Version}' "${spec%%=*}" 2>/dev/null)
    [ "$version" = "${spec#*=}" ] || fail "needs $spec, installed is ${version:-none}"
  done
}

# unpack PACKAGE=VERSION...: unpacks Debian packages below $tmp/root without installing them.
unpack() {
  local spec
  mkdir -p "$tmp/debs"
  for spec in "$@"; do
    (cd "$tmp/debs" && apt-get -qq -o APT::Sandbox::User=root download "$spec" >/dev/null) || fail "cannot download $spec"
  done
  for spec in "$tmp"/debs/*.deb; do dpkg-deb -x "$spec" "$tmp/root"; done
}

# npm_install PACKAGE@VERSION...: into $tmp/node_modules, without their install scripts; the system's certificates are trusted, too.
npm_install() {
  local certificates=/etc/ssl/certs/ca-certificates.crt
  [ -e "$certificates" ] && export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$certificates}"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tmp" "$@" >/dev/null || fail "cannot install $*"
}

# pip_install PACKAGE==VERSION...: into a virtual environment in $tmp/venv.
pip_install() {
  python3 -m venv "$tmp/venv" && "$tmp/venv/bin/pip" --quiet --disable-pip-version-check install "$@" >/dev/null 2>&1 || fail "cannot install $*"
}

# port: prints a free port of the loopback.
port() {
  node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}

# await_port PORT: waits up to 10 s until somebody listens there.
await_port() {
  local i
  for i in $(seq 100); do
    (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.1
  done
  [ -e "$logs" ] && tail -5 "$logs" >&2
  fail "nobody listens on port $1"
}

# start PORT COMMAND...: runs it until the end of the script.
start() {
  local port=$1
  shift
  setsid "$@" >>"$tmp/out.log" 2>>"$logs" &
  pids+=($!)
  await_port "$port"
}

# backend PORT JAVASCRIPT: a node:http server; the code sees (req, res, head), head being the request line and headers as received.
backend() {
  cat >"$tmp/backend-$1.js" <<JS
const handle = (req, res, head) => { $2 };
require('node:http').createServer((req, res) => {
  const lines = [req.method + ' ' + req.url];
  for (let i = 0; i < req.rawHeaders.length; i += 2) lines.push(req.rawHeaders[i] + ': ' + req.rawHeaders[i + 1]);
  handle(req, res, lines.join('\n') + '\n');
}).listen($1, '127.0.0.1');
JS
  start "$1" node "$tmp/backend-$1.js"
}

# self_signed: a certificate and its key, $tmp/c.pem and $tmp/k.pem.
self_signed() {
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$tmp/k.pem" -out "$tmp/c.pem" -days 2 -subj /CN=a.test 2>/dev/null
}

# fill: copies standard input and replaces each @name@ by the shell variable of that name.
fill() {
  local text name
  text=$(cat)
  while [[ $text =~ @([a-z_0-9]+)@ ]]; do
    name=${BASH_REMATCH[1]}
    text=${text//"@$name@"/${!name}}
  done
  printf '%s\n' "$text"
}

# nginx_conf: writes $tmp/nginx.conf around the content of http {}, read from standard input; load_module lines from $modules.
nginx_conf() {
  nginx_conf_raw < <(
    echo "http { access_log off; types { text/html html; text/plain txt; } client_body_temp_path $tmp/body; root $tmp/htdocs;"
    cat
    echo '}'
  )
}

# nginx_conf_raw: the same with whole blocks.
nginx_conf_raw() {
  {
    echo "${modules:-} daemon off; worker_processes 1; pid $tmp/nginx.pid; error_log $logs info;"
    [ "$(id -u)" = 0 ] && echo 'user root;'
    echo 'events { worker_connections 64; }'
    fill
  } >"$tmp/nginx.conf"
}

# nginx_run PORT, nginx_test: after nginx_conf; the test prints what `nginx -t` says.
nginx_run() { start "$1" nginx -c "$tmp/nginx.conf" -e "$logs"; }
nginx_test() { nginx -t -c "$tmp/nginx.conf" -e "$logs" 2>&1; }

# httpd_conf "MODULE...": writes $tmp/httpd.conf around the configuration from standard input.
httpd_conf() {
  local module
  {
    printf '%s\n' "ServerRoot $tmp" "PidFile $tmp/httpd.pid" "DefaultRuntimeDir $tmp" "ErrorLog $logs"
    printf '%s\n' 'User nobody' 'ServerName main.test' "DocumentRoot $tmp/htdocs"
    for module in mpm_event authz_core $1; do echo "LoadModule ${module}_module /usr/lib/apache2/modules/mod_$module.so"; done
    fill
  } >"$tmp/httpd.conf"
}

# httpd_run PORT, httpd_test: after httpd_conf; the test prints what `apache2 -t` says.
httpd_run() { start "$1" apache2 -X -f "$tmp/httpd.conf"; }
httpd_test() { apache2 -t -f "$tmp/httpd.conf" 2>&1; }

# get ARGUMENT...: the answer's body; status: its status; headers: its headers without CR.
get() { curl -s -m 10 "$@"; }
status() { curl -s -m 10 -o /dev/null -w '%{http_code}' "$@"; }
headers() { curl -s -m 10 -o /dev/null -D - "$@" | tr -d '\r'; }

# header NAME ARGUMENT...: the value of one response header, or nothing.
header() {
  local name=$1
  shift
  headers "$@" | sed -n "s/^$name: //Ip"
}

# line NAME TEXT: the value of the line "NAME: value" in what a backend echoed.
line() { printf '%s\n' "$2" | sed -n "s/^$1: //Ip"; }

# raw PORT TEXT: sends the text, in which \r and \n stand for CR and LF, and prints the answer; at most 10 s.
raw() {
  node -e '
    const [port, text] = process.argv.slice(1);
    const s = require("node:net").connect(Number(port), "127.0.0.1");
    s.write(text.replaceAll("\\r", "\r").replaceAll("\\n", "\n").replaceAll("\\0", "\0"));
    s.on("data", (d) => process.stdout.write(d)).on("error", () => {}).on("close", () => process.exit());
    setTimeout(() => s.destroy(), 10000);
  ' "$1" "$2"
}
