/** Names that compose looks for, with those that people give to further ones. */
const fileName = /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

export function isComposeFile(path: string): boolean {
  return fileName.test(path);
}
