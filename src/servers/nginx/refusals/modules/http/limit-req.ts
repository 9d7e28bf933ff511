import { checkParameters, anyText, matching, parameter, positive, zone, type Parameters } from '../../parameters.ts';
import { refuseLack } from '../../refuse.ts';
import type { ModuleChecks, NginxCheck } from '../../run.ts';
import { useLimit } from '../common/limits.ts';
import { defineZone } from '../common/zones.ts';

const zoneParameters: Parameters = {
  'zone=': zone(8),
  'rate=': matching('a rate such as "10r/s" or "30r/m"', /^0*[1-9]\d*(r\/[sm])?$/),
  sync: undefined,
};

const limitReqZone: NginxCheck = (directive, run) => {
  checkParameters(run, directive, directive.args.slice(1), zoneParameters);
  defineZone(run, directive, parameter(directive, 'zone'));
};

const parameters: Parameters = { 'zone=': anyText, 'burst=': positive, 'delay=': positive, nodelay: undefined };

const limitRequest: NginxCheck = (directive, run) => {
  checkParameters(run, directive, directive.args, parameters);
  const name = parameter(directive, 'zone');
  if (name === undefined) refuseLack(run, directive, 'the parameter "zone="');
  else useLimit(run, directive, name, 'limit_req_zone');
};

export const limitReq: ModuleChecks = { directives: { limit_req_zone: limitReqZone, limit_req: limitRequest } };
