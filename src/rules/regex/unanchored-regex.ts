import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { samplePath } from '../../regex/sample.ts';
import { children, childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { apachePattern, nginxPatterns, type PatternUse } from './_patterns.ts';
import { isRefusing, refuses, scriptProtocols, extensionOf } from './_extensions.ts';
import { messages, type Context, checkAnchors } from './_unanchored-patterns.ts';

export default defineRule({
  meta: {
    summary: 'A pattern for a file extension that is not anchored at the end',
    why: 'It matches the extension anywhere in the name: "\\.php" takes "photo.php.jpg" too, which an upload can place on the server and which then runs as a script.',
    how: 'End the pattern with "$": "\\.php$", or with "(?:$|/)" where a path may follow the script.',
    whenOff: 'Where the extension may be followed by more, as by PATH_INFO.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ location: /^~/ }], apache: ['files*', 'location*', 'addhandler', 'proxypassmatch'] },
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
  messages,
  check: {
    nginx: (context) => ({
      route({ directive, handler }) {
        if (directive.key !== 'location') return;
        // What is refused may well be refused in more places.
        const isRefused = handler.kind === 'deny' || handler.kind === 'return';
        const isScript = handler.kind === 'proxy' && scriptProtocols.has(handler.protocol);
        for (const use of nginxPatterns(directive)) {
          if (!isRefused && extensionOf(use.pattern) !== undefined) check(context, use, isScript);
          else if (context.options.all && !refuses(handler)) checkAnchors(context, use);
        }
      },
    }),
    apache: (context) => ({
      directives: {
        filesmatch: (directive) => checkSection(context, directive),
        files: (directive) => checkSection(context, directive),
        locationmatch: (directive) => checkSection(context, directive),
        location: (directive) => checkSection(context, directive),
        addhandler: (directive) => checkHandler(context, directive),
        proxypassmatch: (directive) => checkPass(context, directive),
      },
    }),
  },
});

function check({ report }: Context, use: PatternUse, isScript: boolean): void {
  const extension = extensionOf(use.pattern);
  if (extension === undefined) return;
  const { directive, word, pattern } = use;
  const end = placeIn(directive, word).end - (word.quote === '' ? 0 : 1);
  const fix = { title: 'Add "$"', edits: [{ place: { ...placeIn(directive, word), start: end, end }, text: '$' }] };
  const data = { pattern, example: `${nameIn(pattern) ?? `x.${extension}`}.${isScript ? 'jpg' : 'bak'}` };
  const at = placeIn(directive, word);
  // A file beside the one script that is meant is seldom what an upload can make.
  const isOne = /^\^\/(?:[\w-]|\\\.)+$/.test(pattern);
  if (isScript) report({ message: 'script', at, data, fix, ...(isOne && { severity: 'info' }) });
  else report({ message: 'extension', at, data, fix, severity: 'info' });
}

/** The name of the file that a pattern spells from the beginning of the path. */
function nameIn(pattern: string): string | undefined {
  const path = pattern.startsWith('^') ? samplePath(pattern) : undefined;
  const name = path?.slice(path.lastIndexOf('/') + 1) ?? '';
  return /^[\w-][\w.-]*$/.test(name) ? name : undefined;
}

/** Files of a name that has the extension within are meant as seldom as paths are, but only a handler makes it dangerous. */
function checkSection(context: Context, directive: Directive): void {
  const use = apachePattern(directive);
  if (!use || !directive.block) return;
  const handler = childrenNamed(directive.block, 'sethandler').at(-1);
  const isScript = handler !== undefined && !/^none$/i.test(handler.args[0]?.value ?? '');
  const isPath = use.subject === 'path' && children(directive.block).length > 0 && !isRefusing(directive.block);
  if (isScript || isPath) check(context, use, isScript);
}

/** What is handed to a backend by its extension; what is left out of a wider ProxyPass may well be left out in more places. */
function checkPass(context: Context, directive: Directive): void {
  const use = apachePattern(directive);
  if (use && !directive.args.some(({ value }) => value === '!')) check(context, use, false);
}

/** mod_mime looks at each extension of a name, unless a section picks the files by the end of theirs. */
function checkHandler({ report }: Context, directive: Directive): void {
  const [handler, ...extensions] = directive.args;
  const word = extensions.find(({ value }) => /^\.?(?:php\d?|phtml|phar|phps?)$/i.test(value));
  const section = enclosing(directive);
  if (!handler || !word || !/^proxy:|php|fcgid-script|fastcgi|cgi-script/i.test(handler.value)) return;
  if (section && /^(?:files|filesmatch|if|location|locationmatch)$/.test(section.key)) return;
  const extension = word.value.replace(/^\.?/, '.');
  report({
    message: 'handler',
    at: placeIn(directive, word),
    data: { directive: directive.name.value, extension, example: `x${extension}.jpg` },
    how: `Put "SetHandler" into <FilesMatch "\\${extension}$">.`,
    witness: `curl -i 'http://host/x${extension}.jpg'`,
  });
}
