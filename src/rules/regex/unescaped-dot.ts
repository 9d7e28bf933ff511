import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { anyDots } from './_any-dots.ts';
import { apachePattern, apachePatternKeys, nginxPatterns, type PatternUse } from './_patterns.ts';

export default defineRule({
  meta: {
    summary: 'A dot in a pattern that is meant as a dot but stands for any character',
    why: 'The pattern takes more than it was written for: ".php$" matches "/fooxphp", "^www.example.com$" matches "wwwxexample.com".',
    how: 'Write "\\." for a dot.',
    whenOff: 'Where nothing else can stand in the place of the dot.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://www.pcre.org/current/doc/html/pcre2pattern.html#SEC7'],
  },
  messages: {
    dot: 'The dot in "{{text}}" of the pattern "{{pattern}}" matches any character.',
    everything:
      'The dot in the pattern "{{pattern}}" stands for any character, so that everything matches, such as "{{example}}".',
  },
  check({ dialect, report }) {
    function check(use: PatternUse): void {
      const all = anyDots(use);
      const offsets = all?.offsets ?? dots(use);
      if (offsets.length === 0) return;
      const { directive, word, pattern } = use;
      const start = word.raw.indexOf(pattern);
      const edits = offsets.map((offset) => {
        const at = word.start + start + offset;
        return { place: { ...placeIn(directive, word), start: at, end: at }, text: '\\' };
      });
      const at = placeIn(directive, word);
      // A pattern with escapes of the config language around it is not mended.
      const cure = start === -1 ? {} : { fix: { title: 'Escape the dot', edits } };
      if (all) {
        const data = { pattern, example: all.example };
        report({ message: 'everything', at, severity: 'warning', confidence: 'high', data, ...cure });
      } else {
        const text = /^[\w-]*\.(?:\((?:\?:)?)?[\w-]*/.exec(pattern.slice(beginOfName(pattern, offsets[0]!)))![0];
        report({ message: 'dot', at, data: { text, pattern }, ...cure });
      }
    }

    const nginx = (directive: Directive): void => nginxPatterns(directive).forEach(check);
    const apache = (directive: Directive): void => {
      const use = apachePattern(directive);
      if (use) check(use);
    };
    return {
      directives:
        dialect === 'apache'
          ? Object.fromEntries(apachePatternKeys.map((key) => [key, apache]))
          : { location: nginx, rewrite: nginx, if: nginx, server_name: nginx },
    };
  },
});

const extensions =
  'php\\d?|html?|css|js|jpe?g|png|gif|ico|svg|xml|json|txt|pdf|zip|cgi|pl|py|asp|aspx|jsp|gz|woff2?|ttf|mp4|webp|bak|old|orig|swp|sql|log|conf|ini|sh|tgz';
const extensionDot = new RegExp(`\\.(?=(?:${extensions})(?:\\$|\\)|\\||$))`, 'g');
const listDot = new RegExp(`(?<=^|\\*|\\+|\\w)\\.(?=\\((?:\\?:)?(?:${extensions})\\b)`, 'g');
/** Names that are hidden by their dot. */
const hidden = 'ht(?:access|passwd|group)?|git\\w*|svn|hg|bzr|env|well-known|ds_store|user\\.ini|vscode|idea';
const hiddenDot = new RegExp(`(?<=[/()|^])\\.(?=\\(?(?:\\?:)?(?:${hidden})(?![\\w-]))`, 'gi');
const hostDot = /(?<=[a-z0-9-])\.(?=[a-z0-9-])/gi;

/** Offsets of the dots that are meant literally: between the parts of a host name, before a known extension, in front of a hidden name. */
function dots({ pattern, subject }: PatternUse): number[] {
  if (!/(?:^|[^\\])\./.test(pattern)) return [];
  const expressions = subject === 'host' ? [hostDot] : [extensionDot, listDot, hiddenDot];
  const found = expressions.flatMap((expression) => [...pattern.matchAll(expression)].map(({ index }) => index));
  return [...new Set(found)].filter((offset) => isPlain(pattern, offset)).sort((a, b) => a - b);
}

/** Neither escaped nor quoted (`\Q...\E`) nor in a class, nor a wildcard that is meant: `/x.y` in a path of one character each is. */
function isPlain(pattern: string, offset: number): boolean {
  const before = pattern.slice(0, offset);
  if (before.endsWith('\\') || /[*+?{]/.test(pattern[offset + 1]!)) return false;
  if (before.lastIndexOf('\\Q') > before.lastIndexOf('\\E')) return false;
  return before.lastIndexOf('[') <= before.lastIndexOf(']');
}

function beginOfName(pattern: string, offset: number): number {
  return offset - /(?<![\w-])[\w-]*$/.exec(pattern.slice(0, offset))![0].length;
}
