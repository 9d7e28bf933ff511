/** `ngx_http_ssl_module`: certificates that TLS demands. */
import type { Directive } from '../../../../../syntax/tree.ts';
import { childrenNamed, directivesByKey } from '../../../../../syntax/walk.ts';
import { defined } from '../../named-once.ts';
import type { ModuleChecks, Run } from '../../run.ts';
import { sslCiphers } from '../common/ciphers.ts';
import { secureListens } from '../common/listen.ts';
import { sslSessionCache } from '../common/session-cache.ts';

function checkEnd(run: Run): void {
  const inForce = settingsInForce();
  checkCertificates(run, inForce);
  checkKeys(run, inForce);
}

/** `ngx_http_ssl_init`: the default server of a TLS socket needs a certificate. */
function checkCertificates(run: Run, inForce: InForce): void {
  const judged = new Set<string>();
  const known = defined(run);
  for (const { socket, directive } of secureListens(run)) {
    const main = known.get(`default ${socket}`) ?? known.get(`first ${socket}`) ?? directive;
    const server = main.parent.owner;
    if (!socket.startsWith('http ') || judged.has(socket) || !server) continue;
    judged.add(socket);
    const rejects = inForce(server, 'ssl_reject_handshake').some(({ args }) => /^on$/i.test(args[0]?.value ?? ''));
    if (rejects || inForce(server, 'ssl_certificate').length > 0) continue;
    run.refusals.report({ rule: 'missing-directive', message: 'certificate', at: main });
  }
}

/** `ngx_http_ssl_merge_srv_conf`: each certificate needs a key. */
function checkKeys({ config, refusals }: Run, inForce: InForce): void {
  for (const server of directivesByKey(config.file.root).get('server') ?? []) {
    if (server.parent.owner?.key !== 'http') continue;
    const certificates = inForce(server, 'ssl_certificate');
    if (certificates.length <= inForce(server, 'ssl_certificate_key').length) continue;
    refusals.report({ rule: 'missing-directive', message: 'certificateKey', at: certificates.at(-1)! });
  }
}

type InForce = (server: Directive, key: string) => readonly Directive[];

/** Those of the server, else those of `http`, which are looked up once for all its servers. */
function settingsInForce(): InForce {
  const outer = new Map<string, { readonly http: Directive; readonly found: readonly Directive[] }>();
  return (server, key) => {
    const own = childrenNamed(server.block, key);
    const http = server.parent.owner;
    if (own.length > 0 || !http) return own;
    let known = outer.get(key);
    if (known?.http !== http) outer.set(key, (known = { http, found: childrenNamed(http.block, key) }));
    return known.found;
  };
}

export const httpSsl: ModuleChecks = {
  directives: { ssl_ciphers: sslCiphers, ssl_session_cache: sslSessionCache },
  end: checkEnd,
};
