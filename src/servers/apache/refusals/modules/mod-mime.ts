import type { Directive } from '../../../../syntax/tree.ts';
import { refusal, type Handlers, type Refusal } from '../refusal.ts';

/** `multiviews_match`: only "Filters" and "Handlers" go together. The words are judged by the facts. */
function judgeMatch(directive: Directive): Refusal | undefined {
  const [first] = directive.args;
  const stands = (name: string) => (value: string) => value.toLowerCase() === name;
  const other = directive.args.find(({ value }) => {
    const both = [value, first?.value ?? ''];
    const isOwn = both[0]!.toLowerCase() === both[1]!.toLowerCase();
    return !isOwn && both.some((each) => stands('any')(each) || stands('negotiatedonly')(each));
  });
  return other && refusal(directive, `"${other.value}" excludes "${first?.value ?? ''}"`, other);
}

export const handlers: Handlers = { multiviewsmatch: judgeMatch };
