/** Links between documents of the project, as the site needs them. */
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { repository } from './repository.ts';

export interface LinkedPages {
  /** Of each page on the site: the document that it is made of, from the folder of the project. */
  readonly sources: Readonly<Record<string, string>>;
  /** The folder of the project. */
  readonly project: string;
}

/** Makes links to documents links to their pages, and links to other files links to the repository. Throws for those that lead nowhere. */
export function rewriteLinks(md: MarkdownRenderer, { sources, project }: LinkedPages): void {
  const pages = new Map(Object.entries(sources).map(([page, source]) => [source, page]));
  md.core.ruler.push('project-links', (state) => {
    const page = (state.env as { readonly relativePath?: string }).relativePath;
    const source = page === undefined ? undefined : sources[page];
    if (source === undefined) return;
    for (const token of state.tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null;
      if (href !== null && !/^(?:[a-z]+:|#)/i.test(href)) token.attrSet('href', rewritten(href, page!, source));
    }
  });

  function rewritten(href: string, page: string, source: string): string {
    const [file, anchor] = href.split('#', 2) as [string, string | undefined];
    const linked = posix.normalize(posix.join(posix.dirname(source), decodeURI(file))).replace(/\/$/, '');
    const end = anchor === undefined ? '' : `#${anchor}`;
    const target = pages.get(linked) ?? pages.get(`${linked}/README.md`);
    if (target !== undefined) return relative(page, target) + end;
    if (linked.startsWith('..') || !existsSync(join(project, linked)))
      throw new Error(`${source}: a link leads to ${href}, which is not there`);
    return `${repository}/blob/main/${linked}${end}`;
  }
}

function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
