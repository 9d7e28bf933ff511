import { placeIn, type Directive } from '../../../syntax/tree.ts';
import { editDistance, Suggestions } from '../../../text/suggest.ts';
import { apacheDirectiveNames } from '../facts/index.ts';
import type { ApacheDirective } from '../facts/types.ts';
import type { Refusal } from './refusal.ts';

/** Judges names that no table has, and what they may have been meant for. */
export class Names {
  readonly #suggestions = new Suggestions();

  unknown(directive: Directive): Refusal {
    const name = directive.name.value;
    const slip = judgeBeginning(directive);
    if (slip) return slip;
    const suggestion = this.#suggestions.for(name, apacheDirectiveNames);
    const common = { rule: 'unknown-directive', at: placeIn(directive, directive.name) } as const;
    return suggestion === undefined
      ? { ...common, message: 'unknown', data: { name } }
      : { ...common, message: 'misspelled', data: { name, suggestion } };
  }

  /** An unknown name that may be one of a module nobody knows here, unless it is nearly that of a directive of httpd. */
  slip(directive: Directive): Refusal | undefined {
    const beginning = judgeBeginning(directive);
    if (beginning) return beginning;
    const name = directive.name.value;
    const meant = this.#suggestions.for(name, apacheDirectiveNames);
    const isNear =
      meant !== undefined && name.length > 5 && editDistance(name.toLowerCase(), meant.toLowerCase(), 2) < 3;
    return isNear ? this.unknown(directive) : undefined;
  }
}

/** Text that was meant for something else than a directive. */
function judgeBeginning(directive: Directive): Refusal | undefined {
  const name = directive.name.value;
  const common = { rule: 'unknown-directive', at: placeIn(directive, directive.name) } as const;
  if (/^(?:\/\/|\/\*|;|--)/.test(name)) return { ...common, message: 'slashes', data: { name } };
  const space = /^[\u00a0\u2000-\u200b\u202f\u3000\ufeff]/.exec(name)?.[0];
  if (space === undefined) return undefined;
  const digits = space.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const code = digits === '00A0' ? 'a no-break space (U+00A0)' : `the character U+${digits}`;
  return { ...common, message: 'space', data: { code } };
}

/** Whether the name is that of a section where a plain directive stands, or the reverse. */
export function judgeForm(directive: Directive, facts: ApacheDirective): Refusal | undefined {
  const isSection = directive.parent.file.text[directive.start] === '<';
  if (facts.form === 'either' || isSection === (facts.form === 'section')) return undefined;
  return {
    rule: 'unknown-directive',
    message: isSection ? 'plain' : 'section',
    at: placeIn(directive, directive.name),
    data: { name: facts.name },
  };
}
