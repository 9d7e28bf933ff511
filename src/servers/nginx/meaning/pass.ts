/** The directives that hand a request to a backend, and the settings that go with each. */
import { nginxDirectives } from '../facts/index.ts';
import type { ProxyProtocol } from '../../../model/model.ts';

export interface PassDirective {
  readonly key: string;
  /** How its settings begin: `proxy` for `proxy_read_timeout`. */
  readonly family: string;
  readonly protocol: ProxyProtocol;
  /** Those that may stand in front of the address. The first is that of a target without one. */
  readonly schemes: readonly string[];
  /** Whether the address is refused without a scheme. */
  readonly needsScheme: boolean;
  /** Whether a path may follow the address. */
  readonly takesUri: boolean;
  /** The directive that says what the backend is told beside the request; undefined: nothing can be said. */
  readonly teller: string | undefined;
  /** Whether answers go through buffers of its own and may be kept in a cache: `proxy_buffering`, `proxy_cache`. */
  readonly caches: boolean;
}

const table: readonly PassDirective[] = [
  {
    key: 'proxy_pass',
    family: 'proxy',
    protocol: 'http',
    schemes: ['http', 'https'],
    needsScheme: true,
    takesUri: true,
    teller: 'proxy_set_header',
    caches: true,
  },
  ...(['fastcgi', 'uwsgi', 'scgi'] as const).map((family) => ({
    key: `${family}_pass`,
    family,
    protocol: family,
    schemes: family === 'uwsgi' ? ['uwsgi', 'suwsgi'] : [],
    needsScheme: false,
    takesUri: false,
    teller: `${family}_param`,
    caches: true,
  })),
  {
    key: 'grpc_pass',
    family: 'grpc',
    protocol: 'grpc',
    schemes: ['grpc', 'grpcs'],
    needsScheme: false,
    takesUri: false,
    teller: 'grpc_set_header',
    caches: false,
  },
  {
    key: 'memcached_pass',
    family: 'memcached',
    protocol: 'memcached',
    schemes: [],
    needsScheme: false,
    takesUri: false,
    teller: undefined,
    caches: false,
  },
];

/** By name, in the order in which nginx's modules come. */
export const passDirectives: ReadonlyMap<string, PassDirective> = new Map(table.map((pass) => [pass.key, pass]));

export const passKeys: readonly string[] = [...passDirectives.keys()];

/** Those whose target may hold variables: a value that is looked up at run time. */
export function variablePassKeys(): readonly string[] {
  return passKeys.filter((key) => nginxDirectives(key).some(({ variables }) => variables));
}

/** Those with buffers and a cache of their own. */
export const cachingPasses: readonly PassDirective[] = table.filter(({ caches }) => caches);

/** Those whose backend can be told something beside the request, and whose answers have headers that can be hidden. */
export const tellingPasses: readonly PassDirective[] = table.filter(({ teller }) => teller);

/** `proxy_set_header`, `fastcgi_param` and so on. */
export const tellerKeys: readonly string[] = tellingPasses.map(({ teller }) => teller!);

/** Those that speak with scripts: their backend gets parameters instead of headers. */
export const scriptPasses: readonly PassDirective[] = table.filter(({ teller }) => teller?.endsWith('_param'));

/** `fastcgi_param` and so on. */
export const parameterKeys: readonly string[] = scriptPasses.map(({ teller }) => teller!);

/** A setting as each of these calls it: `proxy_buffering`, `fastcgi_buffering`. */
export function settingKeys(passes: readonly PassDirective[], setting: string): readonly string[] {
  return passes.map(({ family }) => `${family}_${setting}`);
}

/** The directive to whose module a setting belongs: `proxy_pass` for `proxy_read_timeout`; undefined for one of another module. */
export function passOf(setting: string): PassDirective | undefined {
  const definitions = nginxDirectives(setting);
  return table.find(({ family }) => definitions.some(({ module }) => module === `ngx_http_${family}_module`));
}
