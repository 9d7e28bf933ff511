/** Tells which files may hold configs between other things, cheaply: most files of a directory do not. */
import { plainName } from '../../servers/detection/names.ts';

/** A language whose files may hold configs. */
export type Holder = 'yaml';

/** Words without which a text holds no config, or none that anything could be said of. */
const words =
  /\b(?:proxy_(?:pass|set_header|read_timeout|connect_timeout|send_timeout|buffering|http_version)|server_name|worker_(?:processes|connections)|add_header|listen|location|upstream|rewrite|return|ssl_\w{3,20}|client_max_body_size|(?:fastcgi|uwsgi|grpc)_pass|server_tokens|more_set_headers|limit_req|ProxyPass|ServerName|VirtualHost|Rewrite(?:Rule|Engine)|RequestHeader|LoadModule|SSLEngine|SSLProtocol|Directory|protocols|daemon|include)\b/;

/** Undefined for a file that is read as it stands, if at all. */
export function holderOf(path: string, text: string): Holder | undefined {
  const holder = holderByName(path);
  return holder && words.test(text) ? holder : undefined;
}

function holderByName(path: string): Holder | undefined {
  const name = plainName(path);
  if (/\.ya?ml$/.test(name)) return 'yaml';
  return undefined;
}
