/** Which findings belong to which site: by where they stand, or by the only site that includes their file. */
import type { ConfigOverview, Site } from '../../model/overview.ts';
import type { Finding } from '../../rules/finding.ts';
import type { SourceFile } from '../../text/source.ts';
import type { Report } from '../report.ts';

export interface SiteFindings {
  /** Undefined: what stands outside of all sites of the config, or in a file that several of them include. */
  readonly site: Site | undefined;
  readonly findings: Finding[];
}

export interface ConfigFindings {
  /** Of the root file. */
  readonly path: string;
  /** What belongs to no site first, then the sites in the order of the config. */
  readonly sites: readonly SiteFindings[];
}

/** Findings in files of no config that was understood come as a config without sites. */
export function groupBySite({ findings, overviews = [] }: Report): ConfigFindings[] {
  const configs = overviews.map(({ path, sites }) => ({ path, sites: [undefined, ...sites].map(groupOf) }));
  const byFile = new Map<string, FileGroups>();
  for (const [index, overview] of overviews.entries()) addFiles(byFile, overview, configs[index]!.sites);
  const others = new Map<string, ConfigFindings>();
  for (const finding of findings) {
    const { file, start } = finding.place;
    const group = byFile.get(keyOf(file))?.groupAt(start);
    if (group) group.findings.push(finding);
    else otherConfig(others, file).sites[0]!.findings.push(finding);
  }
  return [...configs, ...others.values()].map(({ path, sites }) => ({
    path,
    sites: sites.filter(({ site, findings: own }) => site !== undefined || own.length > 0),
  }));
}

function groupOf(site: Site | undefined): SiteFindings {
  return { site, findings: [] };
}

function otherConfig(others: Map<string, ConfigFindings>, file: SourceFile): ConfigFindings {
  const path = file.outer?.path ?? file.path;
  let config = others.get(path);
  if (!config) others.set(path, (config = { path, sites: [groupOf(undefined)] }));
  return config;
}

/** A block of a document, or a file of a dump, is one of its own. */
function keyOf({ path, outer }: SourceFile): string {
  return `${path}\0${outer?.path ?? ''}\0${outer?.offset ?? ''}`;
}

function addFiles(byFile: Map<string, FileGroups>, { files }: ConfigOverview, groups: readonly SiteFindings[]): void {
  const at = (file: SourceFile): FileGroups => {
    const key = keyOf(file);
    let known = byFile.get(key);
    if (!known) byFile.set(key, (known = new FileGroups(groups[0]!)));
    return known;
  };
  for (const file of files) at(file);
  for (const group of groups) {
    if (!group.site) continue;
    const { extent, included } = group.site;
    if (extent) at(extent.file).addExtent(extent.start, extent.end, group);
    for (const file of included) at(file).addIncluding(group);
  }
}

/** The groups to which the findings of one file may belong. */
class FileGroups {
  readonly #outside: SiteFindings;
  readonly #extents: { readonly start: number; readonly end: number; readonly group: SiteFindings }[] = [];
  #including: SiteFindings | undefined;
  #isShared = false;
  #isSorted = true;

  constructor(outside: SiteFindings) {
    this.#outside = outside;
  }

  addExtent(start: number, end: number, group: SiteFindings): void {
    this.#extents.push({ start, end, group });
    this.#isSorted = false;
  }

  addIncluding(group: SiteFindings): void {
    this.#isShared ||= this.#including !== undefined && this.#including !== group;
    this.#including = group;
  }

  groupAt(offset: number): SiteFindings {
    if (!this.#isSorted) this.#extents.sort((a, b) => a.start - b.start);
    this.#isSorted = true;
    let low = 0;
    let high = this.#extents.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#extents[middle]!.start <= offset) low = middle + 1;
      else high = middle;
    }
    const nearest = this.#extents[low - 1];
    if (nearest && offset <= nearest.end) return nearest.group;
    return this.#isShared ? this.#outside : (this.#including ?? this.#outside);
  }
}
