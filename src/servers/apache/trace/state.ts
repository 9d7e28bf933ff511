import type { Environment } from '../meaning/environment.ts';
import type { ApacheScope } from '../meaning/scope.ts';
import type { Section } from '../meaning/sections.ts';
import type { Item } from '../meaning/levels.ts';
import type { Config } from '../../../syntax/config.ts';
import { unknown, type VirtualHost } from '../../../model/model.ts';
import type { BoundedRegex } from '../../../regex/match.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import type { Place } from '../../../text/source.ts';
import { headerOf, type Directive, type Word } from '../../../syntax/tree.ts';
import type { Version } from '../../../model/versions.ts';
import { toBytes } from '../../../text/bytes.ts';
import type { Chosen, FileKind, FileLookup, TraceRequest, TraceStep } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import type { HeaderTable } from './header-table.ts';
import { readFlag } from '../meaning/settings.ts';

/** What stays the same while a request is traced, and what is written down about it. */
export interface Setting {
  readonly config: Config;
  readonly environment: Environment;
  readonly version: Version;
  readonly request: TraceRequest;
  readonly files: FileLookup;
  readonly host: VirtualHost;
  /** Names of the modules that the server has; undefined: not known. */
  readonly modules: ReadonlySet<string> | undefined;
  /** The address that the connection went to; undefined: not known. */
  readonly address: string | undefined;
  /** Address of the client, as trusted proxies tell it; undefined: not known. */
  client: string | undefined;
  /** Of the virtual host, merged over the main server. */
  readonly base: ApacheScope;
  /** Sections of the main server, then of the virtual host. */
  readonly sections: readonly Section[];
  /** `ServerName` without port; undefined where httpd asks the system for a name. */
  readonly serverHostname: string | undefined;
  /** Scheme of URLs of this server: `https` over TLS, else that of `ServerName`, else `http`. */
  readonly scheme: string;
  /** Port of `ServerName`; 0: none given there; undefined: the one of the address. */
  readonly serverPort: number;
  readonly steps: TraceStep[];
  readonly unknowns: Set<string>;
  /** Lookups of index files so far. */
  lookups: number;
  /** What takes the request, as far as it was found. */
  chosen: Chosen | undefined;
  /** The sections merged so far, and the last one of a path. */
  readonly applied: Set<Directive>;
  section: Chosen | undefined;
}

/** The counterpart of `request_rec` (include/httpd.h). */
export interface Request {
  readonly setting: Setting;
  method: string;
  uri: string;
  args: string | undefined;
  readonly unparsedUri: string;
  /** Host of the URL or the Host header, lower case. */
  readonly hostname: string;
  /** Port in the URL or the Host header. */
  readonly port: number | undefined;
  filename: string | undefined;
  pathInfo: string;
  fileKind: FileKind;
  /** True where the file name names a URL (`proxy:http://...`). */
  proxied: boolean;
  handler: string | undefined;
  /** Path of the Unix socket on which the backend listens. */
  socket: string | undefined;
  /** Server settings with the sections merged that apply so far: `per_dir_config`. */
  scope: ApacheScope;
  readonly env: Map<string, string | undefined>;
  readonly notes: Set<string>;
  readonly headersIn: HeaderTable;
  /** Where the walk through the directories ended, and whether the file counted as one of them. */
  walked: { readonly directory: string; readonly withFile: boolean } | undefined;
  readonly headersOut: HeaderTable;
  readonly errHeadersOut: HeaderTable;
  location: string | undefined;
  /** The request that this one took the place of by an internal redirect. */
  readonly previous: Request | undefined;
  /** The request that this one is a lookup for (an index file). */
  readonly main: Request | undefined;
  /** The END flag of a rewrite rule was met. */
  readonly rewriting: { ended: boolean };
  /** Status so far: 200, or what a redirecting rule or the error that led to this page left. */
  status: number;
}

export function step(request: Request, text: string, directive?: Directive, does?: TraceStep['does']): void {
  if (request.main) return;
  request.setting.steps.push({ text, place: directive && placeOf(directive), ...(does && { does }) });
}

export function placeOf(directive: Directive): Place {
  return headerOf(directive);
}

/** Writes down which directive takes the request. */
export function chooseMapping(request: Request, directive: Directive, reason: string): void {
  if (request.main) return;
  request.setting.chosen = {
    text: `${directive.name.value} ${directive.args.map(({ raw }) => raw).join(' ')}`,
    place: placeOf(directive),
    reason,
    candidates: [],
  };
}

/** The word as the server sees it, in bytes. */
export function textOf(setting: Setting, word: Word | undefined): string {
  if (!word) return giveUp('A directive lacks an argument.');
  const text = setting.environment.text(word);
  if (text === unknown) return giveUp(`The value of "${word.value}" is not known.`);
  return toBytes(text);
}

/** The directive of an item in force; one that stands under a condition is taken to hold, which is written down. */
export function taken(setting: Setting, item: Item): Directive {
  if (!item.certain) {
    const { directive } = item;
    const { line } = directive.parent.file.positionAt(directive.start);
    setting.unknowns.add(`"${directive.name.value}" on line ${line} stands under a condition; it is taken to hold.`);
  }
  return item.directive;
}

/** The directive that counts of one that is set once. */
export function settingOf(request: Request, key: string): Directive | undefined {
  const item = request.scope.setting(key);
  return item && taken(request.setting, item);
}

/** The single argument of a directive that is set once, lower case. */
export function valueOf(request: Request, key: string): string | undefined {
  const directive = settingOf(request, key);
  return directive && textOf(request.setting, directive.args[0]).toLowerCase();
}

export function isOn(request: Request, key: string, fallback: boolean): boolean {
  const value = valueOf(request, key);
  return value === undefined ? fallback : readFlag([value]) === true;
}

const compiled = new Map<string, BoundedRegex>();

/** Compiles as `ap_regcomp`: by default dots match newlines, and `$` only the very end. */
export function regexOf(pattern: string, caseInsensitive = false): BoundedRegex {
  const key = `${caseInsensitive ? 'i' : ' '}${pattern}`;
  let regex = compiled.get(key);
  if (!regex) {
    const flags = /^\(\?([ims]+)\)/.exec(pattern);
    const rest = flags ? pattern.slice(flags[0].length) : pattern;
    regex =
      compilePcre(`(?s${flags?.[1]?.replace('s', '') ?? ''})${rest}`, caseInsensitive, true) ??
      giveUp(`The pattern "${pattern}" is beyond this tracer.`);
    if (compiled.size > 500) compiled.clear();
    compiled.set(key, regex);
  }
  return regex;
}

/** Replaces `$0` to `$9` as `ap_pregsub`; a backslash makes the next character plain. */
export function substitute(template: string, match: readonly (string | undefined)[]): string {
  return template.replace(/\$(\d)|\\([^])/g, (_, digit: string | undefined, escaped: string | undefined) =>
    digit === undefined ? escaped! : (match[Number(digit)] ?? ''),
  );
}

/** The levels merged into a scope, outermost first. */
export function levelsOf(scope: ApacheScope): ApacheScope[] {
  const levels: ApacheScope[] = [];
  for (let at: ApacheScope | undefined = scope; at; at = at.outer) levels.unshift(at);
  return levels;
}
