/** What the syntax rules say about nginx configs, by rule. */
export const nginxMessages = {
  'unknown-directive': {
    unknown: 'The directive "{{name}}" does not exist.',
    misspelled: 'The directive "{{name}}" does not exist. Did you mean "{{suggestion}}"?',
  },
  'directive-context': {
    misplaced: 'The directive "{{name}}" is not allowed in {{context}}, only in {{allowed}}.',
  },
  'directive-arguments': {
    count: 'The directive "{{name}}" takes {{expected}}, not {{found}}.',
  },
  'invalid-value': {
    flag: 'The value of "{{name}}" must be "on" or "off", not "{{value}}".',
    choice: 'The value "{{value}}" is not known to "{{name}}". It takes {{allowed}}.',
    form: 'The value "{{value}}" of "{{name}}" is not {{expected}}.',
    parameter: 'The parameter "{{value}}" is not known to "{{name}}". It knows {{known}}.',
    lacks: 'The directive "{{name}}" lacks {{lack}}.',
  },
  'duplicate-directive': {
    repeated: 'The directive "{{name}}" is already set on this level.',
  },
  'missing-semicolon': {
    runsOn: 'A ";" is missing after "{{name}}": it runs on into "{{next}}".',
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
    value: 'The value "{{value}}" of "{{name}}" is not known to nginx {{target}}.',
  },
} as const;
