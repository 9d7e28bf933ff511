/** What `limit_req` and `limit_conn` have alike. */
import type { Directive, Word } from '../../../../../syntax/tree.ts';
import { parseNumber } from '../../../meaning/values.ts';
import { firstOf } from '../../named-once.ts';
import { checkParameters, parameter, zone, type Parameters } from '../../parameters.ts';
import { refuseForm } from '../../refuse.ts';
import { blockOf, type ModuleChecks, type NginxCheck, type Run } from '../../run.ts';
import { defineZone, useZone } from './zones.ts';

/** A level may have one limit a zone. */
export function useLimit(run: Run, directive: Directive, name: string, definer: string): void {
  const first = firstOf(run, `${directive.key} ${blockOf(directive, run)} ${name}`, directive);
  if (first) {
    const related = [{ at: first, message: `"${directive.key}" is first set here` }];
    run.refusals.report({
      rule: 'duplicate-directive',
      message: 'repeated',
      at: directive,
      data: { name: directive.key },
      related,
    });
  }
  useZone(run, directive, name, definer);
}

const limitConnZoneParameters: Parameters = { 'zone=': zone(8) };

const limitConnZone: NginxCheck = (directive, run) => {
  checkParameters(run, directive, directive.args.slice(1), limitConnZoneParameters);
  defineZone(run, directive, parameter(directive, 'zone'));
};

const limitConnection: NginxCheck = (directive, run) => {
  const [name, connections] = directive.args as readonly [Word, Word];
  const number = parseNumber(connections.value);
  if (!(number > 0 && number < 65_536))
    refuseForm(run, directive, connections, 'a number of connections from 1 to 65535');
  useLimit(run, directive, name.value, 'limit_conn_zone');
};

/** `ngx_http_limit_conn_module` and `ngx_stream_limit_conn_module`. */
export const limitConn: ModuleChecks = { directives: { limit_conn_zone: limitConnZone, limit_conn: limitConnection } };
