/** Judges what `<RequireAll>` and its like hold when they end: `add_authz_section` and `authz_core_check_section` of `mod_authz_core.c`. */
import { unknown, type Unknown } from '../../../../model/model.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import { children } from '../../../../syntax/walk.ts';
import { isConditional, type ApacheSections } from '../../meaning/section-kinds.ts';
import { headerOf } from '../../../../syntax/tree.ts';
import type { Around } from '../around.ts';
import { refusal, type Refusal } from '../refusal.ts';

const section = /^require(?:all|any|none)$/;

/** `around`: what stands around the section. Silent where something in it may or may not be read. */
export function judgeAuthorization(
  directive: Directive,
  around: Around,
  sections: ApacheSections,
): Refusal | undefined {
  if (!section.test(directive.key) || !directive.block) return undefined;
  const members = membersOf(directive, sections);
  if (members === unknown) return undefined;
  if (members.length === 0) return refusal(directive, 'it holds no condition');
  const outer = around.authorization?.key;
  if (directive.key === 'requirenone' && outer !== 'requireall' && !isExcerpt(directive)) {
    return refusal(
      directive,
      `it has no effect in ${around.authorization ? '<' + around.authorization.name.value + '>' : 'an implied <RequireAny>'}; put it into <RequireAll>`,
    );
  }
  if (directive.key !== 'requireall' || outer === 'requireall' || !members.every(isNegative)) return undefined;
  return {
    ...refusal(directive, 'it needs a condition that is not negated'),
    related: [{ at: headerOf(members[0]!), message: 'a negated condition only takes away what another one granted' }],
  };
}

/** A document may show what stands inside of another section. */
function isExcerpt({ parent }: Directive): boolean {
  return !parent.owner && parent.file.outer?.kind === 'document';
}

function isNegative({ key, args }: Directive): boolean {
  return key === 'requirenone' || (key === 'require' && /^not$/i.test(args[0]?.value ?? ''));
}

/** The conditions in a section; those of a `<RequireAll>` in another one count as its own. */
function membersOf(directive: Directive, sections: ApacheSections): readonly Directive[] | Unknown {
  const members: Directive[] = [];
  const open = [directive];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const child of children(at.block!)) {
      if (/^(?:use|include|includeoptional)$/.test(child.key)) return unknown;
      if (isConditional(child)) {
        const read = sections.isRead(child);
        if (read === unknown) return unknown;
        if (read && child.block) open.push(child);
      } else if (child.key === 'requireall' && directive.key === 'requireall' && child.block) open.push(child);
      else if (child.key === 'require' || section.test(child.key)) members.push(child);
      else if (!/^(?:authmerging|auth\w+|satisfy)$/.test(child.key)) return unknown;
    }
  }
  return members;
}
