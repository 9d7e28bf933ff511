import { enclosing, placeIn, type Block, type Directive, type Word } from '../../ir/syntax.ts';
import { children } from '../../ir/walk.ts';
import { defineRule } from '../define-rule.ts';
import { bypassOf, type PatternUse } from './_origin-probes.ts';

export default defineRule({
  meta: {
    summary: 'A check of the Origin or Referer header that foreign sites pass',
    why: 'A foreign site whose origin is let in reads what your users see, with their cookies where credentials are allowed.',
    how: 'Anchor the pattern at both ends and escape its dots: "^https://(?:[a-z0-9-]+\\.)?example\\.com$". Send back only an origin that passed.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://portswigger.net/web-security/cors',
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS',
      'https://nginx.org/en/docs/http/ngx_http_map_module.html',
    ],
  },
  messages: {
    origin: 'The pattern "{{pattern}}" admits the foreign origin "{{value}}".',
    referer: 'The pattern "{{pattern}}" admits pages such as "{{value}}".',
    reflected: 'Every origin is sent back as allowed, with credentials: any site can read what a user of it sees here.',
  },
  check({ report }) {
    function checkPattern(found: Checked): void {
      const { directive, word, pattern, header } = found;
      const value = bypassOf(found);
      if (value === undefined) return;
      const at = placeIn(directive, word);
      const data = { pattern, value };
      if (header === 'origin')
        report({ message: 'origin', at, data, witness: `curl -si -H 'Origin: ${value}' http://localhost/` });
      else report({ message: 'referer', at, data, severity: 'info', confidence: 'medium' });
    }

    function checkReflection(block: Block): void {
      const headers = children(block).filter(({ key }) => key === 'add_header' || key === 'header');
      const allow = headers.find((directive) => valueOf(directive, 'access-control-allow-origin') !== undefined);
      if (
        !allow ||
        !/^(?:"?\$http_origin"?|expr=%\{HTTP:Origin\})$/i.test(valueOf(allow, 'access-control-allow-origin')!)
      )
        return;
      if (!headers.some((header) => valueOf(header, 'access-control-allow-credentials')?.toLowerCase() === 'true'))
        return;
      if (isConditional(allow) || children(block).some((directive) => isGuard(directive))) return;
      report({
        message: 'reflected',
        at: allow,
        severity: 'error',
        witness: `curl -si -H 'Origin: https://evil.test' http://localhost/`,
      });
    }

    return {
      block: checkReflection,
      directives: {
        if: (directive) => forEachCheck(checkedByIf(directive), checkPattern),
        map: (directive) => checkedByMap(directive).forEach(checkPattern),
        setenvif: (directive) => forEachCheck(checkedByEnvironment(directive), checkPattern),
        setenvifnocase: (directive) => forEachCheck(checkedByEnvironment(directive), checkPattern),
        rewritecond: (directive) => forEachCheck(checkedByRewrite(directive), checkPattern),
      },
    };
  },
});

interface Checked extends PatternUse {
  readonly directive: Directive;
  readonly word: Word;
}

function forEachCheck(checked: Checked | undefined, check: (checked: Checked) => void): void {
  if (checked) check(checked);
}

/** `if ($http_origin ~ pattern)` that lets in, `if ($http_referer !~ pattern)` that turns away; a list of what is refused is no such check. */
function checkedByIf(directive: Directive): Checked | undefined {
  const [subject, operator, ...rest] = directive.args;
  const word = rest[0];
  const header = /^\(?\$\{?http_(origin|referer)\}?$/.exec(subject?.value ?? '')?.[1] as Checked['header'] | undefined;
  const parsed = /^(!?)~(\*?)$/.exec(operator?.value ?? '');
  if (!header || !parsed || !word || !directive.block) return undefined;
  const denies = children(directive.block).some(
    ({ key, args }) => key === 'deny' || (key === 'return' && args[0]?.value.startsWith('4')),
  );
  const negated = parsed[1] === '!';
  if (header === 'referer' ? !(negated && denies) : negated !== denies) return undefined;
  const pattern = rest.length === 1 ? word.value.replace(/\)$/, '') : word.value;
  return { directive, word, pattern, caseInsensitive: parsed[2] === '*', header };
}

/** Entries of a map over the origin that give the origin back. */
function checkedByMap(map: Directive): Checked[] {
  if (!/^\$\{?http_origin\}?$/.test(map.args[0]?.value ?? '') || !map.block) return [];
  return children(map.block).flatMap((directive): Checked | [] => {
    const { name, args } = directive;
    if (!name.value.startsWith('~') || !/\$\{?http_origin/.test(args[0]?.value ?? '')) return [];
    const caseInsensitive = name.value.startsWith('~*');
    return {
      directive,
      word: name,
      pattern: name.value.slice(caseInsensitive ? 2 : 1),
      caseInsensitive,
      header: 'origin',
    };
  });
}

/** `SetEnvIf Origin pattern NAME=$0`. */
function checkedByEnvironment(directive: Directive): Checked | undefined {
  const [attribute, word, ...variables] = directive.args;
  if (attribute?.value.toLowerCase() !== 'origin' || !word) return undefined;
  if (!variables.some(({ value }) => /^[^=!]*(?:cors|origin|allow)/i.test(value))) return undefined;
  // Of a value that is not matched as a whole, only the part is sent back, which is no origin of the foreign site.
  const whole = variables.every(({ value }) => value.endsWith('=$0'));
  return {
    directive,
    word,
    pattern: word.value,
    caseInsensitive: directive.key === 'setenvifnocase',
    header: 'origin',
    whole,
  };
}

/** `RewriteCond %{HTTP_REFERER} !pattern` before a rule that forbids. */
function checkedByRewrite(directive: Directive): Checked | undefined {
  const [subject, word, flags] = directive.args;
  const header = /^%\{HTTP(?:_|:)(REFERER|ORIGIN)\}$/i
    .exec(subject?.value ?? '')?.[1]
    ?.toLowerCase() as Checked['header'];
  if (!header || !word?.value.startsWith('!') || !forbids(directive)) return undefined;
  const caseInsensitive = /[[,]\s*(?:NC|nocase)\b/i.test(flags?.value ?? '');
  return { directive, word, pattern: word.value.slice(1), caseInsensitive, header };
}

function forbids(condition: Directive): boolean {
  const { directives } = condition.parent;
  const rule = directives.slice(directives.indexOf(condition)).find(({ key }) => key === 'rewriterule');
  return rule !== undefined && /[[,]\s*(?:F|forbidden)\s*[\],]/i.test(rule.args[2]?.value ?? '');
}

/** The value that a response header of this lower-cased name is given. */
function valueOf(directive: Directive, name: string): string | undefined {
  const isNginx = directive.key === 'add_header';
  const words = isNginx ? directive.args : headerWords(directive);
  const isSet = isNginx || /^(?:set|add|append|merge)$/i.test(words[0]?.value ?? '');
  const [header, value] = isNginx ? words : words.slice(1);
  return isSet && header?.value.toLowerCase() === name ? value?.value : undefined;
}

/** The words of httpd's `Header` from the action on. */
function headerWords({ args }: Directive): readonly Word[] {
  return /^(?:always|onsuccess)$/i.test(args[0]?.value ?? '') ? args.slice(1) : args;
}

/** True where a condition decides whether the header is sent. */
function isConditional(directive: Directive): boolean {
  if (directive.key === 'header' && headerWords(directive).slice(3).length > 0) return true;
  for (let around = enclosing(directive); around; around = enclosing(around)) {
    if (around.key === 'if' || around.key === 'elseif' || around.key === 'else') return true;
  }
  return false;
}

/** An `if` that turns foreign origins away. */
function isGuard({ key, args }: Directive): boolean {
  return key === 'if' && args.some(({ value }) => value.includes('$http_origin'));
}
