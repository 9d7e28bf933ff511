import { isConditional } from '../../servers/apache/meaning/section-kinds.ts';
import { enclosing, placeIn, type Block, type Directive } from '../../syntax/tree.ts';
import { directivesByKey } from '../../syntax/walk.ts';
import { redirectsBehindProxy } from './_redirects-behind-proxy.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A redirect to HTTPS that asks the scheme of the connection, where a proxy in front ends TLS',
    why: 'The connection to the proxy in front is plain HTTP, whatever clients speak with that: the redirect to https never ends. "SetEnvIf X-Forwarded-Proto https HTTPS=on" sets an environment variable, for programs. "%{HTTPS}" and "%{REQUEST_SCHEME}" of conditions look at the connection.',
    how: {
      nginx: 'Ask the header of the proxy in front, "if ($http_x_forwarded_proto = http)", or let that one redirect.',
      apache:
        'Ask the header, "RewriteCond %{HTTP:X-Forwarded-Proto} !=https", or the variable: "RewriteCond %{ENV:HTTPS} !=on".',
    },
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: [['real_ip_header'], ['if']],
      apache: [['setenvif', 'setenvifnocase', 'remoteipheader'], ['rewritecond']],
    },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond'],
  },
  messages: {
    front:
      'This server stands behind a proxy, as "{{sign}}" says, and speaks no TLS: "{{condition}}" holds for clients that came over HTTPS, too.',
    connection: '"{{variable}}" is that of the connection to the proxy in front, whatever SetEnvIf sets "HTTPS" to.',
  },
  check({ config, model, report }) {
    return {
      virtualHost(host) {
        for (const { at, condition, sign } of redirectsBehindProxy(host, model)) {
          report({
            message: 'front',
            at,
            data: { condition, sign: sign.name.value },
            severity: 'warning',
            confidence: 'medium',
            related: [{ at: sign, message: 'the proxy in front is believed here' }],
          });
        }
      },
      start() {
        const byKey = directivesByKey(config.file.root);
        const setters = [...(byKey.get('setenvif') ?? []), ...(byKey.get('setenvifnocase') ?? [])].filter(setsHttps);
        if (setters.length === 0) return;
        for (const condition of byKey.get('rewritecond') ?? []) {
          const word = condition.args[0];
          const variable = /%\{(?:HTTPS|REQUEST_SCHEME)\}/i.exec(word?.value ?? '')?.[0];
          if (!word || variable === undefined) continue;
          const setter = setters.find((each) => holdsFor(each, condition));
          if (!setter || asksHeader(condition) || endsTls(condition)) continue;
          const at = placeIn(condition, word);
          const isFlag =
            word.value === '%{HTTPS}' && /^(?:off|!=?on|on|=on|!=?off)$/i.test(condition.args[1]?.value ?? '');
          report({
            message: 'connection',
            at,
            data: { variable },
            related: [{ at: setter, message: 'sets the variable' }],
            // Where the variable is not set it is empty, which "off" does not match.
            ...(isFlag && {
              fix: { title: 'Ask the variable', edits: fixOf(condition) },
            }),
          });
        }
      },
    };
  },
});

function fixOf(condition: Directive): { place: ReturnType<typeof placeIn>; text: string }[] {
  const [test, pattern] = condition.args;
  const isOn = /^(?:=?on|!=?off)$/i.test(pattern!.value);
  return [
    { place: placeIn(condition, test!), text: '%{ENV:HTTPS}' },
    { place: placeIn(condition, pattern!), text: isOn ? '=on' : '!=on' },
  ];
}

function setsHttps({ args }: Directive): boolean {
  return (
    /^X-Forwarded-|^Front-End-Https$|^X-Url-Scheme$/i.test(args[0]?.value ?? '') &&
    args.slice(2).some(({ value }) => /^HTTPS(?:=on)?$/i.test(value))
  );
}

/** Whether the one stands on a level around the other, or on its own. */
function holdsFor(setter: Directive, condition: Directive): boolean {
  const level = levelOf(setter);
  for (let around = enclosing(condition); around; around = enclosing(around)) if (around === level) return true;
  return level === undefined;
}

function levelOf(directive: Directive): Directive | undefined {
  let level = enclosing(directive);
  while (level && isConditional(level)) level = enclosing(level);
  return level;
}

/** Another condition of the same rule asks what the proxy said. */
function asksHeader(condition: Directive): boolean {
  const { directives } = condition.parent;
  const index = directives.indexOf(condition);
  const rest = (from: number, step: number): string[] => {
    const found: string[] = [];
    for (let at = from; directives[at]?.key === 'rewritecond'; at += step)
      found.push(directives[at]!.args[0]?.value ?? '');
    return found;
  };
  return [...rest(index - 1, -1), ...rest(index + 1, 1)].some((test) => /X-Forwarded-|ENV:HTTPS/i.test(test));
}

/** A virtual host with TLS of its own knows it from the connection. */
function endsTls(condition: Directive): boolean {
  for (let around = enclosing(condition); around; around = enclosing(around))
    if (around.key === 'virtualhost' && around.block && hasTls(around.block)) return true;
  return false;
}

function hasTls(block: Block): boolean {
  return (directivesByKey(block).get('sslengine') ?? []).some((engine) => !isOff(engine));
}
