/** Certificates that TLS towards clients demands: `ngx_http_ssl_module` and `ngx_stream_ssl_module`. */
import type { Block, Directive } from '../../../../../syntax/tree.ts';
import { directivesByKey } from '../../../../../syntax/walk.ts';
import { isBefore } from '../../../../../model/versions.ts';
import { levelOf, mergedLevels, ownSettings, settingInForce, settingsInForce, surety } from '../../in-force.ts';
import { isOn, wordOf } from '../../../meaning/settings.ts';
import { parseSize } from '../../../meaning/values.ts';
import { isTemplated } from '../../../../../text/template/placeholder.ts';
import { firstArgument, refuseForm } from '../../refuse.ts';
import { defined } from '../../named-once.ts';
import { remembered, type ModuleChecks, type NginxCheck, type Run } from '../../run.ts';
import { certificateCache } from './certificate-cache.ts';
import { sslCiphers } from './ciphers.ts';
import { listensOf, secureListens } from './listen.ts';
import { sslSessionCache } from './session-cache.ts';

export function checkServerTls(run: Run): void {
  checkVerification(run);
  checkOcsp(run);
  checkCompression(run);
  if (!run.config.serversComplete) return;
  checkCertificates(run);
  checkKeys(run);
}

/** `ngx_http_ssl_init`: the default server of a TLS socket needs a certificate; if it rejects handshakes, each of the others. */
function checkCertificates(run: Run): void {
  const judged = new Set<string>();
  const known = defined(run);
  for (const { socket, directive } of secureListens(run)) {
    const main = known.get(`default ${socket}`) ?? known.get(`first ${socket}`) ?? directive;
    if (!/^(?:http|stream) /.test(socket) || judged.has(socket) || !main.parent.owner) continue;
    judged.add(socket);
    const server = levelOf(main, run);
    if (hasCertificate(run, server)) {
      if (listensOf(run, socket).some(isQuic)) checkQuicProtocols(run, server, main);
      continue;
    }
    const lacking = rejects(run, server)
      ? listensOf(run, socket).filter((it) => !hasCertificate(run, levelOf(it, run)) && !rejects(run, levelOf(it, run)))
      : [main];
    for (const at of lacking) run.refusals.report({ rule: 'missing-directive', message: 'certificate', at });
  }
}

function isQuic({ args }: Directive): boolean {
  return args.some(({ value }) => value === 'quic');
}

/** The default server of a QUIC socket needs TLSv1.3, which is among the protocols unless they are listed without it. */
function checkQuicProtocols(run: Run, server: Block, listen: Directive): void {
  const protocols = settingInForce(run, server, 'ssl_protocols');
  if (!protocols || protocols.args.some(({ value }) => /^TLSv1\.3$/i.test(value) || isTemplated(value))) return;
  const related = [{ at: listen, message: 'the socket with QUIC' }];
  run.refusals.report({ rule: 'missing-directive', message: 'quicProtocol', at: protocols, related });
}

function hasCertificate(run: Run, server: Block): boolean {
  return settingsInForce(run, server, 'ssl_certificate').length > 0;
}

function rejects(run: Run, server: Block): boolean {
  return isOn(settingInForce(run, server, 'ssl_reject_handshake'));
}

/** `ngx_http_ssl_merge_srv_conf`: each certificate needs a key. Older versions of stream ask servers that listen with `ssl`. */
function checkKeys(run: Run): void {
  for (const { block, parent } of directivesByKey(run.config.file.root).get('server') ?? []) {
    const family = parent.owner?.key;
    if (!block || !(family === 'http' || (family === 'stream' && isAsked(run, block)))) continue;
    const certificates = settingsInForce(run, block, 'ssl_certificate');
    if (certificates.length <= settingsInForce(run, block, 'ssl_certificate_key').length) continue;
    run.refusals.report({ rule: 'missing-directive', message: 'certificateKey', at: certificates.at(-1)! });
  }
}

function isAsked(run: Run, server: Block): boolean {
  if (!isBefore(run.version, '1.25.5')) return true;
  return ownSettings(run, server, 'listen').some(({ args }) => args.some(({ value }) => value === 'ssl'));
}

/** The directives that ask clients for certificates. */
const verifications = remembered((): Directive[] => []);

const verifyClient: NginxCheck = (directive, run) => {
  if (['on', 'optional'].includes(wordOf(directive)!)) verifications(run).push(directive);
};

/** From 1.27.2 on a trusted certificate does as well. Nothing is asked of a server without a certificate of its own. */
function checkVerification(run: Run): void {
  const names = ['ssl_client_certificate', ...(isBefore(run.version, '1.27.2') ? [] : ['ssl_trusted_certificate'])];
  for (const directive of verifications(run)) {
    const lacking = mergedLevels(run, levelOf(directive, run)).some(
      (server) =>
        settingInForce(run, server, 'ssl_verify_client') === directive &&
        hasCertificate(run, server) &&
        names.every((name) => !settingInForce(run, server, name)),
    );
    if (!lacking) continue;
    const data = { name: 'ssl_verify_client', needed: 'ssl_client_certificate' };
    run.refusals.report({ rule: 'missing-directive', message: 'beside', at: directive, data, ...surety(run) });
  }
}

const ocspLevels = remembered((): Directive[] => []);

const ocsp: NginxCheck = (directive, run) => {
  if (['on', 'leaf'].includes(wordOf(directive)!)) ocspLevels(run).push(directive);
};

function checkOcsp(run: Run): void {
  for (const directive of ocspLevels(run)) {
    const isLax = mergedLevels(run, levelOf(directive, run)).some(
      (server) =>
        hasCertificate(run, server) &&
        settingInForce(run, server, 'ssl_ocsp') === directive &&
        wordOf(settingInForce(run, server, 'ssl_verify_client')) === 'optional_no_ca',
    );
    if (!isLax) continue;
    const data = { name: 'ssl_ocsp', other: 'ssl_verify_client optional_no_ca' };
    run.refusals.report({ rule: 'conflicting-directives', message: 'together', at: directive, data });
  }
}

const staplings = remembered((): Directive[] => []);

const stapling: NginxCheck = (directive, run) => {
  if (isOn(directive)) staplings(run).push(directive);
};

/** From 1.29.2 on nginx serves certificates with a stapled answer, or compressed ones. */
function checkCompression(run: Run): void {
  if (isBefore(run.version, '1.29.2')) return;
  for (const directive of staplings(run)) {
    const compression = mergedLevels(run, levelOf(directive, run))
      .filter((server) => hasCertificate(run, server) && settingInForce(run, server, 'ssl_stapling') === directive)
      .map((server) => settingInForce(run, server, 'ssl_certificate_compression'))
      .find((setting) => isOn(setting));
    if (!compression) continue;
    const data = { name: 'ssl_stapling', other: 'ssl_certificate_compression' };
    const related = [{ at: compression, message: 'it stands here' }];
    run.refusals.report({ rule: 'conflicting-directives', message: 'together', at: directive, data, related });
  }
}

/** `ngx_http_ssl_ocsp_cache`. */
const ocspCache = firstArgument('"off" or "shared:name:size" with a size of at least 32k', (text) => {
  if (text === 'off') return true;
  const size = /^shared:[^:]+:(.*)$/s.exec(text)?.[1];
  return size !== undefined && parseSize(size) >= 8 * 4096;
});

/** `ssl_alpn` and `proxy_ssl_alpn` of stream. */
export const protocolLengths: NginxCheck = (directive, run) => {
  for (const word of directive.args) {
    if (word.value.length > 255) refuseForm(run, directive, word, 'the name of a protocol, with at most 255 bytes');
  }
};

/** `ngx_http_ssl_module` and `ngx_stream_ssl_module`. */
export const serverSsl: ModuleChecks = {
  directives: {
    ssl_ciphers: sslCiphers,
    ssl_alpn: protocolLengths,
    ssl_certificate_cache: certificateCache,
    ssl_session_cache: sslSessionCache,
    ssl_verify_client: verifyClient,
    ssl_ocsp: ocsp,
    ssl_stapling: stapling,
    ssl_ocsp_cache: ocspCache,
  },
};
