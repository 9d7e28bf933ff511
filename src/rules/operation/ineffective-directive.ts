import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { unreadNames } from './_stream-names.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';

const messages = {
  override: '"{{name}}" has no effect in <{{section}}>, only in <Directory> with a plain path.',
  links: 'The option "{{option}}" has no effect in <{{section}}>, only in <Directory> and .htaccess.',
  streamName:
    'The name "{{name}}" chooses no server: the first server of "{{address}}" reads no name, as it has neither "ssl" nor "ssl_preread on".',
} as const;

export default defineRule({
  meta: {
    summary: 'A directive that is accepted where it stands but has no effect there',
    why: 'What it was to do does not happen, and nothing says so. Apache: which .htaccess files count and which links are followed is decided on the way through the directories, before sections for URLs, file names or patterns are looked at.',
    how: {
      nginx: 'Read the names of stream servers with "ssl_preread on".',
      apache: 'Put the directive into a <Directory> section with a plain path.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['stream'], apache: ['allowoverride*', 'options'] },
    references: [
      'https://nginx.org/en/docs/stream/ngx_stream_core_module.html#server_name',
      'https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride',
      'https://httpd.apache.org/docs/2.4/mod/core.html#options',
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

function checkApache({ report }: RuleContext<typeof messages>): Visitor {
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

  return { directives: { allowoverride: checkOverride, allowoverridelist: checkOverride, options: checkOptions } };
}

function isForUrls({ key }: Directive): boolean {
  return /^(?:location|files)(?:match)?$/.test(key);
}

function isForPattern({ key, args }: Directive): boolean {
  return key === 'directorymatch' || (key === 'directory' && args[0]?.value === '~');
}
