import type { Rule, RuleMeta } from './define-rule.ts';

/** What is asked of every rule before it is known whether it has anything to do. */
type Head = Pick<RuleMeta, 'set' | 'dialects' | 'needs'>;

type Definition = Pick<Rule, 'meta' | 'messages' | 'check'>;

/**
 * A rule of the built program, of which the rest is loaded when somebody asks for it: most rules have nothing to do in most configs.
 * `scripts/lazy-rules.ts` writes the list of them.
 */
export class LazyRule implements Rule {
  readonly id: string;
  readonly category: string;
  readonly meta: RuleMeta;
  readonly #load: () => Definition;

  constructor(id: string, category: string, head: Head, load: () => Definition) {
    this.id = id;
    this.category = category;
    this.meta = new LazyMeta(head, load) as RuleMeta;
    this.#load = load;
  }

  get messages(): Rule['messages'] {
    return this.#load().messages;
  }

  get check(): Rule['check'] {
    return this.#load().check;
  }
}

/** What a rule leaves out is undefined here. */
class LazyMeta implements Record<keyof RuleMeta, unknown> {
  readonly set: RuleMeta['set'];
  readonly dialects: RuleMeta['dialects'];
  readonly needs: RuleMeta['needs'];
  readonly #load: () => Definition;

  constructor({ set, dialects, needs }: Head, load: () => Definition) {
    this.set = set;
    this.dialects = dialects;
    this.needs = needs;
    this.#load = load;
  }

  get summary(): RuleMeta['summary'] {
    return this.#load().meta.summary;
  }

  get why(): RuleMeta['why'] {
    return this.#load().meta.why;
  }

  get how(): RuleMeta['how'] {
    return this.#load().meta.how;
  }

  get severity(): RuleMeta['severity'] {
    return this.#load().meta.severity;
  }

  get confidence(): RuleMeta['confidence'] {
    return this.#load().meta.confidence;
  }

  get since(): RuleMeta['since'] {
    return this.#load().meta.since;
  }

  get references(): RuleMeta['references'] {
    return this.#load().meta.references;
  }

  get whenOff(): RuleMeta['whenOff'] {
    return this.#load().meta.whenOff;
  }

  get fixable(): RuleMeta['fixable'] {
    return this.#load().meta.fixable;
  }

  get options(): RuleMeta['options'] {
    return this.#load().meta.options;
  }

  get pedanticOptions(): RuleMeta['pedanticOptions'] {
    return this.#load().meta.pedanticOptions;
  }
}
