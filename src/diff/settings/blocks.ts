/** Settings of blocks that no request to a virtual host shows: `stream` and `mail`, sections of files, locations that only the server itself asks. */
import type { Route, VirtualHost } from '../../model/model.ts';
import type { SettingForms } from '../../servers/setting-forms.ts';
import { headerOf, type Block, type Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Difference } from '../difference.ts';
import type { Kind } from '../kinds.ts';
import { keyOf, type Side } from '../side.ts';
import type { Fact } from './fact.ts';
import { isIdle, isTargetKey, settingKind } from './kinds.ts';
import { differenceOf, peopleDifferences } from './scopes.ts';
import { valueChange } from './values.ts';

/** Some virtual hosts of one side. */
export interface SideHosts {
  readonly side: Side;
  readonly hosts: readonly VirtualHost[];
}

/** Blocks by what they are called, and whether the tracer follows any of it. */
interface Named {
  readonly directive: Directive;
  readonly isTraced: boolean;
}

/** `reached`: by their `keyOf`, the places that the answers to requests name. */
export function blockFacts(before: SideHosts, after: SideHosts, reached: ReadonlySet<string>): readonly Fact[] {
  const { forms } = after.side;
  if (!forms) return [];
  const [old, now] = [before, after].map((each) => namedBlocks(each, reached));
  const facts: Fact[] = [];
  for (const name of new Set([...old!.keys(), ...now!.keys()])) {
    const [was, is] = [old!.get(name), now!.get(name)];
    const { directive, isTraced } = (is ?? was)!;
    const fact = { subject: name, host: undefined, directive };
    if (!isTraced && (!was || !is) && directive.key === 'server') {
      const [kind, there, gone] = is
        ? (['listener-new', 'not there', 'there'] as const)
        : (['listener-gone', 'there', 'not there'] as const);
      facts.push({ ...fact, kind, topic: '', was: there, is: gone });
    } else
      facts.push(
        ...blockDifferences(forms, was?.directive, is?.directive, isTraced).map((each) => ({ ...fact, ...each })),
      );
  }
  return facts;
}

function blockDifferences(
  forms: SettingForms,
  old: Directive | undefined,
  now: Directive | undefined,
  isTraced: boolean,
): readonly Difference[] {
  const [was, is] = [old, now].map((each) => groupBy(linesOf(each?.block), ({ key }) => key));
  const keys = new Set([...was!.keys(), ...is!.keys()]);
  const differences = [...keys].flatMap((key) => {
    const kind = kindOf(key, isTraced && forms.isTraced(key));
    // What a section is about say the answers to requests; without one side only guards are worth a word.
    if (kind === undefined || ((!old || !now) && kind !== 'protection')) return [];
    const change = valueChange(forms, key, was!.get(key) ?? [], is!.get(key) ?? []);
    return change ? [differenceOf(key, kind, change)] : [];
  });
  const [people, peopleNow] = [old, now].map((each) => (each?.block ? children(each.block) : []));
  return [...differences, ...peopleDifferences(forms, people!, peopleNow!)];
}

const linesOf = (block: Block | undefined): readonly Directive[] =>
  block ? children(block).filter((directive) => !directive.block) : [];

function kindOf(key: string, isTraced: boolean): Kind | undefined {
  if (isIdle(key)) return key === 'server' && !isTraced ? 'target' : undefined;
  if (isTargetKey(key)) return isTraced ? undefined : 'target';
  if (key === 'listen') return 'listener-changed';
  if (!isTraced && (key === 'allow' || key === 'deny' || key === 'require')) return 'protection';
  return settingKind(key, isTraced);
}

function namedBlocks({ side, hosts }: SideHosts, reached: ReadonlySet<string>): ReadonlyMap<string, Named> {
  const found = new Map<string, Named>();
  const add = (name: string, directive: Directive, isTraced: boolean): void => {
    let unique = name;
    for (let count = 2; found.has(unique); count++) unique = `${name} (${count})`;
    found.set(unique, { directive, isTraced });
  };
  if (side.config.dialect === 'nginx') {
    for (const directive of children(side.config.file.root))
      if (directive.key === 'stream' || directive.key === 'mail') addAll(directive, directive.key, add);
    for (const host of hosts)
      for (const route of host.routes)
        if (isAskedByServer(route) && (route.internal || !reached.has(keyOf(headerOf(route.directive)))))
          add(`location ${wordsIn(route.directive)} of ${nameOf(host)}`, route.directive, false);
  } else {
    const routes = new Set(side.model.virtualHosts.flatMap((host) => host.routes.map(({ directive }) => directive)));
    addSections(side.config.file.root, '', (name, directive, isTraced) => {
      // Those are compared as levels.
      if (!routes.has(directive)) add(name, directive, isTraced);
    });
  }
  return found;
}

type Add = (name: string, directive: Directive, isTraced: boolean) => void;

/** The block and those in it. */
function addAll(directive: Directive, name: string, add: Add): void {
  add(name, directive, false);
  for (const inner of directive.block ? children(directive.block) : [])
    if (inner.block)
      addAll(
        inner,
        `${name} ${inner.key}${inner.key === 'server' ? ` (${listensOf(inner)})` : suffixed(wordsIn(inner))}`,
        add,
      );
}

const suffixed = (text: string): string => (text === '' ? '' : ` ${text}`);

const wordsIn = ({ args }: Directive): string => args.map(({ value }) => value).join(' ');

const listensOf = ({ block }: Directive): string =>
  block
    ? children(block)
        .flatMap(({ key, args }) => (key === 'listen' ? (args[0]?.value ?? []) : []))
        .join(', ')
    : '';

const nameOf = ({ names }: VirtualHost): string => names[0]?.text ?? 'any name';

const isAskedByServer = ({ match, internal, directive }: Route): boolean =>
  directive.key === 'location' && (internal || match.kind === 'named');

const sections: ReadonlySet<string> = new Set([
  'location',
  'locationmatch',
  'directory',
  'directorymatch',
  'files',
  'filesmatch',
  'proxy',
  'proxymatch',
  'if',
  'elseif',
  'else',
]);
const transparent: ReadonlySet<string> = new Set([
  'ifmodule',
  'ifdefine',
  'ifversion',
  'iffile',
  'ifdirective',
  'ifsection',
]);

function addSections(block: Block, around: string, add: Add): void {
  for (const directive of children(block)) {
    const { key, block: inner, name } = directive;
    if (!inner) continue;
    const own = `<${[name.value, wordsIn(directive)].join(' ').trim()}>`;
    if (key === 'virtualhost') addSections(inner, ` of ${serverNameIn(inner) ?? own}`, add);
    else if (transparent.has(key)) addSections(inner, around, add);
    else if (sections.has(key)) {
      add(`${own}${around}`, directive, true);
      addSections(inner, ` in ${own}${around}`, add);
    }
  }
}

const serverNameIn = (block: Block): string | undefined =>
  children(block).findLast(({ key }) => key === 'servername')?.args[0]?.value;
