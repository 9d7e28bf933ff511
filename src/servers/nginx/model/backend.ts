import { isBefore, type Version } from '../../../model/versions.ts';
import { unknown, type Backend, type Fact, type Handler, type WebSocket } from '../../../model/model.ts';
import { HeaderSets, keepaliveByDefault } from './headers.ts';
import type { Maps } from '../meaning/maps.ts';
import type { NginxScope } from '../meaning/scope.ts';
import { webSocketOf } from './websocket.ts';

const noUpgrade: WebSocket = { state: 'none', missing: [] };

/** Says what the backends of one config receive. */
export class Backends {
  readonly #target: Version | undefined;
  readonly #maps: Maps;
  readonly #sets: HeaderSets;

  constructor(target: Version | undefined, maps: Maps) {
    this.#target = target;
    this.#maps = maps;
    this.#sets = new HeaderSets(target);
  }

  of(scope: NginxScope, handler: Handler): Backend | undefined {
    if (handler.kind !== 'proxy') return undefined;
    if (handler.protocol === 'grpc') return this.#backend(scope, 'grpc_set_header');
    return handler.protocol === 'http' ? this.#backend(scope, 'proxy_set_header') : undefined;
  }

  #backend(scope: NginxScope, key: string): Backend {
    const { headers, lost, lostBy, setBy } = this.#sets.at(scope, key);
    const overHttp = key === 'proxy_set_header';
    const httpVersion = overHttp ? this.#httpVersion(scope) : fact('2');
    const certainty = scope.certainty(key);
    const settings = { scope, headers, httpVersion, certainty, maps: this.#maps, target: this.#target };
    const websocket = overHttp ? webSocketOf(settings) : noUpgrade;
    return { headers, lost, lostBy, setBy, httpVersion, websocket, certainty };
  }

  #httpVersion(scope: NginxScope): Fact<string> {
    const level = scope.level('proxy_http_version');
    const origin = level?.own('proxy_http_version').at(-1);
    if (level && origin) return { value: origin.args[0]?.value ?? unknown, origin, inherited: level !== scope };
    if (!this.#target) return fact(unknown);
    return fact(isBefore(this.#target, keepaliveByDefault) ? '1.0' : '1.1');
  }
}

function fact(value: string | typeof unknown): Fact<string> {
  return { value, origin: 'default', inherited: false };
}
