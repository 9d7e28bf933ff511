import type { VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';
import { placeOf, listingOption, turnOff, servesPages } from './_listing-option.ts';

const messages = {
  listing: '"{{text}}" lists the content of every directory {{where}}.',
  single: '"{{text}}" lists what {{where}} holds, and the directories in it.',
} as const;

export default defineRule({
  meta: {
    summary: 'Directory listings are on for a whole site',
    why: 'Every directory without an index file shows its content: backups, uploads and configuration files that no page links to.',
    how: 'Turn listings off, and on only in the location that exists to be listed.',
    whenOff: 'Where the site is an archive or mirror, and its listings are its purpose.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['autoindex'], apache: ['options'] },
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
  messages,
  check: {
    nginx(context) {
      const say = reporter(context);
      const listings: [Directive, Word][] = [];
      const { config } = context;
      /** Then what stands beside it holds for every server, and is no piece of a location. */
      const hasServer = childrenNamed(config.file.root, 'server').some(({ block }) => block);
      return {
        directives: {
          /** A listing of one location is there for its own sake; one of a server with other content is not. */
          autoindex(directive) {
            const [value] = directive.args;
            if (!value || !isOn(directive)) return;
            const { owner } = directive.parent;
            if (owner ? owner.key === 'http' : config.level === 'http' && hasServer)
              say('listing', directive, value, 'of every server');
            else listings.push([directive, value]);
          },
        },
        virtualHost(host) {
          const own = host.scope.own('autoindex').at(-1);
          const value = own?.args[0];
          if (own && value && isOn(own) && host.routes.some(({ scope }) => servesPages(scope)) && lists(host, own)) {
            say('listing', own, value, 'of this server');
          }
        },
        end() {
          if (!context.options.single) return;
          for (const [autoindex, value] of listings) say('single', autoindex, value, placeOf(autoindex));
        },
      };
    },
    apache(context) {
      const say = reporter(context);
      return {
        directives: {
          options(directive) {
            const word = listingOption(directive);
            const section = directive.parent.owner;
            if (!word) return;
            if (section?.key === 'directory' && section.args[0]?.value === '/')
              say('listing', directive, word, 'of the file system that is mapped to a URL');
            else if (context.options.single) say('single', directive, word, placeOf(directive));
          },
        },
      };
    },
  },
});

/** Whether some requests meet it: a location for all paths may say something else, or hand them on. */
function lists({ routes }: VirtualHost, autoindex: Directive): boolean {
  const locations = routes.filter(({ directive, match }) => directive.key === 'location' && match.kind !== 'named');
  if (!locations.some(({ match, parent }) => match.pattern === '/' && match.kind !== 'exact' && !parent)) return true;
  return locations.some(
    ({ handler, scope }) => handler.kind === 'static' && scope.effective('autoindex').at(-1) === autoindex,
  );
}

type Say = (message: 'listing' | 'single', directive: Directive, word: Word, where: string) => void;

function reporter({ report }: RuleContext<typeof messages>): Say {
  const seen = new Set<Directive>();
  return (message, directive, word, where) => {
    if (seen.has(directive)) return;
    seen.add(directive);
    const text = `${directive.name.value} ${directive.args.map(({ value }) => value).join(' ')}`;
    report({
      message,
      at: placeIn(directive, word),
      data: { text, where },
      // It is no part of a larger site: its author may want it.
      ...(message === 'single' && { severity: 'info' }),
      fix: { title: 'Turn listings off', edits: [turnOff(directive, word)] },
    });
  };
}
