/** Fixtures on which proxylint and the installed server rightly disagree, each with the reason. */
export const exceptions: Readonly<Record<string, string>> = {
  'fixtures/rules/missing-websocket-upgrade/good-unread-include.nginx.conf':
    'a template whose placeholder is filled in before the server reads it',
  'fixtures/rules/unknown-directive/good-placeholder.nginx.conf':
    'a template whose placeholder is filled in before the server reads it',
  'fixtures/rules/plain-port-with-tls/good-filled-in.nginx.conf': 'an installer puts the port in',
  'fixtures/rules/unknown-variable/bad-of-the-environment.nginx.conf':
    'a script may put the values in, so that it is no more than a warning',
  'fixtures/rules/invalid-value/good-placeholder-parts.nginx.conf':
    'words in brackets that a reader of documentation replaces by an address',
  'fixtures/rules/missing-directive/good-fragment.nginx.conf': 'the servers of the upstream stand in an included file',
};
