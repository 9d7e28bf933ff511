import type { Edit } from '../finding.ts';
import type { Scope } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'Directory listings are on for a whole site',
    why: 'Every directory without an index file shows its content: backups, uploads and configuration files that no page links to.',
    how: 'Turn listings off, and on only in the location that exists to be listed.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    options: {
      single: {
        type: 'boolean',
        default: false,
        description: 'Report the listing of a single location or directory too, which may be there to be listed.',
      },
    },
    pedanticOptions: { single: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_autoindex_module.html#autoindex',
      'https://httpd.apache.org/docs/2.4/mod/core.html#options',
      'https://cwe.mitre.org/data/definitions/548.html',
    ],
  },
  messages: {
    listing: '"{{text}}" lists the content of every directory {{where}}.',
    single: '"{{text}}" lists what {{where}} holds, and the directories in it.',
  },
  check({ config, dialect, options, report }) {
    const seen = new Set<Directive>();
    /** Then what stands beside it holds for every server, and is no piece of a location. */
    const hasServer = childrenNamed(config.file.root, 'server').some(({ block }) => block);
    const listings: [Directive, Word][] = [];

    function say(message: 'listing' | 'single', directive: Directive, word: Word, where: string): void {
      if (seen.has(directive)) return;
      seen.add(directive);
      const text = `${directive.name.value} ${directive.args.map(({ value }) => value).join(' ')}`;
      report({
        message,
        at: placeIn(directive, word),
        data: { text, where },
        ...(message === 'single' && { severity: 'info' }),
        fix: { title: 'Turn listings off', edits: [turnOff(directive, word)] },
      });
    }

    /** A listing that is no part of a larger site: its author may want it. */
    function saySingle(directive: Directive, word: Word): void {
      if (options['single'] !== true) return;
      const { owner } = directive.parent;
      say('single', directive, word, owner ? `this ${owner.key}` : 'this place');
    }

    /** A listing of one location is there for its own sake; one of a server with other content is not. */
    function checkNginx(autoindex: Directive): void {
      const [value] = autoindex.args;
      if (!value || !isOn(autoindex)) return;
      const { owner } = autoindex.parent;
      if (owner ? owner.key === 'http' : config.level === 'http' && hasServer)
        say('listing', autoindex, value, 'of every server');
      else listings.push([autoindex, value]);
    }

    return {
      directives: {
        autoindex: checkNginx,
        options(directive) {
          if (dialect !== 'apache') return;
          const word = listingOption(directive);
          const section = directive.parent.owner;
          if (!word) return;
          if (section?.key === 'directory' && section.args[0]?.value === '/')
            say('listing', directive, word, 'of the file system that is mapped to a URL');
          else saySingle(directive, word);
        },
      },
      virtualHost(host) {
        if (dialect !== 'nginx') return;
        const own = host.scope.own('autoindex').at(-1);
        const value = own?.args[0];
        if (own && value && isOn(own) && host.routes.some(({ scope }) => servesPages(scope))) {
          say('listing', own, value, 'of this server');
        }
      },
      end() {
        for (const [autoindex, value] of listings) saySingle(autoindex, value);
      },
    };
  },
});

/** `All` holds `Indexes`; a later word takes back what an earlier one adds. */
function listingOption({ args }: Directive): Word | undefined {
  const last = args.findLast(({ value }) => /^(?:[+-]?indexes|all)$/i.test(value));
  return last?.value.startsWith('-') ? undefined : last;
}

/** `+Indexes` adds to what the level above says, `Indexes` alone is one of a list that replaces it. */
function turnOff(directive: Directive, word: Word): Edit {
  const place = placeIn(directive, word);
  if (/^all$/i.test(word.value)) return { place: { ...place, start: place.end }, text: ' -Indexes' };
  if (word.value.startsWith('+')) return { place, text: '-Indexes' };
  if (directive.key === 'autoindex') return { place, text: 'off' };
  const next = directive.args[directive.args.indexOf(word) + 1];
  if (next) return { place: { ...place, end: next.start }, text: '' };
  const previous = directive.args.at(-2);
  return previous ? { place: { ...place, start: previous.end }, text: '' } : { place, text: 'None' };
}

/** Something here is more than a store of files: an application, or pages with an index. */
function servesPages(scope: Scope): boolean {
  return ['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'try_files'].some((key) => scope.own(key).length > 0);
}
