import { enclosing, type Directive } from '../../syntax/tree.ts';
import { isConditional } from '../../servers/apache/meaning/section-kinds.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Access or .htaccess files that are allowed for the whole file system',
    why: 'What holds for <Directory "/"> holds for every directory that no other section names: a later Alias or a link that leads out of the site is open at once, and each request searches for .htaccess files from the root on.',
    how: 'Write "Require all denied" and "AllowOverride None" for "/", and allow what is served in sections of its own.',
    severity: 'info',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://httpd.apache.org/docs/2.4/misc/security_tips.html#protectserverfiles',
      'https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride',
    ],
  },
  messages: {
    granted: '"{{text}}" opens every directory of the machine that no other section closes.',
    override: '"{{text}}" lets .htaccess files take effect in every directory of the machine.',
  },
  check({ report }) {
    const textOf = ({ name, args }: Directive): string => [name, ...args].map(({ value }) => value).join(' ');

    function check(message: 'granted' | 'override', pattern: RegExp): (directive: Directive) => void {
      return (directive) => {
        if (!isForRoot(directive)) return;
        const text = textOf(directive);
        if (pattern.test(text)) report({ message, at: directive, data: { text } });
      };
    }

    return {
      directives: {
        require: check('granted', /^\S+ all granted$/i),
        allow: check('granted', /^\S+ from all$/i),
        allowoverride: check('override', /^\S+ (?:all|authconfig|fileinfo|indexes|limit|options)\b/i),
      },
    };
  },
});

/** Not for some files of it, nor as one condition among others. */
function isForRoot(directive: Directive): boolean {
  let section = enclosing(directive);
  while (section && isConditional(section)) section = enclosing(section);
  return section?.key === 'directory' && section.args[0]?.value === '/';
}
