import type { Route } from '../../model/model.ts';
import { placeIn, type Block, type Directive } from '../../syntax/tree.ts';
import { children, childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { freeAlternatives } from './_anchors.ts';
import { apachePattern, nginxPatterns, type PatternUse } from './_patterns.ts';

export default defineRule({
  meta: {
    summary: 'A pattern for a file extension that is not anchored at the end',
    why: 'It matches the extension anywhere in the name: "\\.php" takes "photo.php.jpg" too, which an upload can place on the server and which then runs as a script.',
    how: 'End the pattern with "$": "\\.php$", or with "(?:$|/)" where a path may follow the script.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    options: {
      all: {
        type: 'boolean',
        default: false,
        description: 'Report every location whose pattern, or one alternative of it, is anchored at neither end.',
      },
    },
    pedanticOptions: { all: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
      'https://httpd.apache.org/docs/2.4/mod/mod_mime.html#multipleext',
    ],
  },
  messages: {
    script:
      'The pattern "{{pattern}}" has no "$" at its end: a name such as "{{example}}" matches too and is handled as a script.',
    free: 'The pattern "{{pattern}}" is anchored at neither end, so that it matches anywhere in a path.',
    alternative:
      'The alternative "{{alternative}}" of the pattern "{{pattern}}" is anchored at neither end, so that it matches anywhere in a path.',
    extension: 'The pattern "{{pattern}}" has no "$" at its end: a name such as "{{example}}" matches too.',
  },
  check({ dialect, options, report }) {
    function check(use: PatternUse, isScript: boolean): void {
      const extension = extensionOf(use.pattern);
      if (extension === undefined) return;
      const { directive, word, pattern } = use;
      const end = placeIn(directive, word).end - (word.quote === '' ? 0 : 1);
      const fix = { title: 'Add "$"', edits: [{ place: { ...placeIn(directive, word), start: end, end }, text: '$' }] };
      const data = { pattern, example: `x.${extension}.${isScript ? 'jpg' : 'bak'}` };
      const at = placeIn(directive, word);
      if (isScript) report({ message: 'script', at, data, fix });
      else report({ message: 'extension', at, data, fix, severity: 'info' });
    }

    function checkAnchors({ directive, word, pattern }: PatternUse): void {
      const { alternatives, free } = freeAlternatives(pattern);
      if (free.length === 0) return;
      const common = {
        at: placeIn(directive, word),
        severity: 'info',
        how: 'Begin the pattern with "^", or end it with "$".',
      } as const;
      if (free.length === alternatives.length) report({ ...common, message: 'free', data: { pattern } });
      else report({ ...common, message: 'alternative', data: { pattern, alternative: free[0]! } });
    }

    /** Files of a name that has the extension within are meant as seldom as paths are, but only a handler makes it dangerous. */
    function checkSection(directive: Directive): void {
      const use = apachePattern(directive);
      if (!use || !directive.block) return;
      const handler = childrenNamed(directive.block, 'sethandler').at(-1);
      const isScript = handler !== undefined && !/^none$/i.test(handler.args[0]?.value ?? '');
      const isPath = use.subject === 'path' && children(directive.block).length > 0 && !isRefusing(directive.block);
      if (isScript || isPath) check(use, isScript);
    }

    if (dialect === 'apache')
      return {
        directives: {
          filesmatch: checkSection,
          files: checkSection,
          locationmatch: checkSection,
          location: checkSection,
        },
      };
    return {
      route({ directive, handler }: Route) {
        if (directive.key !== 'location') return;
        // What is refused may well be refused in more places.
        const isRefused = handler.kind === 'deny' || handler.kind === 'return';
        const isScript = handler.kind === 'proxy' && scriptProtocols.has(handler.protocol);
        for (const use of nginxPatterns(directive)) {
          if (!isRefused && extensionOf(use.pattern) !== undefined) check(use, isScript);
          else if (options['all'] === true) checkAnchors(use);
        }
      },
    };
  },
});

/** What is refused may well be refused in more places. */
function isRefusing(block: Block): boolean {
  return ['require', 'deny', 'redirect', 'authmerging'].some((key) => childrenNamed(block, key).length > 0);
}

const scriptProtocols: ReadonlySet<string> = new Set(['fastcgi', 'uwsgi', 'scgi']);

/** The first extension of a pattern that ends with one, without an anchor: `php` for `\.(php|phtml)`. */
function extensionOf(pattern: string): string | undefined {
  const match = /(?<!\/)\\\.(?:\((?:\?:)?([a-z0-9|?]+)\)|([a-z0-9]+))$/i.exec(pattern);
  if (!match || match[2]?.length === 1) return undefined;
  return (match[1] ?? match[2])!.split('|')[0]!.replace(/.\?/g, '');
}
