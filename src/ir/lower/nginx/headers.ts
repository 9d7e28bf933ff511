import { unknown, type HeaderOp } from '../../model.ts';
import type { Directive } from '../../syntax.ts';
import { isBefore, type Version } from '../../../versions.ts';
import type { NginxScope } from './scope.ts';

/** The version that speaks HTTP/1.1 to backends and sends no `Connection` by itself. */
export const keepaliveByDefault = '1.29.7';

/** The request headers that one level's list of `proxy_set_header` makes. */
export interface HeaderSet {
  readonly headers: ReadonlyMap<string, HeaderOp>;
  readonly lost: readonly HeaderOp[];
  readonly lostBy: Directive | undefined;
  readonly setBy: NginxScope | undefined;
}

/** Headers of the client that nginx never passes on by itself; see ngx_http_proxy_headers in ngx_http_proxy_module.c. */
const dropped = ['Upgrade', 'Keep-Alive', 'TE', 'Expect', 'Proxy-Connection'];

/** Computes each list once: all routes below a level that sets headers share its set. */
export class HeaderSets {
  readonly #target: Version | undefined;
  readonly #sets = new Map<string, Map<NginxScope | undefined, HeaderSet>>();

  constructor(target: Version | undefined) {
    this.#target = target;
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
    const headers = this.#defaults();
    if (!level) return { headers, lost: [], lostBy: undefined, setBy: undefined };
    const own = level.own(key);
    for (const directive of own) {
      const op = headerOp(directive);
      if (!op) continue;
      // In the order of the config, after the defaults that are left.
      headers.delete(op.name.toLowerCase());
      headers.set(op.name.toLowerCase(), op);
    }
    const lost = this.#lost(level, key, headers);
    return { headers, lost, lostBy: lost.length > 0 ? own[0] : undefined, setBy: level };
  }

  /** What the next outer list sets, this one does not, and the server does not do by itself either. */
  #lost(level: NginxScope, key: string, headers: ReadonlyMap<string, HeaderOp>): HeaderOp[] {
    const outer = level.outer && this.at(level.outer, key);
    if (!outer?.setBy) return [];
    return [...outer.headers].flatMap(([name, op]) => {
      const here = headers.get(name);
      const replaced = here !== undefined && here.origin !== 'default';
      const same = here !== undefined && here.action === op.action && here.value === op.value;
      return op.origin === 'default' || replaced || same ? [] : op;
    });
  }

  #defaults(): Map<string, HeaderOp> {
    const defaults = new Map<string, HeaderOp>();
    const add = (name: string, action: HeaderOp['action'], value: HeaderOp['value']): void => {
      defaults.set(name.toLowerCase(), { name, action, value, origin: 'default' });
    };
    add('Host', 'set', '$proxy_host');
    if (!this.#target) add('Connection', 'set', unknown);
    else if (isBefore(this.#target, keepaliveByDefault)) add('Connection', 'set', 'close');
    else add('Connection', 'unset', '');
    for (const name of dropped) add(name, 'unset', '');
    return defaults;
  }
}

function headerOp(directive: Directive): HeaderOp | undefined {
  const [name, value] = directive.args;
  if (!name || !value) return undefined;
  const isEmpty = value.value === '';
  return { name: name.value, action: isEmpty ? 'unset' : 'set', value: value.value, origin: directive };
}
