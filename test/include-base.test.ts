/** Where the includes of a fragment start: at the main config that is nearest above it. */
import { expect, test } from 'vitest';
import type { FileAccess } from '../src/text/files.ts';
import { findConfigs, readConfig } from '../src/lint/read.ts';

function files(texts: Readonly<Record<string, string>>): FileAccess {
  return {
    read: (path) => {
      const text = texts[path];
      if (text !== undefined) return { ok: true, text };
      const isDirectory = Object.keys(texts).some((each) => each.startsWith(`${path}/`));
      return { ok: false, reason: isDirectory ? 'directory' : 'not-found' };
    },
    glob: () => [],
    canonical: (path) => path,
  };
}

const site = 'server {\n  include snippets/tls.conf;\n}\n';

async function outcome(texts: Readonly<Record<string, string>>): Promise<unknown> {
  const path = '/srv/conf/sites/a.conf';
  const [found] = await findConfigs(path, site);
  const config = await readConfig(found!, { files: files({ ...texts, [path]: site }) });
  const include = config.file.root.directives[0]!.block!.directives[0]!;
  return include.includeFailure?.reason ?? include.included?.map(({ source }) => source.path);
}

test('a fragment finds its includes from the main config above it', async () => {
  expect(await outcome({ '/srv/conf/nginx.conf': '', '/srv/conf/snippets/tls.conf': '' })).toEqual([
    '/srv/conf/snippets/tls.conf',
  ]);
});

test('what is missing beside the main config is missing', async () => {
  expect(await outcome({ '/srv/conf/nginx.conf': '', '/srv/conf/snippets/other.conf': '' })).toBe('not-found');
});

test('without a main config nothing is said', async () => {
  expect(await outcome({})).toBe('unresolved');
});
