#!/bin/bash
# nginx: proxy_buffering does not hold a stream of events back that the backend sends in HTTP/1.1.
# Guess: with "proxy_buffering on" events wait until a buffer is full or the answer ends, whatever the version.
# Seen (nginx 1.22.1, 2026-12-01): over HTTP/1.0, nginx's default before 1.29.7, they do; with proxy_http_version 1.1 each chunk goes on as it comes,
# unless gzip compresses the stream, which waits for the end again.
. "$(dirname "$0")/lib.sh"
installed nginx=1.22.1-9+deb12u11
b=$(port) p=$(port)
backend "$b" '
  res.setHeader("Content-Type", "text/event-stream");
  let left = 3;
  const timer = setInterval(() => (res.write("data: x\n\n"), --left || (clearInterval(timer), res.end())), 500)'
nginx_conf <<'EOF'
server {
  listen 127.0.0.1:@p@;
  location /old { proxy_pass http://127.0.0.1:@b@; }
  location /new { proxy_http_version 1.1; proxy_pass http://127.0.0.1:@b@; }
  location /zip { proxy_http_version 1.1; gzip on; gzip_types text/event-stream; gzip_min_length 0; proxy_pass http://127.0.0.1:@b@; }
}
EOF
nginx_run "$p"
# The pieces in which the answer arrives: one if it was held back.
pieces() {
  node -e '
    const [port, path] = process.argv.slice(1);
    let pieces = 0;
    require("node:http").get({ port, path, headers: { "Accept-Encoding": "gzip" } }, (answer) =>
      answer.on("data", () => pieces++).on("end", () => console.log(pieces === 1 ? "at the end" : "one by one")));
  ' "$p" "$1"
}
expect 'HTTP/1.0 with the backend' 'at the end' "$(pieces /old)"
expect 'HTTP/1.1 with the backend' 'one by one' "$(pieces /new)"
expect 'HTTP/1.1, compressed' 'at the end' "$(pieces /zip)"
