/** Other forms of the same lines: under conditions that hold or do not, out of macros, with defined names. */
import type { Draw } from './random.ts';

interface Setup {
  readonly random: Draw;
  /** Makes names unique among the configs that share one httpd. */
  readonly port: number;
}

const holding = [
  'IfModule mod_alias.c',
  'IfModule !mod_none.c',
  'IfModule proxy_module',
  'IfVersion >= 2.4',
  'IfVersion !< 2.4.1',
  'IfFile "/"',
  'IfDirective ProxyPass',
  'IfSection Location',
];
const failing = ['IfModule !mod_alias.c', 'IfVersion < 2.4', 'IfModule none_module'];

/** Some of the lines in another form; each may be a group of lines. */
export function inOtherForms(setup: Setup, lines: readonly string[]): string[] {
  const { random, port } = setup;
  return lines.flatMap((line, index) => {
    if (random.chance(0.75)) return [line];
    const name = `F${port}_${random.below(1_000_000)}_${index}`;
    return random.one([
      () => [wrapped(random.one(holding), line)],
      () => [wrapped(random.one(failing), line)],
      () => [`Define ${name}`, wrapped(`IfDefine ${name}`, line), wrapped(`IfDefine !${name}`, 'Redirect gone /')],
      () => [...outOfMacro(name, line)],
      () => withDefinedPart(name, line),
    ])();
  });
}

function wrapped(tag: string, line: string): string {
  return `<${tag}>\n${line}\n</${tag.split(' ')[0]}>`;
}

/** A part of the path or of the address becomes a parameter, also one of a macro in the macro. */
function outOfMacro(name: string, line: string): string[] {
  const part = varied.exec(line)?.[0] ?? 'none';
  const body = line.replaceAll(part, '$part');
  return [
    `<Macro ${name} $part $par %unused>\n${body}\n</Macro>`,
    `<Macro ${name}o @a $a>\nUse ${name.toLowerCase()} $a "x" y\n</Macro>`,
    `Use ${name}o "a b" ${part}`,
  ];
}

function withDefinedPart(name: string, line: string): string[] {
  const part = varied.exec(line)?.[0];
  return part === undefined ? [line] : [`Define ${name} ${part}`, line.replaceAll(part, () => `\${${name}}`)];
}

const varied = /(?<=\/)(?:api|img|static|ws|v1|elsewhere\.test|127\.0\.0\.1)(?=[\s/":])/;
