import { isOff } from '../meaning/settings.ts';
import { moduleOfProvider, providerDefinitions, providerNames, type ProviderKind } from '../facts/providers.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { directivesByKey } from '../../../syntax/walk.ts';
import { editDistance } from '../../../text/suggest.ts';
import type { ApacheModules } from '../meaning/modules.ts';
import { badForm, refusal, type Refusal } from './refusal.ts';

const nouns: Readonly<Record<ProviderKind, string>> = {
  authorization: 'authorization provider',
  authentication: 'authentication provider',
  filter: 'output filter',
  cache: 'object cache',
};

/** Judges names that modules register. Where modules may be loaded that nobody sees, only what surely is no name is refused. */
export class Providers {
  readonly #modules: ApacheModules;
  /** `kind name` of those that the config defines itself. */
  readonly #defined = new Set<string>();

  constructor(config: Config, modules: ApacheModules) {
    this.#modules = modules;
    const byKey = directivesByKey(config.file.root);
    for (const [key, { kind, at }] of Object.entries(providerDefinitions)) {
      for (const { args } of byKey.get(key) ?? []) if (args[at]) this.#defined.add(`${kind} ${args[at].value}`);
    }
    for (const { args } of byKey.get('authnzfcgidefineprovider') ?? []) {
      for (const kind of args[1] ? ['authentication', 'authorization'] : [])
        this.#defined.add(`${kind} ${args[1]!.value}`);
    }
  }

  judge(directive: Directive): Refusal | undefined {
    for (const { kind, word, name } of usesOf(directive)) {
      const fault = this.#judge(directive, kind, word, name);
      if (fault) return fault;
      if (directive.key === 'authdigestprovider' && /^(?:anon|ldap)$/.test(name)) {
        return refusal(directive, `the provider "${name}" knows no digests`, word);
      }
    }
    return undefined;
  }

  #judge(directive: Directive, kind: ProviderKind, word: Word, name: string): Refusal | undefined {
    if (this.#defined.has(`${kind} ${name}`)) return undefined;
    const module = moduleOfProvider(kind, name);
    if (module !== undefined) {
      return this.#modules.certain && this.#modules.has(module) === false
        ? refusal(directive, `the ${nouns[kind]} "${name}" needs ${module}, which is not loaded`, word)
        : undefined;
    }
    const meant = meantName(kind, name);
    if (meant !== undefined) {
      return refusal(directive, `there is no ${nouns[kind]} "${name}", but one of the name "${meant}"`, word);
    }
    if (!/^[a-z][\w.-]*$/i.test(name)) return badForm(directive, word, `the name of an ${nouns[kind]}`);
    // Nobody but httpd itself brings caches.
    return kind === 'cache' || this.#modules.closed
      ? refusal(directive, `no loaded module brings an ${nouns[kind]} "${name}"`, word)
      : undefined;
  }
}

interface Use {
  readonly kind: ProviderKind;
  readonly word: Word;
  readonly name: string;
}

/** The words of a directive that name a provider. */
function usesOf(directive: Directive): readonly Use[] {
  const { key, args } = directive;
  switch (key) {
    case 'require':
      return use('authorization', args[/^not$/i.test(args[0]?.value ?? '') ? 1 : 0]);
    case 'authbasicprovider':
    case 'authdigestprovider':
    case 'authformprovider':
      if (isOff(directive)) return none;
      return args.flatMap((word) => use('authentication', word));
    case 'addoutputfilterbytype':
      // Filters may be chained: `INCLUDES;DEFLATE`.
      return (args[0]?.value.match(/[^;]+/g) ?? []).flatMap((name) => use('filter', args[0], name));
    case 'filterprovider':
      return use('filter', args[1]);
    case 'authnprovideralias':
      return use('authentication', args[0]);
    case 'authzprovideralias':
      return use('authorization', args[0]);
    case 'authncachesocache':
    case 'cachesocache':
    case 'sslsessioncache':
    case 'sslstaplingcache': {
      const name = args[0]?.value.replace(/:.*/s, '');
      return /^(?:none|nonenotnull)$/i.test(name ?? '') ? none : use('cache', args[0], name);
    }
    default:
      return none;
  }
}

const none: readonly Use[] = [];

function use(kind: ProviderKind, word: Word | undefined, name = word?.value ?? ''): readonly Use[] {
  return word ? [{ kind, word, name }] : none;
}

/** The name that a misspelled one, or one in the wrong case, stands for. */
function meantName(kind: ProviderKind, name: string): string | undefined {
  const lower = name.toLowerCase();
  return providerNames(kind).find(
    (known) =>
      known.toLowerCase() === lower || (known.length >= 3 && editDistance(known.toLowerCase(), lower, 1) === 1),
  );
}
