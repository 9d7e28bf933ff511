/** The results of a file without its texts, so that JSON can hold them; with the texts at hand they are made whole again. */
import type { Finding } from '../rules/finding.ts';
import type { Notice } from '../text/budget.ts';
import { SourceFile, type OuterText, type Place, type Span } from '../text/source.ts';
import type { LintResult } from './lint-source.ts';
import { kindOf, type FindingKind, type FindingKinds } from './finding-kinds.ts';

/** What linting one config gave, before the settings of the included files are asked. */
export interface ConfigResult {
  readonly source: SourceFile;
  readonly result: LintResult;
}

export interface PackedConfigs {
  readonly sources: readonly PackedSource[];
  readonly configs: readonly PackedConfig[];
}

/** The path; for a part of the text that was opened, also where it lies and what that text is. */
type PackedSource = readonly [path: string, offset?: number, length?: number, kind?: OuterText['kind']];

/** The index of the source. */
type PackedPlace = readonly [source: number, start: number, end: number];

interface PackedConfig {
  readonly source: number;
  readonly files: readonly number[];
  // Left out where there are none, as in most.
  readonly findings?: readonly PackedFinding[];
  readonly partial?: readonly number[];
  readonly problems?: readonly PackedPlace[];
  readonly suppressed?: number;
  readonly notices?: readonly (Omit<Notice, 'place'> & { readonly place?: PackedPlace })[];
}

interface PackedFinding {
  readonly kind: number;
  readonly message: string;
  readonly place: PackedPlace;
  readonly related?: readonly (readonly [message: string, ...place: PackedPlace])[];
  readonly fix?: Omit<NonNullable<Finding['fix']>, 'edits'> & {
    readonly edits: readonly (readonly [text: string, ...place: PackedPlace])[];
  };
  readonly witness?: string;
}

/** Undefined for results that another run may not have, as a rule failed or a limit was reached, and for those of embedded texts. */
export function packConfigs(configs: readonly ConfigResult[], kinds: FindingKinds): PackedConfigs | undefined {
  const isLasting = ({ result }: ConfigResult): boolean =>
    result.linted &&
    result.failures.length === 0 &&
    result.notices.every(({ kind }) => kind !== 'limit') &&
    result.files.every(({ outer }) => outer?.kind !== 'embedded');
  if (!configs.every(isLasting)) return undefined;
  const sources = new PackedSources();
  const packed = configs.map(({ source, result }) => packConfig(source, result, sources, kinds));
  return { sources: sources.list, configs: packed };
}

function packConfig(source: SourceFile, result: LintResult, sources: PackedSources, kinds: FindingKinds): PackedConfig {
  const { findings, files, partial, problems, suppressed, notices } = result;
  return {
    source: sources.add(source),
    files: files.map((file) => sources.add(file)),
    ...(findings.length > 0 && { findings: findings.map((finding) => packFinding(finding, sources, kinds)) }),
    ...(partial.length > 0 && { partial: partial.map((file) => sources.add(file)) }),
    ...(problems.length > 0 && { problems: problems.map((place) => sources.place(place)) }),
    ...(suppressed > 0 && { suppressed }),
    ...(notices.length > 0 && {
      notices: notices.map(({ place, ...notice }) => ({ ...notice, ...(place && { place: sources.place(place) }) })),
    }),
  };
}

function packFinding(finding: Finding, sources: PackedSources, kinds: FindingKinds): PackedFinding {
  const [kind, { message, place, related, fix, witness, ...none }] = kindOf(finding);
  // A further part of a finding has to be packed, too.
  none satisfies Record<string, never>;
  return {
    kind: kinds.add(kind),
    message,
    place: sources.place(place),
    ...(related.length > 0 && {
      related: related.map((each) => [each.message, ...sources.place(each.place)] as const),
    }),
    ...(fix && {
      fix: { ...fix, edits: fix.edits.map((edit) => [edit.text, ...sources.place(edit.place)] as const) },
    }),
    ...(witness !== undefined && { witness }),
  };
}

class PackedSources {
  readonly list: PackedSource[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #known = new Map<SourceFile, number>();

  add(source: SourceFile): number {
    let index = this.#known.get(source);
    if (index === undefined) this.#known.set(source, (index = this.#indexOf(source)));
    return index;
  }

  place({ file, start, end }: Place): PackedPlace {
    return [this.add(file), start, end];
  }

  #indexOf({ path, text, outer }: SourceFile): number {
    const key = `${outer?.offset ?? ''}\0${path}`;
    let index = this.#indexes.get(key);
    if (index === undefined) {
      this.#indexes.set(key, (index = this.list.length));
      this.list.push(outer ? [path, outer.offset, text.length, outer.kind] : [path]);
    }
    return index;
  }
}

/** The same with the kinds of another list. */
export function remapKinds(packed: PackedConfigs, from: readonly FindingKind[], to: FindingKinds): PackedConfigs {
  const remap = (finding: PackedFinding): PackedFinding => ({ ...finding, kind: to.add(from[finding.kind]!) });
  return {
    ...packed,
    configs: packed.configs.map(({ findings, ...config }) => ({
      ...config,
      ...(findings && { findings: findings.map(remap) }),
    })),
  };
}

/** The file that was opened, and how to come by the texts of those that it includes. */
export interface Texts {
  readonly path: string;
  readonly text: string;
  readonly textOf: (path: string) => string | undefined;
}

/** Throws an `Error` for what was not packed from these texts. */
export function unpackConfigs(
  { sources: packed, configs }: PackedConfigs,
  texts: Texts,
  kinds: readonly FindingKind[],
): ConfigResult[] {
  const sources = unpackSources(packed, texts);
  return configs.map((config) => unpackConfig(config, sources, kinds));
}

function unpackSources(packed: readonly PackedSource[], { path: own, text, textOf }: Texts): SourceFile[] {
  const file = new SourceFile(own, text);
  return packed.map(([path, offset, length, kind]) => {
    if (offset === undefined || length === undefined || kind === undefined) {
      const included = path === own ? text : expect(textOf(path));
      return path === own ? file : new SourceFile(path, included);
    }
    refuse(!isSpanOf(text, offset, offset + length) || (kind !== 'document' && kind !== 'dump'));
    return new SourceFile(path, text.slice(offset, offset + length), { path: own, text, offset, kind, file });
  });
}

function unpackConfig(
  config: PackedConfig,
  sources: readonly SourceFile[],
  kinds: readonly FindingKind[],
): ConfigResult {
  const source = (index: number): SourceFile => expect(sources[index]);
  const place = ([index, start, end]: PackedPlace): Place => {
    const file = source(index);
    refuse(!isSpanOf(file.text, start, end));
    return { file, start, end };
  };
  const { files, findings = [], partial = [], problems = [], suppressed = 0, notices = [] } = config;
  refuse(!Number.isInteger(suppressed));
  return {
    source: source(config.source),
    result: {
      findings: findings.map((finding) => unpackFinding(finding, expect(kinds[finding.kind]), place)),
      files: files.map(source),
      partial: partial.map(source),
      problems: problems.map(place),
      refusals: [],
      suppressed,
      failures: [],
      notices: notices.map(({ place: packed, ...notice }) => {
        refuse(typeof notice.message !== 'string' || typeof notice.path !== 'string');
        return { ...notice, ...(packed && { place: place(packed) }) };
      }),
      linted: true,
    },
  };
}

function unpackFinding(
  { message, place: packed, related = [], fix, witness }: PackedFinding,
  kind: FindingKind,
  place: (packed: PackedPlace) => Place,
): Finding {
  refuse(typeof message !== 'string' || !['string', 'undefined'].includes(typeof witness));
  return {
    ...kind,
    message,
    place: place(packed),
    related: related.map(([text, ...at]) => ({ place: place(at), message: String(text) })),
    ...(fix && {
      fix: { ...fix, edits: fix.edits.map(([text, ...at]) => ({ place: place(at), text: String(text) })) },
    }),
    ...(witness !== undefined && { witness }),
  };
}

function isSpanOf(text: string, start: Span['start'], end: Span['end']): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= text.length;
}

function expect<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the results are broken');
  return value;
}

function refuse(isBroken: boolean): void {
  if (isBroken) throw new Error('the results are broken');
}
