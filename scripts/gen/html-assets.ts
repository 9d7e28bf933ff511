/** The style sheet and the script of the HTML report, made small, with the hashes by which a page allows them and nothing else. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSync, transformSync } from 'esbuild';
import { pageStyle } from '../../src/formatters/picture/palette.ts';

const directory = 'src/formatters/html';

export function htmlAssets(): ReadonlyMap<string, string> {
  const sheet = `${pageStyle}\n${readFileSync(`${directory}/assets/report.css`, 'utf8')}`;
  const style = transformSync(sheet, { loader: 'css', minify: true, target: 'es2022' }).code.trim();
  const { outputFiles } = buildSync({
    entryPoints: [`${directory}/assets/report.ts`],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    tsconfigRaw: {},
  });
  const script = outputFiles[0]!.text.trim();
  for (const text of [style, script])
    if (/<\/|##|[^\n\x20-\x7e]/.test(text))
      throw new Error('An asset holds what could end its element or is not ASCII');
  const constants = { style, styleHash: hashOf(style), script, scriptHash: hashOf(script) };
  const lines = Object.entries(constants).map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`);
  return new Map([[`${directory}/assets.gen.ts`, `/** Written by scripts/gen/html-assets.ts. */\n${lines.join('')}`]]);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
