import type { VirtualHost } from '../../model/model.ts';
import type { Trace } from '../../model/trace.ts';
import { isUnder } from '../../servers/apache/meaning/paths.ts';
import { trace } from '../../requests/ask.ts';
import { curlOf, requestTo } from '../../requests/request-to.ts';
import { enclosing, enclosingNamed, placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { childrenNamed, directivesByKey } from '../../syntax/walk.ts';
import { toBytes } from '../../text/bytes.ts';
import { isAt } from '../_shared/route-at.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Config } from '../../syntax/config.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A site whose files lie in a folder that nothing opens',
    why: 'The main configuration closes the whole file system, "Require all denied" in <Directory "/">, and each folder of a site has to be opened: every request is answered with 403, "client denied by server configuration".',
    how: 'Open the folder: "Require all granted" in a <Directory> of its own.',
    whenOff: 'Where the site is meant to be closed.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: [['documentroot', 'alias'], ['directory'], [{ require: /^denied$/i }, 'order', 'deny']] },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/core.html#directory',
      'https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require',
    ],
  },
  messages: {
    closed:
      'Requests for what lies in "{{folder}}" are answered with 403: <Directory "{{section}}"> closes it, and nothing opens it.',
  },
  check(context) {
    const { config, report } = context;
    const told = new Set<Directive>();
    let left = mostRequests;
    let sections: ReadonlyMap<string, readonly Directive[]> | undefined;

    /** By the text, before the tracer is asked: the section next to the folder decides. */
    function mayBeClosed(folder: string, host: VirtualHost): boolean {
      sections ??= sectionsByFolder(config);
      const own = plainFolder(folder);
      for (let path = own; ; path = path.slice(0, path.lastIndexOf('/'))) {
        const nearest = sections.get(path)?.filter((section) => isFor(section, host)) ?? [];
        if (nearest.length > 0) return nearest.some(isClosing) && !mayBeOpenedElsewhere(own, config);
        if (path === '') return false;
      }
    }

    function check(host: VirtualHost, folder: Word | undefined, path: string, at: Directive): void {
      if (!folder?.value.startsWith('/') || told.has(at) || left <= 0 || !mayBeClosed(folder.value, host)) return;
      left--;
      const request = requestTo(host, host.listeners[0], toBytes(path));
      const closing = request && closedBy(trace(context, request, asIfThere), folder.value);
      if (!closing) return;
      told.add(at);
      report({
        message: 'closed',
        at: placeIn(at, folder),
        data: { folder: folder.value, section: closing.args.at(-1)!.value },
        related: [{ at: closing, message: 'closes the folder' }],
        how: `Write "<Directory "${folder.value}">" with ${openingFor(closing)}.`,
        witness: curlOf(request),
      });
    }

    /** The section around the folder whose rule turns a request away; undefined where it is not that, or an .htaccess file may change it. */
    function closedBy({ outcome, steps, unknowns }: Trace, folder: string): Directive | undefined {
      if (outcome.kind !== 'response' || outcome.status !== 403 || unknowns.length > 0) return undefined;
      const place = steps.findLast((step) => step.place !== undefined)?.place;
      const rules = ['require', 'deny', 'order'].flatMap((key) => directivesByKey(config.file.root).get(key) ?? []);
      const section =
        place &&
        rules
          .map((rule) => (isAt(place, rule) ? enclosing(rule) : undefined))
          .find((each) => each?.key === 'directory');
      const own = section?.args.at(-1)?.value;
      if (!section || own === undefined || /[*?[\]]/.test(own) || section.args.length > 1) return undefined;
      return isAround(own, folder) ? section : undefined;
    }

    return {
      virtualHost(host) {
        if (!config.serversComplete) return;
        const root = host.scope.effective('documentroot').at(-1);
        if (root) check(host, root.args[0], '/x.html', root);
        for (const { directive, match } of host.routes) {
          if (directive.key === 'alias' && match.pattern.startsWith('/'))
            check(host, directive.args.at(-1), `${match.pattern.replace(/\/$/, '')}/x.html`, directive);
        }
      },
    };
  },
});

/** What lets everybody in: `Require` does not undo the access control of httpd 2.2. */
function openingFor(section: Directive): string {
  return childrenNamed(section.block, 'require').length === 0
    ? '"Order allow,deny" and "Allow from all"'
    : '"Require all granted"';
}

/** Those that say who may come in, by their folder without its last slash. */
function sectionsByFolder({ file }: Config): ReadonlyMap<string, readonly Directive[]> {
  const all = (directivesByKey(file.root).get('directory') ?? []).filter(
    (section) => section.args.length === 1 && hasAccess(section),
  );
  return groupBy(all, ({ args }) => plainFolder(args[0]!.value));
}

/** As httpd compares them: doubled slashes are one, the last counts for nothing. */
function plainFolder(path: string): string {
  return path
    .split('/')
    .filter(Boolean)
    .map((name) => `/${name}`)
    .join('');
}

/** By sections for names of files and conditions, or for a folder below. */
function mayBeOpenedElsewhere(folder: string, { file }: Config): boolean {
  const byKey = directivesByKey(file.root);
  const sections = (...keys: readonly string[]): readonly Directive[] => keys.flatMap((key) => byKey.get(key) ?? []);
  const conditional = sections('files', 'filesmatch', 'if', 'elseif', 'else', 'directorymatch');
  if (conditional.some((section) => !isClosing(section) && hasAccess(section))) return true;
  return sections('directory').some((section) => {
    const path = plainFolder(section.args.at(-1)?.value ?? '');
    return path !== folder && isUnder(path, folder) && hasAccess(section) && !isDenying(section);
  });
}

function hasAccess({ block }: Directive): boolean {
  return accessKeys.some((key) => childrenNamed(block, key).length > 0);
}

function isDenying({ block }: Directive): boolean {
  return childrenNamed(block, 'require').some(({ args }) => args.some(({ value }) => /^denied$/i.test(value)));
}

const accessKeys = ['require', 'order', 'deny', 'allow'];

/** The sections of the main server hold for all. */
function isFor(section: Directive, { directive }: VirtualHost): boolean {
  const owner = enclosingNamed(section, 'virtualhost');
  return owner === undefined || owner === directive;
}

function isClosing(section: Directive): boolean {
  return isDenying(section) || ['deny', 'order'].some((key) => childrenNamed(section.block, key).length > 0);
}

/** Each is compared with all sections. Where so many folders are closed, the rest are for the same reason. */
const mostRequests = 100;

/** The folders and the page that is asked for; of .htaccess files nothing is known. */
function asIfThere(path: string): 'file' | 'directory' | undefined {
  if (path.endsWith('/.htaccess')) return undefined;
  return path.endsWith('/x.html') ? 'file' : 'directory';
}

function isAround(outer: string, folder: string): boolean {
  const [around, inner] = [outer, folder].map((path) => path.replace(/\/$/, '')) as [string, string];
  return around !== inner && isUnder(inner, around === '' ? '/' : around);
}
