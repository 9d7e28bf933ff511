import { expandMacro } from './macro-body.ts';
import { limits } from '../../../text/budget.ts';
import type { Targets, Version } from '../../../model/versions.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Config } from '../../../syntax/config.ts';
import { hasTemplateMark } from '../../../text/template/placeholder.ts';
import { enclosing, type Block, type Directive, type Parse, type Word } from '../../../syntax/tree.ts';
import { directivesByKey, walk } from '../../../syntax/walk.ts';

/** `${map:key}` is for mod_rewrite, which looks it up at run time; no variable has a colon in its name. */
const reference = /\$\{([^}:]*)\}/g;

/**
 * What a config says about names: `Define`d variables and macros. httpd reads `Define` in file order and globally, also
 * inside a virtual host; a name that is given more than one value, or only under a condition, is unknown.
 */
export class Environment {
  readonly version: Version | undefined;
  /** Null: defined without a value, so that it answers <IfDefine> only and `${NAME}` stays as it is written. */
  readonly #defines = new Map<string, string | null | Unknown>();
  /** In the server's order, by lower-cased name. */
  readonly #macros = new Map<string, Directive[]>();
  readonly #parse: Parse | undefined;
  #macroSteps = 0;
  /** Words of macro bodies that hold a parameter. */
  readonly #parametrised = new Set<Word>();

  readonly #modules: ReadonlySet<string> | undefined;

  /** `modules`: the names (`ssl`) of all that the server has; undefined: not known. */
  constructor(config: Config, targets: Targets, modules?: ReadonlySet<string>) {
    this.version = targets.apache;
    this.#parse = config.file.parse;
    this.#modules = modules;
    const byKey = directivesByKey(config.file.root);
    for (const directive of byKey.get('macro') ?? []) this.#readMacro(directive);
    for (const directive of byKey.get('define') ?? []) this.#define(directive);
    for (const { args } of byKey.get('undefine') ?? []) if (args[0]) this.#defines.set(args[0].value, unknown);
  }

  #define(directive: Directive): void {
    const name = directive.args[0]?.value;
    if (name === undefined) return;
    const value = directive.args[1]?.value ?? null;
    const known = this.#defines.get(name);
    const certain = !isConditional(directive) && (known === undefined || known === value);
    this.#defines.set(name, certain ? value : unknown);
  }

  #readMacro(directive: Directive): void {
    const [name, ...parameters] = directive.args.map((word) => word.value);
    if (name === undefined || !directive.block) return;
    const macros = this.#macros.get(name.toLowerCase());
    if (macros) macros.push(directive);
    else this.#macros.set(name.toLowerCase(), [directive]);
    walk(directive.block, (inner) => {
      for (const word of [inner.name, ...inner.args]) {
        if (parameters.some((parameter) => word.value.includes(parameter))) this.#parametrised.add(word);
      }
    });
  }

  /** True, or unknown: the name can also be given on the command line (`-D`). */
  isDefined(name: string): true | Unknown {
    const value = this.#defines.get(name);
    return value === undefined || value === unknown ? unknown : true;
  }

  /** Undefined: not known. */
  hasModule(name: string): boolean | undefined {
    return this.#modules?.has(name);
  }

  /** Counts directives that come out of macros; false where there are too many: macros that use others twice double them at each level. */
  countMacroSteps(count: number): boolean {
    this.#macroSteps += count;
    return this.#macroSteps <= limits.macroSteps;
  }

  /** The macro that a `Use` names; undefined where there is none, or where it is not known which one. */
  macro(use: Directive): Directive | undefined {
    const macros = this.#macros.get(use.args[0]?.value.toLowerCase() ?? '') ?? [];
    if (macros.length <= 1) return macros[0];
    const { file } = use.parent;
    if (macros.some((macro) => macro.parent.file !== file || isConditional(macro))) return undefined;
    return macros.findLast(({ start }) => start < use.start);
  }

  /** What a `Use` puts in its place; undefined where that is not known. */
  expand(use: Directive): Block | undefined {
    const macro = this.macro(use);
    return macro && this.#parse && expandMacro(macro, use, this.#parse);
  }

  /** The word as the server sees it; unknown if it holds an undefined variable, a macro parameter or a placeholder. */
  text(word: Word): string | Unknown {
    const { value } = word;
    if (this.#parametrised.has(word) || hasTemplateMark(value)) return unknown;
    if (!value.includes('${')) return value;
    let known = true;
    const text = value.replace(reference, (_, name: string) => {
      const replacement = this.#defines.get(name);
      if (typeof replacement === 'string') return replacement;
      known = false;
      return '';
    });
    return known ? text : unknown;
  }
}

/** True if a container around the directive decides whether it is read. */
function isConditional(directive: Directive): boolean {
  for (let around = enclosing(directive); around; around = enclosing(around)) {
    if (around.key === 'macro' || around.key.startsWith('if')) return true;
  }
  return false;
}
