/** What of a config of sslh or of a document may be many. */
import { many, type GrowthInput } from './input.ts';

const input = (name: string, path: string, n: number, make: (n: number) => string): GrowthInput => ({
  name,
  n,
  make: (n) => ({ path, text: make(n) }),
});
const sslh = (protocols: string): string =>
  `listen: ( { host: "0.0.0.0"; port: "443"; } );\nprotocols: (\n${protocols}{ name: "anyprot"; host: "localhost"; port: "9"; }\n);\n`;
const server = (i: number): string =>
  `server {\n  listen 80;\n  server_name h${i}.example.com;\n  location / { proxy_pass http://b${i}; }\n}\n`;

export const otherInputs: readonly GrowthInput[] = [
  input('sslh: protocols', 'sslh.cfg', 500, (n) =>
    sslh(many(n, (i) => `{ name: "tls"; host: "b${i}"; port: "443"; sni_hostnames: [ "h${i}" ]; },\n`)),
  ),
  input('sslh: names of a protocol', 'sslh.cfg', 5000, (n) =>
    sslh(`{ name: "tls"; host: "b"; port: "443"; sni_hostnames: [ ${many(n, (i) => `"h${i}", `)}"x" ]; },\n`),
  ),
  input(
    'sslh: listens',
    'sslh.cfg',
    1000,
    (n) =>
      `listen: ( ${many(n, (i) => `{ host: "a"; port: "${i + 1}"; },\n`)}{ host: "b"; port: "443"; } );\n${sslh('')}`,
  ),
  input('sslh: regexes', 'sslh.cfg', 500, (n) =>
    sslh(`{ name: "regex"; host: "b"; port: "443"; regex_patterns: [ ${many(n, (i) => `"^h${i}", `)}"x" ]; },\n`),
  ),
  input('sslh: unknown settings', 'sslh.cfg', 1000, (n) => sslh('') + many(n, (i) => `unknwon${i}: true;\n`)),
  input('sslh: repeated settings', 'sslh.cfg', 1000, (n) => sslh('') + many(n, () => 'verbose: true;\n')),
  input('sslh: unclosed groups', 'sslh.cfg', 2000, (n) => sslh('') + many(n, () => 'a: {\n')),
  input('sslh: unclosed lists', 'sslh.cfg', 2000, (n) => sslh('') + many(n, () => 'a: (\n')),
  input('sslh: stray closing signs', 'sslh.cfg', 2000, (n) => sslh('') + many(n, () => ');\n')),
  input('sslh: comments', 'sslh.cfg', 10_000, (n) => sslh(many(n, (i) => `# ${i}\n`))),
  input('markdown: blocks', 'a.md', 100, (n) => many(n, (i) => `text ${i}\n\n\`\`\`nginx\n${server(i)}\`\`\`\n\n`)),
  input('markdown: blocks about websockets', 'a.md', 100, (n) =>
    many(n, (i) => `the websocket ${i}\n\n\`\`\`\n${server(i)}\`\`\`\n\n`),
  ),
  input('markdown: ignored blocks', 'a.md', 100, (n) =>
    many(n, (i) => `<!-- proxylint-ignore host-spoofing: reason ${i} -->\n\n\`\`\`nginx\n${server(i)}\`\`\`\n\n`),
  ),
  input(
    'markdown: ignore comments in front of a block',
    'a.md',
    2000,
    (n) =>
      `${many(n, (i) => `<!-- proxylint-ignore host-spoofing: reason ${i} -->\n`)}\`\`\`nginx\n${server(1)}\`\`\`\n`,
  ),
  input(
    'markdown: blank lines in front of a block',
    'a.md',
    20_000,
    (n) => `proxylint-ignore\n${many(n, () => '\n')}\`\`\`nginx\n${server(1)}\`\`\`\n`,
  ),
  input(
    'markdown: lines',
    'a.md',
    20_000,
    (n) => `${many(n, (i) => `text about proxy ${i}\n`)}\`\`\`nginx\n${server(1)}\`\`\`\n`,
  ),
  input('markdown: fences', 'a.md', 20_000, (n) => many(n, () => '```\n')),
  input(
    'markdown: here-documents',
    'a.md',
    100,
    (n) => `\`\`\`sh\n${many(n, (i) => `cat > f${i} <<EOF\n${server(i)}EOF\n`)}\`\`\`\n`,
  ),
  input(
    'markdown: unclosed here-documents',
    'a.md',
    2000,
    (n) => `\`\`\`sh\n${many(n, (i) => `cat > f${i} <<E${i}\nserver\n`)}\`\`\`\n`,
  ),
  input(
    'markdown: blanks',
    'a.md',
    5000,
    (n) => `\`\`\`nginx\n${server(1)}#${many(n, () => ' ')}x\n${many(n, () => ' ')}y;\n\`\`\`\n`,
  ),
  input(
    'markdown: dots',
    'a.md',
    5000,
    (n) => `\`\`\`nginx\n${server(1)}${many(n, () => '.. ')}x\n${many(n, () => '.')}y;\n\`\`\`\n`,
  ),
  input(
    'markdown: angle brackets',
    'a.md',
    5000,
    (n) => `\`\`\`nginx\n${server(1)}root ${many(n, () => '<a')};\n\`\`\`\n`,
  ),
  input('rst: blocks', 'a.rst', 100, (n) =>
    many(n, (i) => `text::\n\n${server(i).replace(/^/gm, '    ')}\n\nmore\n\n`),
  ),
  input('adoc: blocks', 'a.adoc', 100, (n) => many(n, (i) => `text\n\n----\n${server(i)}----\n\n`)),
  input('text: stretches of config', 'a.txt', 100, (n) =>
    many(n, (i) => `Some prose of the number ${i} here.\n${server(i)}\n`),
  ),
  input('text: lines of prose', 'a.txt', 10_000, (n) => many(n, (i) => `Some prose of the number ${i} here.\n`)),
  input('yaml: ConfigMaps', 'a.yaml', 50, (n) =>
    many(
      n,
      (i) =>
        `---\nkind: ConfigMap\nmetadata:\n  name: c${i}\ndata:\n  site.conf: |\n${server(i).replace(/^(?=.)/gm, '    ')}`,
    ),
  ),
  input(
    'yaml: configs of one object',
    'a.yaml',
    50,
    (n) => `kind: ConfigMap\ndata:\n${many(n, (i) => `  s${i}.conf: |\n${server(i).replace(/^(?=.)/gm, '    ')}`)}`,
  ),
  input(
    'yaml: other keys',
    'a.yaml',
    3000,
    (n) => `kind: ConfigMap\ndata:\n${many(n, (i) => `  k${i}: v\n`)}  s.conf: |\n    server { listen 80; }\n`,
  ),
  input(
    'helm: configs of one template',
    'templates/a.yaml',
    50,
    (n) =>
      `kind: ConfigMap\ndata:\n{{- range .Values.a }}\n  k: v\n{{- end }}\n${many(n, (i) => `  s${i}.conf: |\n${server(i).replace(/^(?=.)/gm, '    ')}`)}`,
  ),
  input('shell: here-documents', 'a.sh', 50, (n) =>
    many(n, (i) => `cat > /etc/nginx/s${i}.conf <<'EOF'\n${server(i)}EOF\n`),
  ),
  input(
    'nix: extraConfig',
    'a.nix',
    50,
    (n) =>
      `{ services.nginx.virtualHosts = {\n${many(n, (i) => `  "h${i}".extraConfig = ''\n    root /srv/${i};\n    autoindex on;\n  '';\n`)}}; }\n`,
  ),
  input('noise', 'a.conf', 20_000, (n) => many(n, (i) => `${(i * 7919) % 1000} x = ${i}\n`)),
];
