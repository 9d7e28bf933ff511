import { deletion } from '../../../edits/lines.ts';
import { isBefore, type Version } from '../../../model/versions.ts';
import { headerOf, placeIn, type Directive } from '../../../syntax/tree.ts';
import type { Remedy } from '../../diagnostic.ts';
import { apacheDirective } from '../facts/index.ts';
import type { ApacheDirective } from '../facts/types.ts';
import type { Refusal } from './refusal.ts';

/** Obsolete, and each a matter of its own rule: legacy-access-control, obsolete-chain-file. */
const ownRules = /^(?:order|allow|deny|satisfy|sslcertificatechainfile)$/;

/** What is accepted, but of no use any more. */
export function judgeObsolete(
  directive: Directive,
  target: Version | undefined,
  certain: boolean,
): Refusal<'deprecated-directive'> | undefined {
  const old = apacheDirective(directive.key)?.deprecated;
  if (!old || (target && isBefore(target, old.since)) || ownRules.test(directive.key)) return undefined;
  // `DefaultType none` is what the manual advises for configs that serve both 2.2 and 2.4.
  if (directive.key === 'defaulttype' && /^none$/i.test(directive.args[0]?.value ?? '')) return undefined;
  const { since: version, replacement } = old;
  const name = directive.name.value;
  const fix = modernised(directive, old);
  const common = {
    rule: 'deprecated-directive',
    at: headerOf(directive),
    ...(!certain && { confidence: 'medium' as const }),
    ...(fix && { fix }),
  } as const;
  return replacement
    ? { ...common, message: 'httpdReplaced', data: { name, version, replacement } }
    : { ...common, message: 'httpdDeprecated', data: { name, version } };
}

/** The fix of an obsolete directive, where the server goes on as before: the new name, or nothing at all. */
function modernised(
  directive: Directive,
  { replacement, renamed }: NonNullable<ApacheDirective['deprecated']>,
): Remedy | undefined {
  if (renamed) {
    const edits = [{ place: placeIn(directive, directive.name), text: replacement }];
    return { title: `Write "${replacement}"`, edits };
  }
  return replacement === '' ? { title: 'Remove the directive', edits: [deletion(directive)] } : undefined;
}
