/** The tests that the cases of a server are: the rule finds what it should, and the running server does what the finding announces. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { Dialect } from '../../../src/syntax/tree.ts';
import type { ActiveRule } from '../../../src/lint/plan.ts';
import { rules } from '../../../src/rules/index.gen.ts';
import { isBefore, type Version } from '../../../src/model/versions.ts';
import { fixAll, lint, type TextToLint } from '../../helpers/lint.ts';
import type { WitnessCase } from './case.ts';
import type { CaseFile } from './cases.ts';
import type { PlayedServer } from './server.ts';
import { expectShown } from './shows.ts';
import type { Surroundings } from './surroundings.ts';

export interface ServerKind<Asked> {
  readonly dialect: Dialect;
  /** Of the installed one. */
  readonly version: Version | undefined;
  /** True for a config that is played by a server of its own. */
  readonly isWhole: (config: string) => boolean;
  /** What is linted. */
  readonly wholeConfig: (config: string) => string;
  readonly prepare: (configs: readonly string[], surroundings: Surroundings) => Promise<PlayedServer<Asked>>;
}

/** What all cases can show, beside what is seen of an answer. */
interface Shows {
  readonly files?: Readonly<Record<string, unknown>>;
  readonly refused?: RegExp;
}

type Case<Asked> = WitnessCase<Asked, Shows>;

/** One server plays all cases of the file whose configs are not whole, another one their remedies, which may have names in common. */
export function playCases<Asked>(
  kind: ServerKind<Asked>,
  { name, cases }: CaseFile<Case<Asked>>,
  surroundings: () => Surroundings,
): void {
  describe(name, () => {
    const servers = new Map<string, PlayedServer<Asked>>();

    async function start(configs: readonly string[]): Promise<PlayedServer<Asked>> {
      const server = await kind.prepare(configs, surroundings());
      for (const config of configs) servers.set(config, server);
      await server.start();
      return server;
    }

    beforeAll(async () => {
      for (const configs of [cases.map(({ config }) => config), cases.flatMap(({ fixed }) => fixed?.config ?? [])]) {
        const shared = [...new Set(configs)].filter((config) => !kind.isWhole(config));
        if (shared.length > 0) await start(shared);
      }
    });

    afterAll(() => Promise.all([...new Set(servers.values())].map((server) => server.stop())));

    for (const each of cases) {
      test.skipIf(!isOf(kind.version, each))(`${each.rule}: ${each.messageId}`, async () => {
        expect(await found(kind, each, each.config)).toContain(each.messageId);
        await play(each, each.config, each.shows);
        if (!each.fixed) return;
        const remedy = each.fixed.config ?? (await mended(kind, each));
        expect(await found(kind, each, remedy), remedy).toEqual([]);
        await play(each, remedy, each.fixed.shows);
      });
    }

    async function play({ before, request }: Case<Asked>, config: string, shows: Shows): Promise<void> {
      if (shows.refused !== undefined) {
        const server = await kind.prepare([config], surroundings());
        expectShown(await server.refusal(), shows.refused, String);
        return;
      }
      const server = servers.get(config) ?? (await start([config]));
      const fill = (text: string): string => server.fillPaths(server.fillAddresses(text, config));
      if (before) await server.ask(before, config);
      const { files = {}, ...answer } = shows;
      if (request) expectShown(await server.ask(request, config), { error: undefined, ...answer }, fill);
      for (const [file, content] of Object.entries(files))
        await vi.waitFor(() => expectShown(server.read(file), content, fill), { timeout: 5000 });
    }
  });
}

type Linted = Pick<ServerKind<never>, 'dialect' | 'version' | 'wholeConfig'>;
type Finding = Pick<WitnessCase, 'rule' | 'options'>;

/** The behaviour is that of the version. */
function isOf(version: Version | undefined, { since, until }: Pick<WitnessCase, 'since' | 'until'>): boolean {
  if (!version) return true;
  return (since === undefined || !isBefore(version, since)) && (until === undefined || isBefore(version, until));
}

async function found(kind: Linted, each: Finding, config: string): Promise<string[]> {
  const { findings } = await lint(toLint(kind, config), [ruleOf(each)]);
  return findings.map(({ messageId }) => messageId);
}

/** What the fixes of the rule make of the config. */
async function mended(kind: Linted, each: Finding & { readonly config: string }): Promise<string> {
  return (await fixAll(toLint(kind, each.config), [ruleOf(each)])).text;
}

function toLint({ dialect, version, wholeConfig }: Linted, config: string): TextToLint {
  const targets = version ? { [dialect]: version } : {};
  return { path: `${dialect}.conf`, text: wholeConfig(config), dialect, targets };
}

function ruleOf({ rule: id, options }: Finding): ActiveRule {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  return options ? { rule, options } : { rule };
}
