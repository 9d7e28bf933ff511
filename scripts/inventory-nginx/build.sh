#!/bin/sh
# Builds an nginx with all modules of its source, to be asked by test/inventory/nginx.test.ts: `build.sh FOLDER` with a folder that
# holds the source of an nginx release. Needs gcc, make and the headers of OpenSSL, PCRE2, zlib and libxslt. The program is FOLDER/objs/nginx.
set -eu
cd "$1"
configure=./configure
[ -x "$configure" ] || configure=./auto/configure
"$configure" --with-cc-opt='-O0 -w' --with-compat --with-debug --with-threads \
  --with-http_ssl_module --with-http_v2_module --with-http_v3_module --with-http_realip_module \
  --with-http_addition_module --with-http_xslt_module --with-http_sub_module --with-http_dav_module \
  --with-http_flv_module --with-http_mp4_module --with-http_gunzip_module --with-http_gzip_static_module \
  --with-http_auth_request_module --with-http_random_index_module --with-http_secure_link_module \
  --with-http_degradation_module --with-http_slice_module --with-http_stub_status_module \
  --with-mail --with-mail_ssl_module --with-stream --with-stream_ssl_module --with-stream_realip_module \
  --with-stream_ssl_preread_module
make
