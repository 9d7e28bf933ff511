/** Texts that hold configs, and configs of several files. */
import type { Random } from '../../oracle/lib/random.ts';
import type { FuzzCase } from '../case.ts';
import type { Corpus } from '../corpus.ts';
import { nuisances } from '../vocabulary.ts';
import { mutate, partOf } from './mutate.ts';
import { apacheTree, nginxTree, treeOf } from './tree.ts';

/** Markdown, reStructuredText, AsciiDoc and plain text with configs, and marks that open and close blocks at any place. */
export function document(random: Random, corpus: Corpus): FuzzCase {
  const suffix = random.pick(['md', 'md', 'md', 'rst', 'adoc', 'txt', 'mdx'])!;
  const parts = Array.from({ length: 1 + random.below(8) }, () => documentPart(random, corpus));
  const text = parts.join(random.pick(['', '\n', '\n\n'])!);
  return { path: `README.${suffix}`, text: random.below(3) === 0 ? mutate(text, random, corpus) : text };
}

function documentPart(random: Random, corpus: Corpus): string {
  const config =
    random.below(2) === 0 ? partOf(random, corpus) : treeOf(random.pick(['nginx', 'apache', 'sslh'])!, random);
  const fence = random.pick(['```', '````', '~~~', '> ```', '  ```', '- ```'])!;
  switch (random.below(9)) {
    case 0:
      return `${fence}nginx\n${config}${fence}\n`;
    case 1:
      return `<!-- proxylint-ignore ${random.pick(['host-spoofing', 'directory-listing', ''])!}: a -->\n${'\n'.repeat(random.below(3))}\`\`\`\n${config}\`\`\`\n`;
    case 2:
      return `text::\n\n${config.replace(/^/gm, '    ')}\n`;
    case 3:
      return `----\n${config}----\n`;
    case 4:
      return `\`\`\`sh\ncat > a <<EOF\n${config}EOF\n\`\`\`\n`;
    case 5:
      return config;
    case 6:
      return `.. code-block:: nginx\n   :linenos:\n\n${config.replace(/^/gm, '   ')}`;
    case 7:
      return `${random.pick(['', '\n', '\n\n', '\r\n', 'proxylint-ignore\n'])!}${random.pick(nuisances)!}`;
    default:
      return `${fence}\n${config}${random.below(2) === 0 ? fence : ''}\nThe websocket text of ${random.pick(nuisances)!}.\n`;
  }
}

/** What `nginx -T` prints, whole and broken. */
export function dump(random: Random, corpus: Corpus): FuzzCase {
  const names = ['/etc/nginx/nginx.conf', '/etc/nginx/a.conf', '/etc/nginx/conf.d/b.conf', 'c.conf', '/etc/nginx/../x'];
  const files = Array.from({ length: 1 + random.below(4) }, () => {
    const text = random.below(2) === 0 ? nginxTree(random) : partOf(random, corpus);
    const include = random.below(2) === 0 ? `include ${random.pick([...names, 'conf.d/*.conf', '*'])!};\n` : '';
    return `# configuration file ${random.pick(names)!}:\n${include}${text}${random.pick(['\n', '', '\r\n'])!}`;
  });
  const head = random.below(3) === 0 ? 'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n' : '';
  const text = head + files.join('');
  return {
    path: random.pick(['dump.txt', '<stdin>', 'nginx.conf'])!,
    text: random.below(3) === 0 ? mutate(text, random, corpus) : text,
  };
}

/** Files that include each other: in circles, many times over, under patterns, or not there at all. */
export function includes(random: Random, corpus: Corpus): FuzzCase {
  const dialect = random.pick(['nginx', 'apache'] as const)!;
  const root = dialect === 'nginx' ? '/etc/nginx/nginx.conf' : '/etc/httpd/httpd.conf';
  const directory = root.slice(0, root.lastIndexOf('/'));
  const names = ['a.conf', 'b.conf', 'd/c.conf', 'd/e.conf', 'd/e/f.conf'].slice(0, 1 + random.below(5));
  const targets = [...names, 'd/*.conf', '*', '*/*', `${directory}/*.conf`, root, 'no.conf', 'd', '../*/*', '[', ''];
  const include = (): string => {
    const target = random.pick(targets)!;
    if (dialect === 'nginx') return `include ${target};\n`;
    return `${random.pick(['Include', 'IncludeOptional'])!} ${target}\n`;
  };
  const text = (): string => {
    const body =
      random.below(3) === 0 ? partOf(random, corpus) : dialect === 'nginx' ? nginxTree(random) : apacheTree(random);
    const lines = body.split('\n');
    for (let count = random.below(4); count > 0; count--) lines.splice(random.below(lines.length), 0, include());
    return `${lines.join('\n')}\n${random.below(2) === 0 ? include() : ''}`;
  };
  const files = Object.fromEntries(names.map((name) => [`${directory}/${name}`, text()]));
  const main = include() + text();
  return { path: root, text: main, dialect, files: { ...files, [root]: main } };
}
