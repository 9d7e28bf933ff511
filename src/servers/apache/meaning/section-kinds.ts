import type { Config } from '../../../syntax/config.ts';
import { conditionOf } from './conditions.ts';
import { Environment } from './environment.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Span } from '../../../text/source.ts';
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

  #moduleCondition({ args }: Directive): boolean | Unknown {
    const name = args[0]?.value ?? '';
    const negated = name.startsWith('!');
    const match = /^!?(?:(?:mod_)?(\w+)\.c|(\w+)_module)$/.exec(name);
    const state = match ? this.modules.has(match[1] ?? match[2]!) : unknown;
    return state === unknown ? unknown : state !== negated;
  }
}

/** Whether a section only groups directives under a condition and opens no level of its own. */
export function isConditional({ key }: Pick<Directive, 'key'>): boolean {
  return /^(?:ifmodule|ifdefine|ifversion|iffile|ifdirective|ifsection)$/.test(key);
}

/** The outermost conditional sections of a file that the server does not surely read. */
export class SkippedSections {
  /** In the order of the file, none inside another. */
  readonly #spans: Span[] = [];

  constructor(file: ConfigFile, sections: ApacheSections) {
    const enter = (block: Block): void => {
      for (const directive of block.directives) {
        if (!directive.block) continue;
        if (isConditional(directive) && sections.isRead(directive) !== true) this.#spans.push(directive.block);
        else enter(directive.block);
      }
    };
    enter(file.root);
  }

  /** Whether an offset lies in one of them. */
  mayHold(offset: number): boolean {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spans[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    const span = this.#spans[low];
    return span !== undefined && span.start <= offset;
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
