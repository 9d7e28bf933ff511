import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { complexityOf, loadChecker } from '../../src/rules/regex/_complexity.ts';

const patterns = [
  '^(\\w+\\s?)*$',
  '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$',
  '(a|b|c|d|e|f|g|h)*(a|b|c|d|e|f|g|h){20}x',
  '(?:\\w+\\W+){5,20}(?:\\w+\\W+){5,20}z',
];

describe('the growth of the time of a pattern', () => {
  test('is bounded by steps', async () => {
    const check = await loadChecker();
    const clock = performance.now;
    const answers = patterns.map((pattern) => complexityOf(check, pattern, ''));
    expect(performance.now).toBe(clock);
    expect(answers.map(({ result }) => result?.status)).toEqual(['vulnerable', 'vulnerable', undefined, undefined]);
    expect(answers.map(({ steps }) => steps < 13_000)).toEqual([true, true, true, true]);
  });

  test.each(['((((a?){20}){20}){20})+', `${'('.repeat(300)}a${')*'.repeat(300)}`, '(?:a|', '(a{1,900}){1,900}+'])(
    '%# is not told where the library would fail',
    async (pattern) => {
      expect(complexityOf(await loadChecker(), pattern, '').result).toBeUndefined();
    },
  );

  test('is the same on a busy computer', { timeout: 120_000 }, async () => {
    const lines = patterns.map((pattern, index) => `location ~ "/${index}${pattern.replace('^', '')}" { return 204; }`);
    const run = (): Promise<string> => lintInProcess(`server {\n${lines.join('\n')}\n}\n`);
    const alone = await run();
    const together = await Promise.all(Array.from({ length: 4 }, run));
    expect(alone).toContain('regex-redos');
    expect(new Set(together)).toEqual(new Set([alone]));
  });
});

async function lintInProcess(text: string): Promise<string> {
  const child = promisify(execFile)(process.execPath, ['dist/cli.cjs', '--type', 'nginx', '--format', 'json', '-']);
  child.child.stdin!.end(text);
  return (await child.catch((error: { stdout: string }) => error)).stdout;
}
