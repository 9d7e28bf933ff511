/** The access control of httpd 2.2 (`Order`, `Allow`, `Deny`, `Satisfy`), which mod_access_compat keeps alive in 2.4. */
import type { Config } from '../../../syntax/config.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { directivesByKey } from '../../../syntax/walk.ts';
import { isBefore, type Targets } from '../../../model/versions.ts';
import { ApacheSections, forEachBlock } from './section-kinds.ts';

const legacyKeys = ['order', 'allow', 'deny', 'satisfy'];

/** The directives of one block that control access. */
export interface AccessGroup {
  readonly block: Block;
  readonly legacy: readonly Directive[];
  readonly require: readonly Directive[];
  /** `AuthType` and the like in the same block: the visitor may have to log in. */
  readonly hasLogin: boolean;
}

/** The groups that hold legacy directives; none where the config is meant for 2.2 or says that it minds the module. */
export function legacyGroups(config: Config, targets: Targets): AccessGroup[] {
  if (targets.apache && isBefore(targets.apache, '2.4')) return [];
  const byKey = directivesByKey(config.file.root);
  const blocks = new Set(legacyKeys.flatMap((key) => (byKey.get(key) ?? []).map(({ parent }) => parent)));
  if (blocks.size === 0) return [];
  const groups: AccessGroup[] = [];
  forEachBlock(config, new ApacheSections(config, targets), (block) => {
    if (!blocks.has(block) || isGuarded(block)) return;
    groups.push({
      block,
      legacy: block.directives.filter(({ key }) => legacyKeys.includes(key)),
      require: block.directives.filter(({ key }) => key.startsWith('require')),
      hasLogin: block.directives.some(({ key }) => /^auth(?:type|name|basicprovider|userfile)$/.test(key)),
    });
  });
  return groups;
}

/** Inside `<IfModule mod_access_compat.c>` or a branch for an old version, the old form is meant. */
function isGuarded(block: Block): boolean {
  for (let owner = block.owner; owner; owner = owner.parent.owner) {
    const condition = owner.args.map(({ value }) => value).join(' ');
    if (owner.key === 'ifmodule' && /access_compat|authz_(?:core|host)/.test(condition)) return true;
    if (owner.key === 'ifversion' || owner.key === 'ifdefine') return true;
  }
  return false;
}

/** A subject of `Allow from` or `Deny from` in the words of `Require`; undefined if it has no like there. */
export function requirementOf(subject: string): string | undefined {
  if (/^all$/i.test(subject)) return 'all granted';
  if (/^env=!/i.test(subject)) return undefined;
  if (/^env=/i.test(subject)) return `env ${subject.slice('env='.length)}`;
  if (/^[0-9a-f]*:[0-9a-f:.]*(?:\/\d+)?$/i.test(subject)) return `ip ${subject}`;
  if (/^\d[\d.]*(?:\/[\d.]+)?$/.test(subject)) return `ip ${subject.replace(/\.$/, '')}`;
  return /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(subject) ? `host ${subject.replace(/^\./, '')}` : undefined;
}

/**
 * The lines of `Require` that let in the same clients; undefined where there is not one right answer. The last of `Allow` and `Deny`
 * in the order decides, and what neither names.
 */
export function requireLines({ legacy, require, hasLogin }: AccessGroup): readonly string[] | undefined {
  if (require.length > 0 || hasLogin || legacy.some(({ key }) => key === 'satisfy')) return undefined;
  const order = legacy.findLast(({ key }) => key === 'order')?.args[0]?.value.toLowerCase() ?? 'deny,allow';
  const allowed = subjects(legacy, 'allow');
  const denied = subjects(legacy, 'deny');
  if (!allowed || !denied) return undefined;
  if (order === 'allow,deny') return allowThenDeny(allowed, denied);
  return order === 'deny,allow' ? denyThenAllow(allowed, denied) : undefined;
}

const everyone = 'all granted';

/** Nobody by default; a denied client stays out whatever else allows it. */
function allowThenDeny(allowed: readonly string[], denied: readonly string[]): readonly string[] | undefined {
  if (denied.includes(everyone) || allowed.length === 0) return ['Require all denied'];
  if (denied.length === 0) return allowing(allowed);
  return allowed.includes(everyone) ? allBut(denied) : undefined;
}

/** Everybody by default; an allowed client gets in whatever else denies it. */
function denyThenAllow(allowed: readonly string[], denied: readonly string[]): readonly string[] | undefined {
  if (denied.length === 0 || allowed.includes(everyone)) return [`Require ${everyone}`];
  if (denied.includes(everyone)) return allowed.length === 0 ? ['Require all denied'] : allowing(allowed);
  return allowed.length === 0 ? allBut(denied) : undefined;
}

function allowing(subjects: readonly string[]): string[] {
  return subjects.includes(everyone) ? [`Require ${everyone}`] : subjects.map((subject) => `Require ${subject}`);
}

function allBut(denied: readonly string[]): string[] {
  const lines = denied.map((subject) => `    Require not ${subject}`);
  return ['<RequireAll>', `    Require ${everyone}`, ...lines, '</RequireAll>'];
}

/** Undefined if one of them cannot be said with `Require`. Neighbours of one kind are joined: `ip 10.0.0.1 10.0.0.2`. */
function subjects(directives: readonly Directive[], key: string): string[] | undefined {
  const lines: string[] = [];
  for (const directive of directives) {
    if (directive.key !== key) continue;
    for (const word of directive.args.slice(1)) {
      // Read as the name of a host, which no client has: "Allow from None" means nobody.
      if (/^none$/i.test(word.value)) continue;
      const requirement = requirementOf(word.value);
      if (requirement === undefined) return undefined;
      const [kind, value] = requirement.split(' ') as [string, string];
      const last = lines.at(-1);
      if (kind !== 'all' && last?.startsWith(`${kind} `)) lines[lines.length - 1] = `${last} ${value}`;
      else lines.push(requirement);
    }
  }
  return lines;
}
