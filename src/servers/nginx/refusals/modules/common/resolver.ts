import { placeIn, type Directive, type Word } from '../../../../../syntax/tree.ts';
import { formatVersion, isBefore } from '../../../../../model/versions.ts';
import { serverAddress } from '../../../meaning/address.ts';
import { anyText, checkParameters, onOff, seconds, type Parameters } from '../../parameters.ts';
import { refuseForm, refuseLack } from '../../refuse.ts';
import type { NginxCheck, Run } from '../../run.ts';

const parameters: Parameters = {
  'valid=': seconds,
  'ipv4=': onOff,
  'ipv6=': onOff,
  'status_zone=': anyText,
};

/** `ngx_resolver_create`. */
export const resolver: NginxCheck = (directive, run) => {
  const options = directive.args.filter(({ value }) => value.includes('='));
  const known = options.filter((word) => !isNewer(run, directive, word));
  checkParameters(run, directive, known, parameters);
  const off = options.filter(({ value }) => /^ipv[46]=off$/.test(value));
  if (off.some(({ value }) => value === 'ipv4=off') && off.some(({ value }) => value === 'ipv6=off'))
    refuseForm(run, directive, off.at(-1)!, 'possible beside the other one: one family of addresses must be left');
  if (directive.args.every(({ value }) => /^(?:valid|ipv[46]|status_zone)=/.test(value))) {
    refuseLack(run, directive, 'the address of a name server');
  }
  for (const word of directive.args) {
    const fault = word.value.includes('=') ? undefined : serverAddress(word.value).fault;
    if (fault) refuseForm(run, directive, word, fault);
  }
};

/** An older version takes the parameter for the name of a host. */
function isNewer(run: Run, directive: Directive, word: Word): boolean {
  const version = '1.23.1';
  if (!word.value.startsWith('ipv4=') || !isBefore(run.version, version)) return false;
  const data = { name: directive.key, value: word.value, version, target: formatVersion(run.version) };
  run.refusals.report({ rule: 'needs-newer-version', message: 'value', at: placeIn(directive, word), data });
  return true;
}
