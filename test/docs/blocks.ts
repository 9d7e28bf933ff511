/** What the pages of the documentation show: fenced blocks, and commands in the text. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Block {
  readonly page: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** Without the indentation of the fence. */
  readonly text: string;
}

/** Pages that people read to use the program or to work on it. Rule pages and those of applications are generated and tested as such. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
  'docs/rules/README.md',
  'docs/applications/README.md',
  'editors/vscode/README.md',
  'examples/plugin-forbid-directive/README.md',
  'findings/README.md',
];

/** Its examples have mistakes in them, and are linted by `test/lint/embedded/inputs-page.test.ts`. */
export const pageWithMistakes = 'docs/inputs.md';

export const blocks: readonly Block[] = pages.flatMap((page) => {
  if (page === pageWithMistakes) return [];
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^( *)```([a-z]*)\n([^]*?)^\1```$/gm)].map(({ index, 1: indent, 2: language, 3: body }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    language: language!,
    text: body!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
});

export interface Command {
  readonly page: string;
  readonly command: string;
  /** What the page says that it prints: lines, where `...` stands for what is left out. */
  readonly output?: string;
}

const names = /^(?:npx|npm|proxylint|eval|jq|node|bash|git|docker|podman|pre-commit|build\/proxylint|\.\/proxylint) /;

/** Commands of shell blocks and of `$` prompts, each once a page, and then those that stand in the text. */
export const commands: readonly Command[] = pages.flatMap((page) => {
  const own = blocks.filter((block) => block.page === page);
  const shown = own
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) =>
      text
        .trim()
        .replaceAll(/\\\n\s*/g, '')
        .split('\n'),
    );
  const prompts = own
    .filter(({ text }) => text.startsWith('$ '))
    .map(({ text }) => ({
      page,
      command: text.slice(2, text.indexOf('\n')),
      output: text.slice(text.indexOf('\n') + 1),
    }));
  const prose = readFileSync(page, 'utf8').replaceAll(/^ *```[^]*?^ *```$/gm, '');
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => code!.replaceAll(/\s+/g, ' '));
  const plain = [...shown.map((line) => line.replace(/\s+# .*$/, '')), ...inline.filter((code) => names.test(code))];
  return [...prompts, ...[...new Set(plain)].map((command) => ({ page, command }))];
});
