import type { Config } from '../../../syntax/config.ts';
import { conditionOf } from './conditions.ts';
import { Environment } from './environment.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Block, ConfigFile, Directive } from '../../../syntax/tree.ts';
import type { Targets } from '../../../model/versions.ts';
import { ApacheModules } from './modules.ts';

/** Sections whose body is another language, or is read only where it is used. */
const opaque = /^(?:macro|perl|luahook\w*|luaquickhandler)$/;

/** Tells which sections of a config httpd reads. */
export class ApacheSections {
  readonly environment: Environment;
  readonly modules: ApacheModules;

  constructor(config: Config, targets: Targets) {
    this.environment = new Environment(config, targets);
    this.modules = new ApacheModules(config, targets.apache);
  }

  /** Whether the body of a section is read as directives; true for one without condition. */
  isRead(section: Directive): boolean | Unknown {
    if (!section.block || opaque.test(section.key)) return false;
    if (section.key === 'ifmodule') return this.#moduleCondition(section);
    const condition = conditionOf(section, this.environment);
    if (condition === undefined) return true;
    return typeof condition === 'string' ? this.modules.has(condition) : condition;
  }

  /**
   * Whether `<IfModule !mod_x.c>` is taken to be left out only because httpd comes with mod_x: the lines that load it were not
   * seen, so a server without it may read what stands there.
   */
  isAssumedAway(section: Directive): boolean {
    if (section.key !== 'ifmodule' || !isNegated(section) || this.modules.certain) return false;
    return this.isRead(section) === false;
  }

  #moduleCondition({ args }: Directive): boolean | Unknown {
    const name = args[0]?.value ?? '';
    const negated = name.startsWith('!');
    const match = /^!?(?:(?:mod_)?(\w+)\.c|(\w+)_module)$/.exec(name);
    const state = match ? this.modules.has(match[1] ?? match[2]!) : unknown;
    return state === unknown ? unknown : state !== negated;
  }
}

/** Whether a condition holds where what it names is not there. */
export function isNegated({ args }: Directive): boolean {
  return args[0]?.value.startsWith('!') ?? false;
}

/** Whether a section only groups directives under a condition and opens no level of its own. */
export function isConditional({ key }: Pick<Directive, 'key'>): boolean {
  return /^(?:ifmodule|ifdefine|ifversion|iffile|ifdirective|ifsection)$/.test(key);
}

/** The outermost conditional sections of a file that the server does not surely read. */
export class SkippedSections {
  /** In the order of the file, none inside another. */
  readonly #sections: { readonly section: Directive; readonly block: Block }[] = [];

  constructor(file: ConfigFile, sections: ApacheSections) {
    const enter = (block: Block): void => {
      for (const section of block.directives) {
        if (!section.block) continue;
        if (isConditional(section) && sections.isRead(section) !== true)
          this.#sections.push({ section, block: section.block });
        else enter(section.block);
      }
    };
    enter(file.root);
  }

  /** The one in which an offset lies; its closing tag is looked for whether it is read or not. */
  around(offset: number): Directive | undefined {
    let low = 0;
    let high = this.#sections.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { close, end } = this.#sections[middle]!.block;
      if ((close?.start ?? end) <= offset) low = middle + 1;
      else high = middle;
    }
    const found = this.#sections[low];
    return found && found.block.start <= offset ? found.section : undefined;
  }
}

/** Calls `visit` for each block that is or may be read, also the top of each included file, outer before inner. `certain`: surely read. */
export function forEachBlock(
  config: Config,
  sections: ApacheSections,
  visit: (block: Block, certain: boolean) => void,
): void {
  const enter = (block: Block, certain: boolean): void => {
    visit(block, certain);
    for (const directive of block.directives) {
      for (const file of directive.included ?? []) enter(file.root, certain);
      const read = directive.block ? sections.isRead(directive) : false;
      if (read !== false && directive.block) enter(directive.block, certain && read === true);
    }
  };
  enter(config.file.root, true);
}
