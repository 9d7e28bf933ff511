import { checkParameters, parameter, positive, seconds, type Parameters } from '../../parameters.ts';
import { refuseLack } from '../../refuse.ts';
import type { NginxCheck } from '../../run.ts';

const parameters: Parameters = { 'max=': positive, 'inactive=': seconds, 'valid=': seconds, off: undefined };

/** `ngx_http_ssl_certificate_cache`, and those of backends and of stream. */
export const certificateCache: NginxCheck = (directive, run) => {
  checkParameters(run, directive, directive.args, parameters);
  if (directive.args.some(({ value }) => value === 'off') || parameter(directive, 'max') !== undefined) return;
  refuseLack(run, directive, 'the parameter "max="');
};
