/** The kinds of inputs, by name. */
import type { Dialect } from '../../../src/ir/syntax.ts';
import type { Random } from '../../oracle/lib/random.ts';
import type { MakeCase } from '../case.ts';
import type { Corpus, CorpusFile } from '../corpus.ts';
import { nuisances, wordOf } from '../vocabulary.ts';
import { document, dump, includes } from './compound.ts';
import { mutate, partOf } from './mutate.ts';
import { requestsFor } from './requests.ts';
import { sslhTree, treeOf } from './tree.ts';

const paths: Readonly<Record<Dialect, string>> = { nginx: 'nginx.conf', apache: 'httpd.conf', sslh: 'sslh.cfg' };

function dialectOf(random: Random): Dialect {
  return random.pick(['nginx', 'nginx', 'apache', 'apache', 'sslh'] as const)!;
}

function fileOf(dialect: Dialect, random: Random, corpus: Corpus): CorpusFile {
  return random.pick(corpus.configs[dialect])!;
}

/** A file of the corpus, or a config made at random. */
function configOf(dialect: Dialect, random: Random, corpus: Corpus): string {
  return random.below(2) === 0 ? treeOf(dialect, random) : fileOf(dialect, random, corpus).text;
}

export const kinds = {
  /** Characters without any sense. */
  noise: (random) => {
    const dialect = dialectOf(random);
    const sizes = [40, 400, 4000];
    const characters = Array.from({ length: random.below(random.pick(sizes)!) }, () =>
      random.below(6) === 0 ? String.fromCharCode(random.below(0x1_0000)) : String.fromCharCode(random.below(128)),
    );
    return { path: paths[dialect], text: characters.join(''), dialect };
  },
  /** Words and signs of a language in any order. */
  soup: (random) => {
    const dialect = dialectOf(random);
    const separators = [' ', ' ', ' ', '\n', ';\n', ' {\n', '}\n', '', '>\n<'];
    const words = Array.from({ length: random.below(150) }, () => wordOf(dialect, random) + random.pick(separators)!);
    return { path: paths[dialect], text: words.join(''), dialect };
  },
  /** Configs of sensible shape with any names and values in them. */
  tree: (random) => {
    const dialect = dialectOf(random);
    return { path: paths[dialect], text: treeOf(dialect, random), dialect };
  },
  /** Files of the corpus, broken and mixed. */
  splice: (random, corpus) => {
    const { path, text, dialect } = random.pick(corpus.all)!;
    const mutated = mutate(text, random, corpus);
    return { path, text: mutated, ...(dialect && random.below(2) === 0 && { dialect }) };
  },
  /** Marks of template languages in configs. */
  template: (random, corpus) => {
    const dialect = dialectOf(random);
    const lines = configOf(dialect, random, corpus).slice(0, 6000).split('\n');
    for (let count = 1 + random.below(12); count > 0; count--) putTemplate(lines, random);
    const suffix = random.pick(['', '.j2', '.erb', '.tmpl', '.tpl', '.epp', '.template'])!;
    return { path: paths[dialect] + suffix, text: lines.join('\n') };
  },
  document,
  dump,
  includes,
  /** Comments that silence findings, right and wrong, at any place. */
  suppression: (random, corpus) => {
    const dialect = dialectOf(random);
    const lines = configOf(dialect, random, corpus).slice(0, 6000).split('\n');
    for (let count = 1 + random.below(10); count > 0; count--) {
      const at = random.below(lines.length);
      const comment = suppressionOf(random);
      if (random.below(2) === 0) lines[at] += ` ${comment}`;
      else lines.splice(at, 0, comment);
    }
    return { path: paths[dialect], text: lines.join('\n'), dialect };
  },
  /** Requests to configs of any sense. */
  trace: (random, corpus) => {
    const dialect = random.pick(['nginx', 'apache'] as const)!;
    const text = configOf(dialect, random, corpus);
    const config = random.below(3) === 0 ? mutate(text, random, corpus) : text.slice(0, 8000);
    return { path: paths[dialect], text: config, dialect, requests: requestsFor(config, random) };
  },
  /** Fixes of what is found, applied again and again. */
  fix: (random, corpus) => {
    const dialect = dialectOf(random);
    const text = configOf(dialect, random, corpus);
    const broken = random.below(2) === 0 ? mutate(text, random, corpus) : text.slice(0, 6000);
    const ended = random.below(3) === 0 ? broken.replace(/\r?\n/g, '\r\n') : broken;
    return { path: paths[dialect], text: ended, dialect, fix: true };
  },
  /** One thing, many times over. */
  repeat: (random, corpus) => {
    const dialect = dialectOf(random);
    const part = random.below(3) === 0 ? random.pick(nuisances)! : partOf(random, corpus).slice(0, 300);
    const count = 1 + random.below(Math.ceil(30_000 / (part.length + 1)) / random.pick([1, 10, 50, 50])!);
    const around = dialect === 'sslh' ? sslhTree(random) : treeOf(dialect, random);
    const at = random.below(around.length);
    return { path: paths[dialect], text: around.slice(0, at) + part.repeat(count) + around.slice(at), dialect };
  },
} satisfies Readonly<Record<string, MakeCase>>;

export type Kind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as readonly Kind[];

function putTemplate(lines: string[], random: Random): void {
  const marks: readonly (readonly [string, string])[] = [
    ['{% if a %}', '{% endif %}'],
    ['{% for a in b %}', '{% endfor %}'],
    ['{{- if .A }}', '{{- end }}'],
    ['<% if a -%>', '<% end -%>'],
    ['<%- |String $a| -%>', ''],
    ['{{ a | default("b") }}', ''],
    ['<%= @a %>', ''],
    ['${A}', ''],
    ['{#', '#}'],
    ['{% raw %}', '{% endraw %}'],
  ];
  const [open, close] = random.pick(marks)!;
  const at = random.below(lines.length);
  if (close === '' || random.below(4) === 0) {
    const line = lines[at]!;
    const column = random.below(line.length + 1);
    lines[at] = line.slice(0, column) + open + line.slice(column);
    return;
  }
  lines.splice(at, 0, open);
  if (random.below(8) > 0) lines.splice(at + 1 + random.below(lines.length - at), 0, close);
}

function suppressionOf(random: Random): string {
  const rules = ['directory-listing', 'host-spoofing', 'directive-arguments', 'no-such-rule', 'a, b', '*', ''];
  const reasons = [': a reason', ':', ' reason', '', ': ' + random.pick(nuisances)!];
  const form = random.pick(['', '', '-block', '-file', '-line', '_', ' '])!;
  return `${random.pick(['# ', '#', '## ', '#\t', '// ', '/* '])!}proxylint-ignore${form} ${random.pick(rules)!}${random.pick(reasons)!}`;
}
