import { apacheModules } from '../facts/index.ts';
import type { Config } from '../../../syntax/config.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { directivesByKey } from '../../../syntax/walk.ts';
import { compareVersions, isBefore, type Version } from '../../../model/versions.ts';

/** Compiled into the server of every distribution; the others are loaded. */
const compiledIn = ['core', 'so', 'http', 'watchdog', 'log_config', 'logio', 'version', 'unixd'];
/** Gone since 2.4. */
const gone = new Set([
  'authn_default',
  'authz_default',
  'mem_cache',
  'imap',
  'disk_cache',
  'authn_alias',
  'auth',
  'access',
]);
/** Built only for other systems or by hand; whether they are there cannot be assumed. */
const special = /^(?:isapi|nw_ssl|privileges|example|mpmt?_|event$|prefork$|worker$|suexec$)/;

const isMpm = /^(?:mpmt?_\w+|event|worker|prefork)$/;

/** Which modules a config has: told by its `LoadModule` lines where it is complete, assumed else. */
export class ApacheModules {
  /** True for what is loaded, unknown for what is loaded under a condition. */
  readonly #loaded: ReadonlyMap<string, true | Unknown> | undefined;
  readonly #known: ReadonlyMap<string, string | undefined>;
  readonly #target: Version | undefined;

  constructor(config: Config, target: Version | undefined) {
    this.#loaded = config.serversComplete && config.level === 'server' ? loadedBy(config) : undefined;
    this.#known = new Map(apacheModules().map(({ name, since }) => [bare(name), since]));
    this.#target = target;
  }

  /** Whether a module is there. `name`: `ssl`, `mod_ssl` or `mod_ssl.c`. */
  has(name: string): boolean | Unknown {
    const module = bare(name);
    if (this.#loaded) {
      const state = this.#loaded.get(module) ?? this.#loaded.get(`mpm_${module}`);
      return state ?? (isMpm.test(module) && !this.#hasMpm ? unknown : false);
    }
    const isOld = this.#target !== undefined && compareVersions(this.#target, [2, 4]) < 0;
    if (gone.has(module)) return isOld ? unknown : false;
    if (special.test(module) || !this.#known.has(module)) return unknown;
    const since = this.#known.get(module);
    return !(since && this.#target && isBefore(this.#target, since));
  }

  /** A server without one does not run: where none is loaded, it is compiled in. */
  get #hasMpm(): boolean {
    return [...(this.#loaded?.keys() ?? [])].some((name) => isMpm.test(name));
  }

  /** True when they tell that no module is loaded but those of httpd itself. */
  get closed(): boolean {
    if (!this.#loaded) return false;
    return [...this.#loaded.keys()].every(
      (name) => this.#known.has(name) || compiledIn.includes(name) || isMpm.test(name),
    );
  }

  /** True when the `LoadModule` lines tell which modules are there. */
  get certain(): boolean {
    return this.#loaded !== undefined;
  }
}

/** Whether a `LoadModule` is that of an MPM, or of one of the modules without which httpd refuses to start or to answer. */
export function isIndispensable({ args }: Directive): boolean {
  return /^(?:mpm_\w+|authz_core|unixd)_module$/.test(args[0]?.value ?? '');
}

/** Undefined if no LoadModule loads what a server cannot do without: then the modules are compiled in, or loaded elsewhere. */
function loadedBy(config: Config): Map<string, true | Unknown> | undefined {
  const loaded = new Map<string, true | Unknown>(compiledIn.map((name) => [name, true]));
  let isAll = false;
  for (const directive of directivesByKey(config.file.root).get('loadmodule') ?? []) {
    const [identifier] = directive.args;
    if (!identifier) continue;
    isAll ||= isIndispensable(directive);
    const name = bare(identifier.value.replace(/_module$/, ''));
    const isConditional = directive.parent.owner !== undefined;
    if (loaded.get(name) !== true) loaded.set(name, isConditional ? unknown : true);
  }
  return isAll ? loaded : undefined;
}

function bare(name: string): string {
  if (!name.startsWith('mod_') && !name.endsWith('.c')) return name;
  return name.replace(/^mod_/, '').replace(/\.c$/, '');
}
