/**
 * Fetches the schemas of formats that others define, so that `test/formatters/schemas.test.ts` compares what is printed with them:
 * `npx tsx scripts/format-schemas.ts`. What is there already is not fetched again. Exit status 1 if one cannot be had.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the schemas are kept: they are not part of this repository. */
export const schemaFolder = 'node_modules/.cache/proxylint-schemas';

interface Schema {
  readonly url: string;
  readonly sha256: string;
}

/** Both under the MIT license, at a commit each. */
export const schemas: Readonly<Record<'junit' | 'rdjson', Schema>> = {
  /** Of the Jenkins plugin that reads it, which names the files of JUnit 10. */
  junit: {
    url: 'https://raw.githubusercontent.com/jenkinsci/xunit-plugin/8c515de2804b3fd591a3b0f1ff8908a1b1a41887/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd',
    sha256: 'a1a816f58d1bf95ebabf371994df0b9246dee66ea9572fbec4f9296f1b2c0ff6',
  },
  /** Of reviewdog. */
  rdjson: {
    url: 'https://raw.githubusercontent.com/reviewdog/reviewdog/6c307503194f0f32bf1956c7fcd2877636338db6/proto/rdf/jsonschema/DiagnosticResult.json',
    sha256: '89b09042bc3f833f76c502ab793ee4fceba4bb75919498563b17f2be68569970',
  },
};

/** The path of a schema that was fetched and is what it should be; else undefined. */
export function fetchedSchema(name: keyof typeof schemas): string | undefined {
  const { url, sha256 } = schemas[name];
  const path = join(schemaFolder, url.slice(url.lastIndexOf('/') + 1));
  return existsSync(path) && hashOf(readFileSync(path)) === sha256 ? path : undefined;
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function fetchSchema({ url, sha256 }: Schema): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const content = new Uint8Array(await response.arrayBuffer());
  if (hashOf(content) !== sha256) throw new Error(`${url}: what came is not what it was`);
  mkdirSync(schemaFolder, { recursive: true });
  writeFileSync(join(schemaFolder, url.slice(url.lastIndexOf('/') + 1)), content);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const name of Object.keys(schemas) as (keyof typeof schemas)[]) {
    if (fetchedSchema(name) !== undefined) continue;
    try {
      await fetchSchema(schemas[name]);
      console.log(`${name}: fetched`);
    } catch (error) {
      const { message, cause } = error as Error;
      console.error(`${name}: not fetched: ${message}${cause instanceof Error ? ` (${cause.message})` : ''}`);
      process.exitCode = 1;
    }
  }
}
