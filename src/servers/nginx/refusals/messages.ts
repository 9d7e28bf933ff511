import { commonMessages } from '../../diagnostic.ts';

/** What the syntax rules say about nginx configs, by rule. */
export const nginxMessages = {
  'unknown-directive': {
    unknown: commonMessages.unknown,
    misspelled: commonMessages.misspelled,
    comment: 'A comment begins with "#", not with "{{sign}}".',
    invisible: 'The name "{{name}}" holds a {{character}}, which nginx takes for a part of it.',
  },
  'directive-context': {
    misplaced: commonMessages.misplaced,
  },
  'directive-arguments': {
    count: commonMessages.count,
  },
  'invalid-value': {
    flag: 'The value of "{{name}}" must be "on" or "off", not "{{value}}".',
    choice: commonMessages.choice,
    form: commonMessages.form,
    total: 'The shares up to here are more than 100 %.',
    overlap: 'The range "{{name}}" overlaps another one in part.',
    misspelled: 'The parameter "{{value}}" is not known to "{{name}}". Did you mean "{{suggestion}}"?',
    parameter: 'The parameter "{{value}}" is not known to "{{name}}". It knows {{known}}.',
    regex: 'The pattern "{{value}}" of "{{name}}" is no valid regular expression: {{fault}}.',
    unquoted:
      'The pattern "{{value}}" ends at its "{" for nginx, which takes it for the beginning of a block. Quote the pattern.',
    quotes: 'The typographic quotes of "{{value}}" quote nothing: nginx knows only straight ones.',
    lacks: 'The directive "{{name}}" lacks {{lack}}.',
    size: 'The size of "{{name}}" does not fit: {{reason}}.',
    method: 'The parameter "{{value}}" does not go with "{{method}}", which stands before it.',
    transport: 'The parameter "{{value}}" does not go with "udp".',
    first: 'The switch "{{name}}" must stand before all entries of the block.',
  },
  'duplicate-directive': {
    repeated: 'The directive "{{name}}" is already set on this level.',
    entry: 'The key "{{name}}" stands in this block already.',
    value: 'The value "{{name}}" stands in this directive already.',
    path: 'The folder "{{name}}" is used for other files already.',
    module: 'The module "{{name}}" is loaded already.',
  },
  'missing-semicolon': {
    runsOn: 'A ";" is missing after "{{name}}": it runs on into "{{next}}".',
  },
  'duplicate-listen': {
    repeated: 'The address "{{address}}" is listened on twice.',
    defaultServer: 'The address "{{address}}" has a default server already.',
    options: 'The options of the socket "{{address}}" are set in another "listen" already.',
  },
  'duplicate-location': {
    repeated: 'The location "{{name}}" is defined twice on this level.',
  },
  'duplicate-upstream': {
    repeated: 'The upstream "{{name}}" is defined twice.',
  },
  'duplicate-zone': {
    repeated: 'The zone "{{name}}" is defined twice.',
  },
  'duplicate-log-format': {
    repeated: 'The log format "{{name}}" is defined twice.',
  },
  'conflicting-directives': {
    rootAndAlias: 'The directives "root" and "alias" exclude each other on one level.',
    aliasInNamed: 'The directive "alias" does not work in a named location.',
    together: 'The directives "{{name}}" and "{{other}}" exclude each other on one level.',
    late: 'The directive "{{name}}" must stand before "{{other}}".',
    before: 'The directive "{{name}}" must stand after "{{other}}".',
    size: 'The cache "{{name}}" has another size elsewhere.',
    buffer: 'The log "{{name}}" is buffered with other parameters elsewhere.',
    nesting: 'The location "{{name}}" cannot be {{where}}.',
  },
  'proxy-pass-uri-in-regex': {
    uri: 'The directive "proxy_pass" cannot have the URI part "{{uri}}" in {{where}}.',
  },
  'missing-directive': {
    servers: 'The upstream "{{name}}" has no servers.',
    mainServers: 'The upstream "{{name}}" has spare servers only.',
    zone: 'The parameter "resolve" needs a "zone" in the upstream "{{name}}".',
    resolver: 'The parameter "resolve" needs a "resolver" in the upstream "{{name}}" or around it.',
    certificate: 'The server listens with "ssl", but no "ssl_certificate" is in force.',
    quicProtocol: 'The socket with QUIC needs "TLSv1.3" among the "ssl_protocols".',
    certificateKey: 'The directive "ssl_certificate" has no "ssl_certificate_key" beside it.',
    beside: 'The directive "{{name}}" has no "{{needed}}" beside it.',
    tls: 'The directive "{{name}}" needs TLS certificates, but no "{{needed}}" is in force.',
    authentication: 'The mail server has no "auth_http".',
    protocol: 'The mail server needs a "protocol": its port is not that of one.',
    listen: 'The server has no "listen".',
    handler: 'The server has neither "proxy_pass" nor "return".',
    port: 'The address "{{address}}" has no port, and no "upstream" has this name.',
  },
  'unknown-log-format': {
    unknown: 'The log format "{{name}}" is defined nowhere.',
    later: 'The log format "{{name}}" is defined only later. nginx needs the definition first.',
  },
  'unknown-variable': {
    unknown: 'The variable "${{name}}" is defined nowhere.',
    misspelled: 'The variable "${{name}}" is defined nowhere. Did you mean "${{suggestion}}"?',
    environment:
      'nginx has no variable "${{name}}": it refuses the config, unless a script such as "envsubst" puts the value in before.',
    resembles: 'No variable "${{name}}" is defined here. Did you mean "${{suggestion}}"?',
  },
  'unknown-zone': {
    unknown: 'The zone "{{name}}" is defined by no "{{definer}}".',
  },
  'missing-block': {
    missing: 'The directive "{{name}}" needs a block in braces.',
  },
  'unexpected-block': {
    unexpected: 'The directive "{{name}}" takes no block.',
  },
  'removed-directive': {
    removed: 'The directive "{{name}}" was removed in nginx {{version}}.',
    replaced: 'The directive "{{name}}" was removed in nginx {{version}}. Use "{{replacement}}" instead.',
  },
  'deprecated-directive': {
    deprecated: 'The directive "{{name}}" is deprecated since nginx {{version}}.',
    replaced: 'The directive "{{name}}" is deprecated since nginx {{version}}. Use "{{replacement}}" instead.',
  },
  'needs-newer-version': {
    directive: 'The directive "{{name}}" needs nginx {{version}}, the target is {{target}}.',
    variable: 'The variable "${{name}}" needs nginx {{version}}, the target is {{target}}.',
    value: 'The value "{{value}}" of "{{name}}" needs nginx {{version}}, the target is {{target}}.',
  },
} as const;
