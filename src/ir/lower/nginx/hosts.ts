import type { Version } from '../../../versions.ts';
import {
  unknown,
  type Listener,
  type Route,
  type ServerName,
  type Tls,
  type Unknown,
  type VirtualHost,
} from '../../model.ts';
import type { Directive } from '../../syntax.ts';
import { defaultListen, listenOf, type ListenSpec } from './listen.ts';
import { serverNames } from './names.ts';
import { routesOf, type RouteContext } from './routes.ts';
import type { NginxScope } from './scope.ts';
import { NginxTls } from './tls.ts';

/** A `server`, or the unseen one around a fragment of it. Names and routes are read when they are asked for. */
export class NginxHost implements VirtualHost {
  readonly directive: Directive | undefined;
  readonly scope: NginxScope;
  readonly listeners: Listener[] = [];
  readonly tls: Tls;
  readonly #context: RouteContext;
  #names: readonly ServerName[] | undefined;
  #routes: readonly Route[] | undefined;

  constructor(scope: NginxScope, context: RouteContext, target: Version | undefined) {
    this.directive = scope.directive;
    this.scope = scope;
    this.#context = context;
    this.tls = new NginxTls(scope, target, () => this.#tlsEnabled(), this);
  }

  get names(): readonly ServerName[] {
    return (this.#names ??= serverNames(this.scope.own('server_name')));
  }

  get routes(): readonly Route[] {
    return (this.#routes ??= routesOf(this, this.#context));
  }

  get overTls(): boolean | Unknown {
    if (this.listeners.length === 0) return unknown;
    const first = this.listeners[0]!.tls;
    return this.listeners.every(({ tls }) => tls === first) ? first : unknown;
  }

  /** Where it listens; a server without `listen` gets nginx's own, unless an include may hold one. */
  listens(): readonly ListenSpec[] {
    const specs = this.scope.own('listen').map(listenOf);
    if (specs.length > 0) return specs;
    return this.directive && !this.scope.open ? [defaultListen] : [];
  }

  /** `ssl on`, which nginx before 1.25.1 knows. */
  get sslOn(): boolean {
    return this.scope.effective('ssl').at(-1)?.args[0]?.value === 'on';
  }

  #tlsEnabled(): boolean | Unknown {
    if (this.listeners.some(({ tls }) => tls)) return true;
    return this.listeners.length === 0 ? unknown : false;
  }
}
