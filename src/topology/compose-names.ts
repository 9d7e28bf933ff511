/** Names that compose looks for, with those that people give to further ones. */
const fileName = /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

export function isComposeFile(path: string): boolean {
  return fileName.test(path);
}

/** In the order in which compose takes the first that is there. */
const usual = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/**
 * Of the compose files of one directory those that make up a project, in the order in which they are read: all that are named; else the usual one
 * with its override, as compose takes them by itself; the others are for other uses. Without a usual one, each may be one of its own.
 */
export function projectFiles<Each extends { readonly path: string; readonly named?: boolean }>(
  files: readonly Each[],
): readonly (readonly Each[])[] {
  const byRank = files.toSorted((a, b) => rankOf(a.path) - rankOf(b.path));
  if (files.length < 2 || files.every(({ named }) => named)) return [byRank];
  const [first] = byRank;
  if (rankOf(first!.path) >= usual.length) return byRank.map((file) => [file]);
  return [byRank.filter((file) => file === first || file.named || overrideName.test(file.path))];
}

const overrideName = /compose\.override\.ya?ml$/;

function rankOf(path: string): number {
  const rank = usual.findIndex((name) => path === name || path.endsWith(`/${name}`));
  return rank === -1 ? usual.length + (overrideName.test(path) ? 0 : 1) : rank;
}
