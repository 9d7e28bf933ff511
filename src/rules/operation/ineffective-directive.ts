import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A directive of httpd that is accepted where it stands but has no effect there',
    why: 'Which .htaccess files count and which links are followed is decided on the way through the directories, before sections for URLs, file names or patterns are looked at.',
    how: 'Put the directive into a <Directory> section with a plain path.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride',
      'https://httpd.apache.org/docs/2.4/mod/core.html#options',
    ],
  },
  messages: {
    override: '"{{name}}" has no effect in <{{section}}>, only in <Directory> with a plain path.',
    links: 'The option "{{option}}" has no effect in <{{section}}>, only in <Directory> and .htaccess.',
  },
  check({ report }) {
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
  },
});

function isForUrls({ key }: Directive): boolean {
  return /^(?:location|files)(?:match)?$/.test(key);
}

function isForPattern({ key, args }: Directive): boolean {
  return key === 'directorymatch' || (key === 'directory' && args[0]?.value === '~');
}
