import { unknown, type HeaderOp } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { isBefore, type Version } from '../../../model/versions.ts';
import { HeaderTable } from './header-table.ts';
import type { NginxScope } from '../meaning/scope.ts';
import { bareVariables } from '../meaning/values.ts';

/** The version that speaks HTTP/1.1 to backends and sends no `Connection` by itself. */
export const keepaliveByDefault = '1.29.7';

/** The request headers that one level's list of `proxy_set_header` makes. */
export interface HeaderSet {
  readonly headers: HeaderTable;
  readonly lost: readonly HeaderOp[];
  readonly lostBy: Directive | undefined;
  readonly setBy: NginxScope | undefined;
}

/** Headers of the client that nginx never passes on by itself; see ngx_http_proxy_headers in ngx_http_proxy_module.c. */
const dropped = ['Upgrade', 'Keep-Alive', 'TE', 'Expect', 'Proxy-Connection'];

/** Computes each list once: all routes below a level that sets headers share its set. */
export class HeaderSets {
  readonly #defaults: ReadonlyMap<string, HeaderOp>;
  readonly #sets = new Map<string, Map<NginxScope | undefined, HeaderSet>>();

  constructor(target: Version | undefined) {
    this.#defaults = defaultsOf(target);
  }

  /** `key`: `proxy_set_header` or `grpc_set_header`. */
  at(scope: NginxScope, key: string): HeaderSet {
    const level = scope.level(key);
    let sets = this.#sets.get(key);
    if (!sets) this.#sets.set(key, (sets = new Map()));
    let set = sets.get(level);
    if (!set) sets.set(level, (set = this.#compute(level, key)));
    return set;
  }

  #compute(level: NginxScope | undefined, key: string): HeaderSet {
    const own = level?.own(key) ?? [];
    const ops: HeaderOp[] = [];
    for (const directive of own) {
      const op = headerOp(directive);
      if (op) ops.push(op);
    }
    const headers = new HeaderTable(ops, this.#defaults);
    const lost = level ? this.#lost(level, key, headers) : none;
    return { headers, lost, lostBy: lost.length > 0 ? own[0] : undefined, setBy: level };
  }

  /** What the next outer list sets, this one does not, and the server does not do by itself either. */
  #lost(level: NginxScope, key: string, headers: HeaderTable): readonly HeaderOp[] {
    const outer = level.outer && this.at(level.outer, key);
    if (!outer?.setBy) return none;
    return [...outer.headers].flatMap(([name, op]) => {
      const here = headers.get(name);
      const replaced = here !== undefined && here.origin !== 'default';
      const same = here !== undefined && here.action === op.action && here.value === op.value;
      return op.origin === 'default' || replaced || same ? [] : op;
    });
  }
}

const none: readonly HeaderOp[] = [];

function defaultsOf(target: Version | undefined): ReadonlyMap<string, HeaderOp> {
  const defaults = new Map<string, HeaderOp>();
  const add = (name: string, action: HeaderOp['action'], value: HeaderOp['value']): void => {
    defaults.set(name.toLowerCase(), { name, action, value, origin: 'default' });
  };
  add('Host', 'set', '$proxy_host');
  if (!target) add('Connection', 'set', unknown);
  else if (isBefore(target, keepaliveByDefault)) add('Connection', 'set', 'close');
  else add('Connection', 'unset', '');
  for (const name of dropped) add(name, 'unset', '');
  return defaults;
}

function headerOp(directive: Directive): HeaderOp | undefined {
  const [name, value] = directive.args;
  if (!name || !value) return undefined;
  const isEmpty = value.value === '';
  return { name: name.value, action: isEmpty ? 'unset' : 'set', value: bareVariables(value.value), origin: directive };
}
