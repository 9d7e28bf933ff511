/** The directive synopses of the manual: docs/manual/mod/*.xml. */

export interface ManualDirective {
  readonly name: string;
  /** Several for a directive that is shared by MPMs. */
  readonly modules: readonly string[];
  readonly status: string;
  readonly section: boolean;
  /** One line without a full stop. */
  readonly description: string;
  readonly syntax: string;
  readonly default: string;
  readonly contexts: readonly string[];
  readonly override: string;
  /** First release named by the compatibility notes of the directive, else of the module; empty if none. */
  readonly since: string;
}

export interface ManualModule {
  readonly name: string;
  readonly identifier: string;
  readonly status: string;
  readonly since: string;
  readonly directives: readonly ManualDirective[];
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', mdash: '-' };

/** Undefined for pages that describe no module. */
export function readManual(xml: string): ManualModule | undefined {
  const text = xml.replace(/<!--[^]*?-->/g, '');
  if (!text.includes('<modulesynopsis')) return undefined;
  const head = text.split('<directivesynopsis')[0]!;
  const module = {
    name: element(head, 'name'),
    status: element(head, 'status'),
    since: release(element(head, 'compatibility')),
  };
  const synopses = text.match(/<directivesynopsis[^>]*>[^]*?<\/directivesynopsis>/g) ?? [];
  return {
    ...module,
    identifier: element(head, 'identifier'),
    directives: synopses
      .filter((synopsis) => !/^<directivesynopsis[^>]*\slocation=/.test(synopsis))
      .map((synopsis) => directive(synopsis, module)),
  };
}

function directive(synopsis: string, module: Omit<ManualModule, 'identifier' | 'directives'>): ManualDirective {
  const name = element(synopsis, 'name');
  const shared = /<modulelist>[^]*?<\/modulelist>/.exec(synopsis)?.[0] ?? '';
  const list = [...shared.matchAll(/<module>(\w+)<\/module>/g)].map((match) => match[1]!);
  return {
    name,
    modules: list.length > 0 ? list : [module.name],
    status: module.status,
    section: /^<directivesynopsis[^>]*type="section"/.test(synopsis),
    description: element(synopsis, 'description'),
    syntax: element(synopsis, 'syntax'),
    default: element(synopsis, 'default').replace(new RegExp(`^${name}\\s+`), ''),
    contexts: [...synopsis.matchAll(/<context>([^]*?)<\/context>/g)].map((match) => plain(match[1]!)),
    override: element(synopsis, 'override'),
    since: release(element(synopsis, 'compatibility')) || module.since,
  };
}

function element(xml: string, tag: string): string {
  return plain(new RegExp(`<${tag}(?:\\s[^>]*)?>([^]*?)</${tag}>`).exec(xml)?.[1] ?? '');
}

function plain(xml: string): string {
  return xml
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? (name === 'amp' ? '&' : whole))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Only a plain "available in" note dates the directive as a whole; others date a parameter. */
function release(compatibility: string): string {
  return /^(?:Available|Introduced)\b[^.]*?\b(2\.\d+\.\d+)/.exec(compatibility)?.[1] ?? '';
}
