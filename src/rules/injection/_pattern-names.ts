/** The names of hosts that a pattern spells out. */

/** Host names written in a pattern, their dots escaped or not. */
const hostInPattern = /(?:[a-z0-9-]+\\?\.)+[a-z]{2,}/gi;

const maximalNames = 20;

const longestPattern = 2_000;

/** The hosts that a pattern names, each choice of its alternatives on its own. */
export function namesIn(pattern: string): string[] {
  const names = variantsOf(pattern.slice(0, longestPattern).replaceAll('[.]', '\\.')).flatMap(
    (text) => text.match(hostInPattern) ?? [],
  );
  return [...new Set(names.map((text) => text.replaceAll('\\', '')))].slice(0, maximalNames);
}

const innermostGroup = /\((?:\?:|\?<\w+>)?((?:\\.|\[[^\]]*\]|[^()[\]\\])*)\)([?*]?)/;

const bars = /\|(?![^[]*\])/;

/** The pattern without groups: "a(b|c)" is "ab" and "ac". What may be left out is. */
function variantsOf(pattern: string): string[] {
  let variants = [pattern];
  for (let round = 0; round < maximalNames; round++) {
    const next = variants.flatMap((text) => {
      const group = innermostGroup.exec(text);
      if (!group) return [text];
      const choices = group[2] === '' ? group[1]!.split(bars) : [''];
      return choices.map((choice) => text.slice(0, group.index) + choice + text.slice(group.index + group[0].length));
    });
    if (next.length === variants.length && next.every((text, index) => text === variants[index])) break;
    variants = next.slice(0, maximalNames);
  }
  return variants;
}
