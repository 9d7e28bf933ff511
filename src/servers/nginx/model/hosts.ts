import type { Version } from '../../../model/versions.ts';
import {
  unknown,
  type Listener,
  type Route,
  type ServerName,
  type Tls,
  type Unknown,
  type VirtualHost,
} from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { serverNames } from '../meaning/names.ts';
import { routesOf, type RouteContext } from './routes.ts';
import type { NginxScope } from '../meaning/scope.ts';
import { NginxTls } from './tls.ts';
import { isOn } from '../meaning/settings.ts';

/** A `server`, or the unseen one around a fragment of it. Names and routes are read when they are asked for. */
export class NginxHost implements VirtualHost {
  readonly directive: Directive | undefined;
  readonly scope: NginxScope;
  readonly listeners: Listener[] = [];
  readonly #target: Version | undefined;
  #tls: Tls | undefined;
  readonly #context: RouteContext;
  #names: readonly ServerName[] | undefined;
  #routes: readonly Route[] | undefined;

  constructor(scope: NginxScope, context: RouteContext, target: Version | undefined) {
    this.directive = scope.directive;
    this.scope = scope;
    this.#context = context;
    this.#target = target;
  }

  get tls(): Tls {
    return (this.#tls ??= new NginxTls(this.scope, this.#target, this));
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

  /** `ssl on`, which nginx before 1.25.1 knows. */
  get sslOn(): boolean {
    return isOn(this.scope, 'ssl');
  }
}
