/** Tells which files may hold configs between other things, cheaply: most files of a directory do not. */
import { plainName } from '../../servers/detection/names.ts';
import { wordTable } from '../../text/word-table.ts';

/** A language whose files may hold configs. */
export type Holder = 'yaml' | 'shell' | 'dockerfile' | 'nix' | 'terraform' | 'puppet';

/** Words without which a text holds no config, or none that anything could be said of. */
const words =
  /\b(?:proxy_(?:pass|set_header|read_timeout|connect_timeout|send_timeout|buffering|http_version)|server_name|worker_(?:processes|connections)|add_header|listen|location|upstream|rewrite|return|ssl_\w{3,20}|client_max_body_size|(?:fastcgi|uwsgi|grpc)_pass|server_tokens|more_set_headers|limit_req|ProxyPass|ServerName|VirtualHost|Rewrite(?:Rule|Engine)|RequestHeader|LoadModule|SSLEngine|SSLProtocol|Directory|protocols|daemon|include|extraConfig|snippets?)\b/;

/** Undefined for a file that is read as it stands, if at all. */
export function holderOf(path: string, text: string): Holder | undefined {
  const holder = holderByName(path, text);
  return holder && words.test(text) ? holder : undefined;
}

function holderByName(path: string, text: string): Holder | undefined {
  const name = plainName(path);
  if (/^(?:dockerfile|containerfile)(?:\.|$)|\.(?:dockerfile|containerfile)$/.test(name)) return 'dockerfile';
  const dot = name.lastIndexOf('.');
  if (dot > 0) return byEnding[name.slice(dot + 1)];
  return text.startsWith('#!') && /\b(?:ba|da|k|z)?sh\b/.test(text.slice(0, 60).split('\n', 1)[0]!)
    ? 'shell'
    : undefined;
}

const byEnding: Readonly<Record<string, Holder | undefined>> = wordTable({
  yaml: 'yaml',
  yml: 'yaml',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  ksh: 'shell',
  nix: 'nix',
  tf: 'terraform',
  hcl: 'terraform',
  nomad: 'terraform',
  pp: 'puppet',
});
