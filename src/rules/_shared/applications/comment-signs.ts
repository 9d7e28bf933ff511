/** Which routes the comments of a config speak of. */
import type { ToldApplication } from '../../../facts/applications/told.ts';
import type { Route, VirtualHost } from '../../../model/model.ts';
import type { Config } from '../../../syntax/config.ts';
import type { ConfigFile, Directive } from '../../../syntax/tree.ts';
import type { SourceFile } from '../../../text/source.ts';
import type { ProxyRoute } from '../backends.ts';
import type { Sign } from './signs.ts';
import { mentionsIn, toldBeforeFence, type Mention } from './texts.ts';

/** A file says at its top what holds for all of it. */
const maxTop = 20;

/** Comments on what stands around or right above it are about a directive. */
const maxAbove = 600;

export class CommentSigns {
  readonly #isDocument: boolean;
  readonly #mentions = new Map<SourceFile, readonly Mention[]>();

  constructor({ files }: Config) {
    this.#isDocument = files.some(({ source }) => source.outer?.kind === 'document');
    for (const file of files) {
      const mentions = mentionsIn(file);
      if (mentions.length > 0) this.#mentions.set(file.source, mentions);
    }
  }

  /** Whether no comment and no document says anything of an application. */
  get isEmpty(): boolean {
    return this.#mentions.size === 0 && !this.#isDocument;
  }

  /** What `proxylint-application` says of the routes: in or above one of them, around all, or at the top of the file. */
  toldOf(host: VirtualHost, routes: readonly ProxyRoute[], isMain: boolean): ToldApplication | undefined {
    const said = this.#about(host, routes, isMain).find(isTold);
    if (said || !isMain) return said?.told;
    const first = this.#firstOf(routes[0]!.directive.parent.file);
    return first && isTold(first) ? first.told : undefined;
  }

  /** What is said of a whole file. */
  #firstOf(source: SourceFile): Mention | undefined {
    if (source.outer) return toldBeforeFence(source);
    const [first] = this.#mentions.get(source)?.filter(({ told }, index) => told !== undefined && index < maxTop) ?? [];
    return first && isTop(first.place.start, source) ? first : undefined;
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

  #about(host: VirtualHost, routes: readonly ProxyRoute[], isMain: boolean): readonly Mention[] {
    const source = routes[0]!.directive.parent.file;
    const mentions = this.#mentions.get(source);
    if (!mentions) return none;
    const own = blocksOf(routes, host);
    const around = isMain && host.directive?.parent.file === source ? host.directive : undefined;
    const spans = around ? [around, ...own] : own;
    if (spans.length === 0) return none;
    const from = Math.min(...spans.map(({ start }) => start)) - maxAbove;
    const to = Math.max(...spans.map(({ end }) => end));
    const near = between(mentions, from, to);
    if (near.length === 0) return none;
    const others = blocksOf(host.routes, host);
    return near.filter(({ place: { start } }) => {
      if (own.some((directive) => isAbout(start, directive, source))) return true;
      return around && isAbout(start, around, source) && !others.some((other) => isAbout(start, other, source));
    });
  }
}

const none: readonly Mention[] = [];

function blocksOf(routes: readonly Route[], host: VirtualHost): Directive[] {
  return routes.flatMap(({ directive }) => (directive.block && directive !== host.directive ? [directive] : []));
}

/** Those that begin in a stretch of the text; they are in its order, and there may be one a virtual host. */
function between(mentions: readonly Mention[], from: number, to: number): readonly Mention[] {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mentions[middle]!.place.start < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < mentions.length && mentions[end]!.place.start <= to) end++;
  return mentions.slice(low, end);
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
