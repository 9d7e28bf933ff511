/** Joins results in SARIF. */
import { compareText } from '../../text/paths.ts';
import { escapeJson } from '../escape.ts';
import {
  distinct,
  inOrder,
  mergeEffects,
  type Merged,
  type Named,
  type PrintedEffect,
  type Severity,
  type Shard,
} from './parts.ts';

interface PrintedResult {
  readonly ruleId: string;
  readonly ruleIndex?: number;
  readonly level: keyof typeof severities;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: {
        readonly startLine: number;
        readonly startColumn: number;
        readonly endLine: number;
        readonly endColumn: number;
      };
    };
  }[];
  readonly partialFingerprints: { readonly 'proxylint/v1': string };
}

interface PrintedNotification {
  readonly associatedRule?: { readonly id: string; readonly index?: number };
}

interface PrintedRun {
  readonly tool: {
    readonly driver: {
      readonly name: 'proxylint';
      readonly semanticVersion: string;
      readonly rules: readonly { readonly id: string }[];
    };
  };
  readonly invocations: readonly [
    {
      readonly executionSuccessful: boolean;
      readonly toolExecutionNotifications: readonly PrintedNotification[];
    },
  ];
  readonly properties: {
    readonly suppressed: number;
    readonly hidden?: number;
    readonly configs: readonly PrintedEffect[];
    readonly shard?: Shard;
  };
  readonly results: readonly PrintedResult[];
}

/** As {@link sarifSchema} says. */
export interface SarifResult {
  readonly version: '2.1.0';
  readonly runs: readonly [PrintedRun];
}

const severities = { error: 'error', warning: 'warning', note: 'info' } as const satisfies Record<string, Severity>;

/** Throws {@link MergeError}. */
export function mergeSarif(logs: readonly Named<SarifResult>[]): Merged {
  const runs = inOrder(logs, ({ runs: [{ properties }] }) => properties.shard).map(({ runs: [only] }) => only);
  const first = runs[0]!;
  const rules = distinct(
    runs.flatMap(({ tool }) => tool.driver.rules),
    ({ id }) => id,
  ).sort((a, b) => compareText(sortKeyOf(a.id), sortKeyOf(b.id)));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const results = mergeResults(runs.flatMap((each) => each.results)).map((each) =>
    withIndex(each, each.ruleId, 'ruleIndex', indexes),
  );
  const notifications = runs.flatMap(({ invocations: [{ toolExecutionNotifications: all }] }) =>
    all.map(({ associatedRule, ...rest }) => ({
      ...rest,
      ...(associatedRule && { associatedRule: withIndex(associatedRule, associatedRule.id, 'index', indexes) }),
    })),
  );
  const { configs, hidden } = mergeProperties(runs);
  const isIncomplete = runs.some(({ invocations: [{ executionSuccessful }] }) => !executionSuccessful);
  const merged = {
    ...first,
    tool: { ...first.tool, driver: { ...first.tool.driver, rules } },
    invocations: [
      {
        ...first.invocations[0],
        executionSuccessful: !isIncomplete,
        toolExecutionNotifications: distinct(notifications, (each) => JSON.stringify(each)),
      },
    ],
    properties: {
      suppressed: runs.reduce((sum, { properties }) => sum + properties.suppressed, 0),
      ...(hidden !== undefined && { hidden }),
      configs,
    },
    results,
  };
  return {
    text: `${escapeJson(JSON.stringify({ ...logs[0]!.value, runs: [merged] }, null, 2))}\n`,
    severities: new Set(results.map(({ level }) => severities[level])),
    isIncomplete,
  };
}

/** The rules of plugins stand behind the others. */
function sortKeyOf(id: string): string {
  return `${id.includes('/') ? '1' : '0'}${id}`;
}

function mergeProperties(runs: readonly PrintedRun[]): { configs: PrintedEffect[]; hidden: number | undefined } {
  const all = runs.map(({ properties }) => properties);
  const counts = all.flatMap(({ hidden }) => hidden ?? []);
  return {
    configs: mergeEffects(all.flatMap(({ configs }) => configs)),
    hidden: counts.length === 0 ? undefined : counts.reduce((sum, hidden) => sum + hidden, 0),
  };
}

/** The place of the rule in the joined list. */
function withIndex<Item extends object>(
  item: Item,
  id: string,
  name: 'index' | 'ruleIndex',
  indexes: ReadonlyMap<string, number>,
): Item {
  const index = indexes.get(id);
  return index === undefined ? item : { ...item, [name]: index };
}

/** By place, as in the result of one run; what two shards found at one place is there once. Equal lines are counted anew. */
function mergeResults(all: readonly PrintedResult[]): PrintedResult[] {
  const placed = all.map((printed) => ({ printed, ...printed.locations[0]!.physicalLocation }));
  placed.sort(
    (a, b) =>
      compareText(pathOf(a.artifactLocation.uri), pathOf(b.artifactLocation.uri)) ||
      a.region.startLine - b.region.startLine ||
      a.region.startColumn - b.region.startColumn ||
      compareText(a.printed.ruleId, b.printed.ruleId),
  );
  const once = distinct(placed, ({ printed, artifactLocation, region }) =>
    JSON.stringify([artifactLocation.uri, region, printed.ruleId, printed.message.text.split('\n', 1)]),
  );
  const prints = new Map<string, number>();
  return once.map(({ printed }) => {
    const [key = ''] = printed.partialFingerprints['proxylint/v1'].split(':', 1);
    const number = (prints.get(key) ?? 0) + 1;
    prints.set(key, number);
    return { ...printed, partialFingerprints: { ...printed.partialFingerprints, 'proxylint/v1': `${key}:${number}` } };
  });
}

const fileScheme = 'file://';

/** What the results of one run are sorted by. */
function pathOf(uri: string): string {
  const path = uri.startsWith(fileScheme) ? uri.slice(fileScheme.length) : uri;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
