import { hasVariable, parseTime } from '../../../meaning/values.ts';
import { refuseChoice, refuseForm } from '../../refuse.ts';
import type { ModuleChecks, NginxCheck } from '../../run.ts';

const day = 86_400;

/** `ngx_http_parse_expires`. */
const expires: NginxCheck = (directive, run) => {
  const { args } = directive;
  const isModified = args.length === 2;
  if (isModified && args[0]!.value !== 'modified') refuseChoice(run, directive, args[0]!, '"modified" before a time');
  const word = args.at(-1)!;
  if (hasVariable(word.value) || (!isModified && /^(?:epoch|max|off)$/.test(word.value))) return;
  const daily = word.value.startsWith('@');
  const time = parseTime(word.value.replace(/^[@+-]/, ''), true);
  if (Number.isNaN(time) || (daily && (isModified || time > day))) {
    refuseForm(run, directive, word, '"epoch", "max", "off", a time such as "30d", or a time of day such as "@15h"');
  }
};

const header: NginxCheck = (directive, run) => {
  const third = directive.args[2];
  if (third && third.value !== 'always') refuseChoice(run, directive, third, '"always" after the value');
};

export const headersFilter: ModuleChecks = { directives: { expires, add_header: header, add_trailer: header } };
