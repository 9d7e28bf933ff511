/** Each rule about what nginx does, shown on the running server: the finding and the behaviour that it announces. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { ActiveRule } from '../../src/linter.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { fixAll, lint, type TextToLint } from '../helpers/lint.ts';
import { isBefore } from '../../src/versions.ts';
import { installedVersion, serversRequired } from '../oracle/lib/install.ts';
import { casesIn } from './lib/cases.ts';
import { ask, type Seen } from './lib/client.ts';
import { isWhole, Nginx, wholeConfig, withoutFrame } from './lib/nginx.ts';
import type { NginxCase, Request, Shows } from './lib/nginx-case.ts';
import { expectShown } from './lib/shows.ts';
import { startSurroundings, type Surroundings } from './lib/surroundings.ts';

const version = installedVersion('nginx');
if (!version && !serversRequired) console.warn('The witnesses of nginx are skipped: it is not installed.');

describe.skipIf(!version && !serversRequired)('nginx does what the rules say', async () => {
  let surroundings: Surroundings;
  beforeAll(async () => {
    if (!version) throw new Error('nginx is not installed');
    surroundings = await startSurroundings();
  });
  afterAll(() => surroundings?.close());

  describe.each(await casesIn<NginxCase>('nginx/*.ts'))('$name', ({ cases }) => {
    const servers = new Map<string, Nginx>();
    const remedies = new Map<NginxCase, string>();

    async function start(configs: readonly string[]): Promise<Nginx> {
      const nginx = await Nginx.prepare(configs, surroundings);
      for (const config of configs) servers.set(config, nginx);
      await nginx.start();
      return nginx;
    }

    // The remedies have names in common with what they mend.
    beforeAll(async () => {
      for (const each of cases) if (each.fixed) remedies.set(each, each.fixed.config ?? (await mended(each)));
      for (const configs of [cases.map(({ config }) => config), [...remedies.values()]]) {
        const shared = [...new Set(configs)].filter((config) => !isWhole(config));
        if (shared.length > 0) await start(shared);
      }
    });

    afterAll(() => Promise.all([...new Set(servers.values())].map((nginx) => nginx.stop())));

    for (const each of cases) {
      test.skipIf(isOver(each))(`${each.rule}: ${each.messageId}`, async () => {
        expect(await found(each, each.config)).toContain(each.messageId);
        await play(each, each.config, each.shows);
        const remedy = remedies.get(each);
        if (!each.fixed || remedy === undefined) return;
        expect(await found(each, remedy), remedy).toEqual([]);
        await play(each, remedy, each.fixed.shows);
      });
    }

    async function play({ before, request }: NginxCase, config: string, shows: Shows): Promise<void> {
      if (shows.tested !== undefined) {
        const nginx = await Nginx.prepare([config], surroundings);
        expectShown(nginx.test(), shows.tested, String);
        return;
      }
      const nginx = servers.get(config) ?? (await start([config]));
      const fill = (text: string): string => nginx.fillPaths(nginx.fillAddresses(text, config));
      const send = (asked: Request): Promise<Seen> => {
        const target = nginx.fillPorts(asked.target ?? '/', config);
        return ask({ ...asked, target }, nginx.portOf(asked.port ?? (asked.tls ? 443 : 80), config));
      };
      if (before) await send(before);
      const { files = {}, ...answer } = shows;
      if (request) expectShown(await send(request), { error: undefined, ...answer }, fill);
      for (const [name, content] of Object.entries(files))
        await vi.waitFor(() => expectShown(nginx.read(name), content, fill), { timeout: 5000 });
    }
  });
});

/** The behaviour ended with a version before the installed one. */
function isOver({ until }: NginxCase): boolean {
  return until !== undefined && version !== undefined && !isBefore(version, until);
}

async function found(each: NginxCase, config: string): Promise<string[]> {
  const { findings } = await lint(toLint(config), [ruleOf(each)]);
  return findings.map(({ messageId }) => messageId);
}

async function mended(each: NginxCase): Promise<string> {
  return withoutFrame((await fixAll(toLint(each.config), [ruleOf(each)])).text);
}

function toLint(config: string): TextToLint {
  const targets = version ? { nginx: version } : {};
  return { path: 'nginx.conf', text: wholeConfig(config), dialect: 'nginx', targets };
}

function ruleOf({ rule: id, options }: NginxCase): ActiveRule {
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  return options ? { rule, options } : { rule };
}
