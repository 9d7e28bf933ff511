/** Directives that define a variable and do nothing else that can be refused. */
import { mapHash } from './hash-size.ts';
import { checkDefinition } from '../../variables.ts';
import type { ModuleChecks, NginxCheck } from '../../run.ts';

const defines =
  (index: number): NginxCheck =>
  (directive, run) =>
    checkDefinition(run, directive, directive.args[index]!);

export const map: ModuleChecks = { directives: { ...mapHash, map: defines(1) } };
export const splitClients: ModuleChecks = { directives: { split_clients: defines(1) } };
export const authRequest: ModuleChecks = { directives: { auth_request_set: defines(0) } };
export const streamSet: ModuleChecks = { directives: { set: defines(0) } };

const definesLast: NginxCheck = (directive, run) => checkDefinition(run, directive, directive.args.at(-1)!);

export const geo: ModuleChecks = { directives: { geo: definesLast } };
