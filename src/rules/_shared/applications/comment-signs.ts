/** Which routes the comments of a config speak of. */
import type { ToldApplication } from '../../../facts/applications/told.ts';
import type { VirtualHost } from '../../../model/model.ts';
import type { Config } from '../../../syntax/config.ts';
import type { ConfigFile, Directive } from '../../../syntax/tree.ts';
import type { SourceFile } from '../../../text/source.ts';
import type { ProxyRoute } from '../backends.ts';
import type { Sign } from './signs.ts';
import { mentionsIn, toldBeforeFence, type Mention } from './texts.ts';

/** Comments on what stands around or right above it are about a directive. */
const maxAbove = 600;

export class CommentSigns {
  readonly #mentions = new Map<SourceFile, readonly Mention[]>();

  constructor({ files }: Config) {
    for (const file of files) {
      const mentions = mentionsIn(file);
      if (mentions.length > 0) this.#mentions.set(file.source, mentions);
    }
  }

  /** What `proxylint-application` says of the routes: in or above one of them, around all, or at the top of the file. */
  toldOf(host: VirtualHost, routes: readonly ProxyRoute[], isMain: boolean): ToldApplication | undefined {
    const said = this.#about(host, routes, isMain).find(isTold);
    if (said) return said.told;
    if (!isMain) return undefined;
    const source = routes[0]!.directive.parent.file;
    const top = this.#mentions.get(source)?.find(({ place, told }) => told !== undefined && isTop(place.start, source));
    const first = top ?? toldBeforeFence(source);
    return first && isTold(first) ? first.told : undefined;
  }

  signsOf(host: VirtualHost, routes: readonly ProxyRoute[], isMain: boolean): Sign[] {
    const about = this.#about(host, routes, isMain);
    const ids = new Set(about.flatMap((mention) => mention.ids));
    // Where several are named it is not said which one stands behind this.
    if (ids.size !== 1) return [];
    const [id] = ids as unknown as [string];
    const { place } = about.find((mention) => mention.ids.includes(id))!;
    const { line } = place.file.positionAt(place.start);
    return [{ id, weight: 2, kind: 'comment', text: `a comment in line ${line}`, at: place }];
  }

  #about(host: VirtualHost, routes: readonly ProxyRoute[], isMain: boolean): Mention[] {
    const source = routes[0]!.directive.parent.file;
    const mentions = this.#mentions.get(source);
    if (!mentions) return [];
    const own = routes
      .map(({ directive }) => directive)
      .filter((directive) => directive.block && directive !== host.directive);
    const others = host.routes
      .map(({ directive }) => directive)
      .filter((directive) => directive.block && directive !== host.directive);
    return mentions.filter(({ place: { start } }) => {
      if (own.some((directive) => isAbout(start, directive, source))) return true;
      if (!isMain || !host.directive || host.directive.parent.file !== source) return false;
      return isAbout(start, host.directive, source) && !others.some((directive) => isAbout(start, directive, source));
    });
  }
}

function isTold(mention: Mention): mention is Mention & { readonly told: ToldApplication } {
  return typeof mention.told === 'object';
}

function isAbout(at: number, directive: Directive, { code }: SourceFile): boolean {
  const { start, end, parent } = directive;
  if (parent.file.code !== code || at > end || at < start - maxAbove) return false;
  return at >= start || code.slice(at, start).split('\n').every(isBlankOrComment);
}

function isTop(at: number, { code }: SourceFile): boolean {
  return code.slice(0, at).split('\n').every(isBlankOrComment);
}

function isBlankOrComment(line: string): boolean {
  const text = line.trim();
  return text === '' || text.startsWith('#');
}

/** The comments that say what an application is, and cannot be read. */
export function mistakenMentions(files: readonly ConfigFile[]): (Mention & { readonly told: string })[] {
  const all = files.flatMap((file) => [
    ...mentionsIn(file),
    ...(toldBeforeFence(file.source) ? [toldBeforeFence(file.source)!] : []),
  ]);
  return all.filter((mention): mention is Mention & { readonly told: string } => typeof mention.told === 'string');
}
