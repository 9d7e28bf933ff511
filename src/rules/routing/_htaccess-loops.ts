/** Rewrite rules of a directory that take their own result again: behind [L] httpd begins anew with the rules of the directory. */
import { flagList } from '../../servers/apache/meaning/rewrite.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';
import type { Config } from '../../syntax/config.ts';
import type { Block, Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';

export interface DirectoryLoop {
  readonly rule: Directive;
  /** A path below the directory, and what the rule makes of it. */
  readonly from: string;
  readonly to: string;
  /** A RewriteBase may lead to another directory. */
  readonly isElsewhere: boolean;
}

export function directoryLoops({ level, file }: Config, rules: readonly Directive[]): DirectoryLoop[] {
  const blocks = new Set(rules.map(({ parent }) => aroundConditions(parent)));
  return [...blocks].flatMap((block) => {
    const isDirectory = block.owner ? block.owner.key === 'directory' : level === 'htaccess' && block === file.root;
    return isDirectory ? (loopOf([...linesOf(block)]) ?? []) : [];
  });
}

/** Where the modules are there that the rules need, an `<IfModule>` around them says nothing. */
function isOfModule({ key, args }: Directive): boolean {
  return key === 'ifmodule' && !args[0]?.value.startsWith('!');
}

function aroundConditions(block: Block): Block {
  let around = block;
  while (around.owner && isOfModule(around.owner)) around = around.owner.parent;
  return around;
}

function* linesOf(block: Block): Generator<Directive> {
  for (const directive of children(block)) {
    if (directive.block && isOfModule(directive)) yield* linesOf(directive.block);
    else yield directive;
  }
}

/** The first rule of a directory alone: an earlier one may end the second round. */
function loopOf(directives: readonly Directive[]): DirectoryLoop | undefined {
  const own = directives.filter(({ key }) => key.startsWith('rewrite'));
  // Off by default. A folder above may have switched it on; that is not looked for.
  const engine = own.findLast(({ key }) => key === 'rewriteengine');
  if (!engine || !isOn(engine)) return undefined;
  const first = own.find(({ key }) => key === 'rewritecond' || key === 'rewriterule');
  if (first?.key !== 'rewriterule') return undefined;
  const [pattern, target, flags] = first.args.map(({ value }) => value);
  if (!everyPath.has(pattern ?? '') || flagList(flags ?? '').some(([name]) => !harmless.has(name))) return undefined;
  // Another folder may have rules of its own, which take the place of these.
  const script = /^[\w-]{1,200}\.(?:php|cgi|fcgi|pl|py)\//.exec(target ?? '')?.[0];
  if (script === undefined || target!.slice(script.length) !== '$1') return undefined;
  return { rule: first, from: 'x', to: `${script}x`, isElsewhere: own.some(({ key }) => key === 'rewritebase') };
}

const everyPath: ReadonlySet<string> = new Set(['^(.*)$', '(.*)', '^(.*)', '(.*)$', '^(.+)$', '(.+)']);
/** Flags with which the rules of the directory are run again. */
const harmless: ReadonlySet<string> = new Set(['l', 'last', 'qsa', 'qsappend', 'nc', 'nocase', 'ne', 'noescape', 'b']);

/** Whether the first rule of an .htaccess file sends every request to the same name over HTTPS. */
export function redirectsAlways(rule: Directive, { level, file }: Config): boolean {
  const { parent, args } = rule;
  // Which hosts use the folder of a <Directory> is not looked for.
  if (level !== 'htaccess' || parent !== file.root) return false;
  const [pattern, target, flags] = args.map(({ value }) => value);
  const isSame = /^https:\/\/%\{(?:HTTP_HOST|SERVER_NAME)\}(?:%\{REQUEST_URI\}|\/\$1)$/i.test(target ?? '');
  const redirects = flagList(flags ?? '').some(([name]) => name === 'r' || name === 'redirect');
  if (!isSame || !redirects || !matchesAll.has(pattern ?? '')) return false;
  const own = [...linesOf(parent)];
  const first = own.find(({ key }) => key === 'rewritecond' || key === 'rewriterule');
  return first === rule && isOn(own.findLast(({ key }) => key === 'rewriteengine'));
}

const matchesAll: ReadonlySet<string> = new Set([...everyPath, '^', '.*', '^.*$', '^.*', '.*$', '$', '.']);
