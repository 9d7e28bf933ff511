import type { Block, Directive } from '../../../../syntax/tree.ts';
import { isBefore } from '../../../../model/versions.ts';
import { listenAddress, urlAddress } from '../../meaning/address.ts';
import { levelOf, ownSettings, settingInForce, settingsInForce } from '../in-force.ts';
import { isOn, wordOf } from '../../meaning/settings.ts';
import { mayHold } from '../may-hold.ts';
import { firstArgument, refuseForm } from '../refuse.ts';
import { remembered, type ModuleChecks, type NginxCheck, type Run } from '../run.ts';
import { sslCiphers } from './common/ciphers.ts';
import { errorLog } from './common/error-log.ts';
import { mailListen } from './common/listen.ts';
import { resolver } from './common/resolver.ts';
import { sslSessionCache } from './common/session-cache.ts';

/** The ports from which nginx tells the protocol of a server. */
const protocolPorts = new Set([25, 465, 587, 110, 995, 143, 993]);

const servers = remembered((): Directive[] => []);

/** `ngx_mail_core_server`. */
const server: NginxCheck = (directive, run) => {
  const { block } = directive;
  if (!block || block.close === undefined) return;
  servers(run).push(directive);
  if (isBefore(run.version, '1.13.0') || mayHold(block, ['listen'])) return;
  run.refusals.report({ rule: 'missing-directive', message: 'listen', at: directive });
};

/** What is merged into each server: `ngx_mail_*_merge_srv_conf`. */
function checkServers(run: Run): void {
  if (!run.config.serversComplete) return;
  for (const directive of servers(run)) {
    const block = directive.block!;
    if (!settingInForce(run, block, 'auth_http')) {
      run.refusals.report({ rule: 'missing-directive', message: 'authentication', at: directive });
    }
    const listens = ownSettings(run, block, 'listen');
    if (listens.length > 0 && ownSettings(run, block, 'protocol').length === 0 && !listens.some(tellsProtocol)) {
      run.refusals.report({ rule: 'missing-directive', message: 'protocol', at: directive });
    }
    checkTls(run, block);
  }
}

function tellsProtocol({ args }: Directive): boolean {
  const port = /:(\d+)$/.exec(listenAddress(args[0]?.value ?? '', 0).key ?? args[0]?.value ?? '')?.[1];
  return port === undefined || protocolPorts.has(Number(port));
}

/** `ngx_mail_ssl_merge_conf`. */
function checkTls(run: Run, block: Block): void {
  const starttls = settingInForce(run, block, 'starttls');
  const needing =
    ownSettings(run, block, 'listen').find(({ args }) => args.some(({ value }) => value === 'ssl')) ??
    (isStarted(starttls) ? starttls : undefined) ??
    (isBefore(run.version, '1.25.1') && isOn(settingInForce(run, block, 'ssl'))
      ? settingInForce(run, block, 'ssl')
      : undefined);
  if (!needing) return;
  const certificates = settingsInForce(run, block, 'ssl_certificate').length;
  const keys = settingsInForce(run, block, 'ssl_certificate_key').length;
  if (certificates > 0 && keys >= certificates) {
    checkVerification(run, block);
    return;
  }
  const needed = certificates === 0 ? 'ssl_certificate' : 'ssl_certificate_key';
  const data = { name: needing.key, needed };
  run.refusals.report({ rule: 'missing-directive', message: 'tls', at: needing, data });
}

function checkVerification(run: Run, block: Block): void {
  const verify = settingInForce(run, block, 'ssl_verify_client');
  if (!['on', 'optional'].includes(wordOf(verify)!) || settingInForce(run, block, 'ssl_client_certificate')) return;
  if (!isBefore(run.version, '1.27.2') && settingInForce(run, block, 'ssl_trusted_certificate')) return;
  const data = { name: 'ssl_verify_client', needed: 'ssl_client_certificate' };
  run.refusals.report({ rule: 'missing-directive', message: 'beside', at: verify!, data });
}

function isStarted(starttls: Directive | undefined): boolean {
  return ['on', 'only'].includes(wordOf(starttls)!);
}

/** `ngx_mail_ssl_starttls`, `ngx_mail_ssl_enable`: each refuses what the other has set on the same level. */
const starttls: NginxCheck = (directive, run) => {
  const other = ownSettings(run, levelOf(directive, run), 'ssl').find((each) => isOn(each));
  if (!other || !isStarted(directive) || !isBefore(run.version, '1.25.1')) return;
  const data = { name: 'starttls', other: 'ssl' };
  run.refusals.report({ rule: 'conflicting-directives', message: 'together', at: directive, data });
};

const protocol = firstArgument('"imap", "pop3" or "smtp"', (text) => /^(?:imap|pop3|smtp)$/.test(text));

const authHttp: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  const { fault } = urlAddress(word.value.replace(/^http:\/\//, ''), true);
  if (fault) refuseForm(run, directive, word, fault);
};

export const mailAuthHttp: ModuleChecks = { directives: { auth_http: authHttp } };

export const mailCore: ModuleChecks = {
  directives: { server, protocol, listen: mailListen, error_log: errorLog, resolver },
  end: checkServers,
};
export const mailSsl: ModuleChecks = {
  directives: { ssl_ciphers: sslCiphers, ssl_session_cache: sslSessionCache, starttls },
};
