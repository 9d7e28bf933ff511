/** TLS towards backends: `ngx_http_proxy_set_ssl` and its like. */
import type { Block, Directive } from '../../../../../syntax/tree.ts';
import { levelOf, mergedLevels, settingInForce, surety } from '../../in-force.ts';
import { isOn } from '../../../meaning/settings.ts';
import { remembered, type NginxCheck, type Run } from '../../run.ts';

interface Level {
  readonly prefix: string;
  readonly block: Block;
  /** The directive that makes the level speak TLS. */
  readonly pass: Directive;
}

const levels = remembered((): Level[] => []);

/** Notes a `proxy_pass`, `uwsgi_pass` or `grpc_pass` whose scheme is one with TLS. */
export function noteSecurePass(prefix: string, scheme: RegExp): NginxCheck {
  return (pass, run) => {
    if (scheme.test(pass.args[0]?.value ?? '')) levels(run).push({ prefix, block: levelOf(pass, run), pass });
  };
}

/** `proxy_ssl on` of stream. */
export const noteSecureStream: NginxCheck = (directive, run) => {
  if (!isOn(directive)) return;
  for (const block of mergedLevels(run, levelOf(directive, run)))
    levels(run).push({ prefix: 'proxy', block, pass: directive });
};

export function checkBackendTls(run: Run): void {
  const reported = new Set<Directive>();
  for (const { prefix, block, pass } of levels(run)) {
    const setting = (name: string): Directive | undefined => settingInForce(run, block, `${prefix}_ssl_${name}`);
    const lacks = (directive: Directive, needed: string): void => {
      if (reported.has(directive)) return;
      reported.add(directive);
      run.refusals.report({
        rule: 'missing-directive',
        message: 'beside',
        at: directive,
        data: { name: directive.key, needed: `${prefix}_ssl_${needed}` },
        related: [{ at: pass, message: 'TLS is spoken here' }],
        ...surety(run),
      });
    };
    const certificate = setting('certificate');
    if (certificate?.args[0]?.value && !setting('certificate_key')) lacks(certificate, 'certificate_key');
    const verify = setting('verify');
    if (isOn(verify) && !setting('trusted_certificate')) lacks(verify!, 'trusted_certificate');
  }
}
