/** The rules about suppressions: they run after the findings are sorted out, so that no comment can silence them. */
export function isAboutSuppression(id: string): boolean {
  return id === 'invalid-suppression' || id === 'unused-suppression';
}
