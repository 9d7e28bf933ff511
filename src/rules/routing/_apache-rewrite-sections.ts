/** RewriteRules in sections of httpd whose patterns match nothing, because of what a rule is compared with there. */
import type { Targets } from '../../model/versions.ts';
import { ApacheSections, forEachBlock, isConditional } from '../../servers/apache/meaning/section-kinds.ts';
import type { Config } from '../../syntax/config.ts';
import { enclosing, type Block, type Directive } from '../../syntax/tree.ts';

export interface SectionFault {
  readonly directive: Directive;
  /** `slash`: the path has none at its begin; `noSlash`: it has one; `files`: it is that of the file system. */
  readonly message: 'slash' | 'noSlash' | 'files';
  /** Where, as the end of "in ...". */
  readonly section: string;
}

export function sectionFaults(config: Config, targets: Targets): SectionFault[] {
  const faults: SectionFault[] = [];
  forEachBlock(config, new ApacheSections(config, targets), (block) => {
    const rules = block.directives.filter(({ key }) => key === 'rewriterule');
    const kind = rules.length > 0 ? kindOf(block, config) : undefined;
    if (!kind) return;
    let isFirst = true;
    for (const directive of rules) {
      const pattern = directive.args[0]?.value ?? '';
      const message = kind.faultOf(pattern);
      if (message === 'noSlash' && !isFirst) continue;
      // After a target such as "$1" the next rules meet a path without a slash.
      isFirst &&= /^(?:\/|-$|https?:\/\/|[FG]$)/.test(directive.args[1]?.value ?? '') || message === 'noSlash';
      if (message && directive.args.length > 1) faults.push({ directive, message, section: kind.section });
    }
  });
  return faults;
}

interface Kind {
  readonly section: string;
  readonly faultOf: (pattern: string) => SectionFault['message'] | undefined;
}

/** Begins with a slash that must be there, in each of its alternatives. */
function needsSlash(pattern: string): boolean {
  return /^\^\\?\/(?![?*{])/.test(pattern) && !pattern.includes('|');
}

/** Begins with a name, where every path begins with a slash; a forward proxy is asked for URLs. */
function lacksSlash(pattern: string): 'noSlash' | undefined {
  const isName = /^\^\w[\w-]*(?:$|[/.\\($])/.test(pattern) && !/^\^(?:https?|ftp|proxy)\b/i.test(pattern);
  return isName && !pattern.includes('|') ? 'noSlash' : undefined;
}

function kindOf(block: Block, { level }: Config): Kind | undefined {
  let owner = block.owner;
  while (owner && isConditional(owner)) owner = enclosing(owner);
  const slash = (pattern: string): 'slash' | undefined => (needsSlash(pattern) ? 'slash' : undefined);
  if (!owner) return level === 'htaccess' ? { section: '.htaccess', faultOf: slash } : undefined;
  if (owner.key === 'virtualhost') return { section: '<VirtualHost>', faultOf: lacksSlash };
  if (owner.key === 'directory' && owner.args[0]?.value !== '~') return { section: '<Directory>', faultOf: slash };
  const path = owner.args[0]?.value ?? '';
  if (owner.key !== 'location' || !path.startsWith('/') || /[*?[$]/.test(path)) return undefined;
  if (path === '/') return { section: '<Location "/">', faultOf: slash };
  return { section: '<Location>', faultOf: (pattern) => (missesFiles(pattern, path) ? 'files' : undefined) };
}

/** A pattern of the URL, or one of the rest of it; a document root may well end with the same words, so only what is anchored counts. */
function missesFiles(pattern: string, path: string): boolean {
  if (pattern.includes('|') || !/^\^[\w/\\(-]/.test(pattern)) return false;
  const literal = /^\^\(?((?:[\w/-]|\\[/.-])*)/.exec(pattern)![1]!.replaceAll('\\', '');
  if (literal === '' || /^\^\(?[\w/-]*[?*{]/.test(pattern)) return false;
  const bare = path.replace(/\/$/, '');
  return !literal.startsWith('/') || literal === bare || literal.startsWith(`${bare}/`);
}
