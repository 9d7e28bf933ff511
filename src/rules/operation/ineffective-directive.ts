import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { childrenNamed, directivesByKey } from '../../syntax/walk.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';
import { lostLine } from '../_shared/lost-line.ts';
import { unreadNames } from './_stream-names.ts';
import { routelessBalancers } from './_sticky-sessions.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';

const messages = {
  override: '"{{name}}" has no effect in <{{section}}>, only in <Directory> with a plain path.',
  links: 'The option "{{option}}" has no effect in <{{section}}>, only in <Directory> and .htaccess.',
  lineEnd:
    'This line is not read: it is the last one of the file, has no line end, and stands right behind "Use {{macro}}".',
  streamName:
    'The name "{{name}}" chooses no server: the first server of "{{address}}" reads no name, as it has neither "ssl" nor "ssl_preread on".',
  htmlMap: '"{{name}}" rewrites no link: no "ProxyHTMLLinks" says which attributes of which elements are links.',
  sticky: '"{{word}}" binds no client to a member: none of the members has a "route".',
} as const;

export default defineRule({
  meta: {
    summary: 'A directive that is accepted where it stands but has no effect there',
    why: 'What it was to do does not happen, and nothing says so. Apache: which .htaccess files count and which links are followed is decided on the way through the directories, before sections for URLs, file names or patterns are looked at.',
    how: {
      nginx: 'Read the names of stream servers with "ssl_preread on".',
      apache: 'Put the directive into a <Directory> section with a plain path.',
    },
    whenOff: 'Where the line waits for being moved to a place where it counts.',
    severity: 'warning',
    confidence: 'high',
    fixable: 'safe',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['stream'], apache: ['allowoverride*', 'options', 'use', 'balancermember', 'proxyhtmlurlmap'] },
    references: [
      'https://nginx.org/en/docs/stream/ngx_stream_core_module.html#server_name',
      'https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride',
      'https://httpd.apache.org/docs/2.4/mod/core.html#options',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy_balancer.html#stickyness_implementation',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy_html.html#proxyhtmllinks',
    ],
  },
  messages,
  check: {
    nginx: checkNginx,
    apache: checkApache,
  },
});

function checkNginx({ config, report }: RuleContext<typeof messages>): Visitor {
  return {
    end() {
      for (const stream of childrenNamed(config.file.root, 'stream')) {
        for (const { server, address } of unreadNames(stream)) {
          const name = server.args[0]!.value;
          report({ message: 'streamName', at: server, data: { name, address } });
        }
      }
    },
  };
}

function checkApache({ config, report }: RuleContext<typeof messages>): Visitor {
  function checkOverride(directive: Directive): void {
    const section = enclosing(directive);
    if (!section || !(isForUrls(section) || isForPattern(section))) return;
    const tilde = section.args[0]?.value === '~' ? ' ~' : '';
    const data = { name: directive.name.value, section: section.name.value + tilde };
    report({ message: 'override', at: directive, data });
  }

  function checkOptions(directive: Directive): void {
    const section = enclosing(directive);
    const link = directive.args.find(({ value }) => /^[+-]?(?:FollowSymLinks|SymLinksIfOwnerMatch)$/i.test(value));
    if (!section || !link || !isForUrls(section)) return;
    report({
      message: 'links',
      at: placeIn(directive, link),
      severity: 'info',
      data: { option: link.value, section: section.name.value },
    });
  }

  function checkLineEnd(use: Directive): void {
    const line = lostLine(use);
    if (!line) return;
    if (line.text.startsWith('</')) return;
    const { file, end } = line.place;
    report({
      message: 'lineEnd',
      at: line.place,
      data: { macro: use.args[0]?.value ?? '' },
      why: 'The line behind the use of a macro is read as a part of the macro, and one that nothing ends is lost at the end of the file, without a message.',
      how: 'End the last line of the file with a line end.',
      // A directive that comes into force changes what the server does.
      fix: { title: 'End the line', safety: 'unsafe', edits: [{ place: { file, start: end, end }, text: '\n' }] },
    });
  }

  /** Scripts and style sheets are searched without knowing of links. */
  function checkHtmlMap(): void {
    const directives = directivesByKey(config.file.root);
    const map = directives.get('proxyhtmlurlmap')?.[0];
    if (!map || !config.serversComplete || directives.has('proxyhtmllinks')) return;
    if (directives.get('proxyhtmlextended')?.some((directive) => isOn(directive))) return;
    report({
      message: 'htmlMap',
      at: map,
      data: { name: map.name.value },
      why: 'Since 2.4 mod_proxy_html knows no links by itself: without ProxyHTMLLinks it hands each page on as it came, with the addresses of the backend.',
      how: 'Add the lines of proxy-html.conf that come with httpd: "ProxyHTMLLinks a href", "ProxyHTMLLinks img src", "ProxyHTMLLinks form action" and so on.',
    });
  }

  return {
    directives: {
      allowoverride: checkOverride,
      allowoverridelist: checkOverride,
      options: checkOptions,
      use: checkLineEnd,
    },
    end() {
      checkHtmlMap();
      for (const { directive, word, members } of routelessBalancers(config))
        report({
          message: 'sticky',
          at: placeIn(directive, word),
          data: { word: word.value },
          confidence: 'medium',
          why: 'A member is found by the route that stands in the cookie or the path, behind the last dot. Without routes each request goes to the next member: sessions are lost, and users are asked to log in again and again.',
          how: 'Give each BalancerMember a route, the one that its application writes into the cookie: "route=node1".',
          related: members.map((at) => ({ at, message: 'has no route' })),
        });
    },
  };
}

function isForUrls({ key }: Directive): boolean {
  return /^(?:location|files)(?:match)?$/.test(key);
}

function isForPattern({ key, args }: Directive): boolean {
  return key === 'directorymatch' || (key === 'directory' && args[0]?.value === '~');
}
