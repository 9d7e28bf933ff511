/** Whether `rewrite` and `return` send the client to the text, going by its first letters: `ngx_http_rewrite` and `ngx_http_rewrite_return`. */
export function isRedirectUrl(text: string): boolean {
  return text.startsWith('http://') || text.startsWith('https://') || text.startsWith('$scheme');
}
