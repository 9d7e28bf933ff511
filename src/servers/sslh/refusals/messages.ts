/** What the rules say that report what sslh refuses, or reads in another way than it looks, by rule. */
export const sslhMessages = {
  'sslh-unknown-setting': {
    unknown: 'There is no setting "{{name}}" {{place}}{{hint}}.',
    version: 'The setting "{{name}}" has no effect in sslh {{target}}: it exists {{range}}.',
    type: 'The setting "{{name}}" must be {{expected}}; sslh takes the default instead.',
    newType: 'Since sslh {{since}} the setting "{{name}}" must be {{expected}}; sslh takes the default instead.',
    requiredType: 'The setting "{{name}}" must be {{expected}}; without it sslh does not start.',
    missing: 'This entry of "{{list}}" lacks {{names}}.',
    noGroup: 'An entry of "{{list}}" must be a group: {{form}}.',
  },
  'sslh-unknown-probe': {
    unknown: 'The probe "{{name}}" does not exist{{hint}}. Known are {{known}}.',
    version: 'The probe "{{name}}" is not in sslh {{target}}: it exists {{range}}.',
    renamed: 'The probe "ssl" is named "tls"; sslh refuses the old name since 1.21.',
  },
  'sslh-invalid-value': {
    portRange: 'The port {{port}} is above 65535: sslh uses {{cut}} instead.',
    noPort: 'The port "{{port}}" is neither a number nor the name of a service.',
    emptyPort: 'An empty port is for Unix sockets only; here it stands for port 0.',
    hostWithPort: 'The host "{{host}}" cannot be resolved: the port belongs into "port".',
    url: 'The host "{{host}}" cannot be resolved: it must be a name or an address, not a URL.',
    address: 'The host "{{host}}" is not {{expected}}.',
    path: 'The host "{{host}}" is a path, which needs "is_unix: true".',
    notPath: 'With "is_unix" the host must be the path of a socket; "{{host}}" is a file in the working directory.',
    facility: 'There is no syslog facility "{{facility}}". Known are {{known}}.',
    element: 'The values of "{{name}}" must be strings in quotes, and {{value}} is none.',
    pattern: 'The pattern "{{pattern}}" cannot be compiled: {{fault}}.',
    proxyprotocol: 'The value {{value}} of "proxyprotocol" is no version of the PROXY protocol; write 1 or 2.',
  },
  'sslh-missing-listen': {
    missing: 'The file has "{{present}}" but no "{{absent}}", without which sslh does not start.',
    empty: 'The list "{{name}}" is empty, so sslh does not start.',
  },
  'sslh-duplicate-listen': {
    again: 'sslh listens on {{address}} already: the second socket cannot be bound, and sslh ends.',
    within:
      '{{address}} and "{{host}}", on which sslh listens already, exclude each other: the second socket cannot be bound.',
  },
  'sslh-port-as-number': { number: 'The port {{port}} must be a string: write "{{port}}" in quotes.' },
  'duplicate-setting': { duplicate: 'The setting "{{name}}" is already there in this group.' },
} as const;
