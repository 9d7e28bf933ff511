import { actedOnHeaders, otherHeaders } from '../../facts/header-names.ts';
import { editDistance, isSibling } from '../../text/suggest.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The name of a header is a slip of a well-known one',
    why: 'A header is found by its name alone: nobody reads one with another letter, and nobody says so. Most servers drop one with underscores, nginx among them, or tell it from the one with hyphens.',
    how: 'Write the name that is meant.',
    whenOff: 'Where client and backend have agreed on just this name.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://www.iana.org/assignments/http-fields/http-fields.xhtml',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#underscores_in_headers',
    ],
  },
  messages: {
    slip: 'No header is called "{{name}}"; did you mean "{{meant}}"?',
    colon: 'The colon becomes a part of the name: nginx sends "{{name}}:", which nobody reads.',
    underscores: 'The header "{{name}}" is another one than "{{meant}}": names of headers are written with hyphens.',
  },
  check({ report }) {
    /** httpd drops a colon behind the name. */
    function checkColon(directive: Directive): void {
      const [word] = directive.args;
      if (!word || !/^[\w-]+:$/.test(word.value)) return;
      const at = placeIn(directive, word);
      const meant = word.value.slice(0, -1);
      const fix = { title: `Write "${meant}"`, edits: [{ place: at, text: word.raw.replace(':', '') }] };
      report({ message: 'colon', at, data: { name: word.value }, how: 'Leave the colon out.', fix });
    }

    function check(directive: Directive, word: Word | undefined, value?: Word): void {
      const name = word?.value.replace(/:$/, '') ?? '';
      const found = slipOf(name, value?.value ?? '');
      if (!word || !found) return;
      const at = placeIn(directive, word);
      const text = word.raw.replace(name, () => found.meant);
      report({
        message: found.message,
        at,
        data: { name, meant: found.meant },
        confidence: found.distance > 1 ? 'medium' : 'high',
        fix: { title: `Write "${found.meant}"`, edits: [{ place: at, text }] },
      });
    }

    function checkApache(directive: Directive): void {
      const isTable = /^(?:always|onsuccess)$/i.test(directive.args[0]?.value ?? '');
      const [action, name, value] = isTable ? directive.args.slice(1) : directive.args;
      if (action && /^(?:add|append|merge|set|setifempty)$/i.test(action.value)) check(directive, name, value);
    }

    const checkFirst = (directive: Directive): void => {
      if (directive.args[0]?.value.endsWith(':')) checkColon(directive);
      else check(directive, directive.args[0], directive.args[1]);
    };
    return {
      directives: {
        add_header: checkFirst,
        proxy_set_header: checkFirst,
        grpc_set_header: checkFirst,
        header: checkApache,
        requestheader: checkApache,
      },
    };
  },
});

interface Slip {
  readonly message: 'slip' | 'underscores';
  readonly meant: string;
  readonly distance: number;
}

const meantNames: ReadonlyMap<string, string> = new Map(actedOnHeaders.map((name) => [name.toLowerCase(), name]));
/** Shorter ones are words of their own. */
const shortest = 7;
/** From this length on, two letters may be wrong. */
const long = 12;

/** Of two names that are as near, the value tells which is meant. */
const schemes = /^(?:https?|\$\{?scheme\}?|expr=%\{REQUEST_SCHEME\})$/;

function slipOf(name: string, value: string): Slip | undefined {
  const lower = name.toLowerCase();
  if (lower.length < shortest || !/^[\w-]+$/.test(lower) || meantNames.has(lower) || otherHeaders.has(lower))
    return undefined;
  // `X-Forwarded-For2` is a header of its own.
  if (/\d$/.test(lower) && [...meantNames.keys()].some((each) => isSibling(lower, each))) return undefined;
  const hyphenated = meantNames.get(lower.replaceAll('_', '-'));
  if (hyphenated) return { message: 'underscores', meant: hyphenated, distance: 0 };
  const limit = lower.length < long ? 1 : 2;
  let best: Slip | undefined;
  for (const [candidate, meant] of meantNames) {
    if (candidate[0] !== lower[0] || Math.abs(candidate.length - lower.length) > limit) continue;
    const distance = editDistance(lower, candidate, limit);
    const isFit = candidate === 'x-forwarded-proto' && schemes.test(value);
    if (distance > limit || (best && best.distance <= distance && !isFit)) continue;
    best = { message: 'slip', meant, distance };
    if (isFit) break;
  }
  return best;
}
