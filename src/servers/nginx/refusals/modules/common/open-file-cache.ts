import { checkParameters, positive, seconds, type Parameters } from '../../parameters.ts';
import { refuseLack } from '../../refuse.ts';
import type { NginxCheck } from '../../run.ts';

const parameters: Parameters = { 'max=': positive, 'inactive=': seconds, off: undefined };
const logParameters: Parameters = { ...parameters, 'valid=': seconds, 'min_uses=': positive };

export const openFileCache: NginxCheck = (directive, run) => {
  checkParameters(run, directive, directive.args, parameters);
  checkMaximum(directive, run);
};

const checkMaximum: NginxCheck = (directive, run) => {
  if (!directive.args.some(({ value }) => value === 'off' || value.startsWith('max='))) {
    refuseLack(run, directive, 'the parameter "max="');
  }
};

export const openLogFileCache: NginxCheck = (directive, run) => {
  checkParameters(run, directive, directive.args, logParameters);
  checkMaximum(directive, run);
};
