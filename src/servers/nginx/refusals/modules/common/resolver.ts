import { serverAddress } from '../../../meaning/address.ts';
import { anyText, checkParameters, matching, seconds, type Parameters } from '../../parameters.ts';
import { refuseForm, refuseLack } from '../../refuse.ts';
import type { NginxCheck } from '../../run.ts';

const parameters: Parameters = {
  'valid=': seconds,
  'ipv4=': matching('"on" or "off"', /^o(n|ff)$/),
  'ipv6=': matching('"on" or "off"', /^o(n|ff)$/),
  'status_zone=': anyText,
};

/** `ngx_resolver_create`. */
export const resolver: NginxCheck = (directive, run) => {
  const options = directive.args.filter(({ value }) => value.includes('='));
  checkParameters(run, directive, options, parameters);
  if (directive.args.every(({ value }) => /^(?:valid|ipv[46]|status_zone)=/.test(value))) {
    refuseLack(run, directive, 'the address of a name server');
  }
  for (const word of directive.args) {
    const fault = word.value.includes('=') ? undefined : serverAddress(word.value).fault;
    if (fault) refuseForm(run, directive, word, fault);
  }
};
