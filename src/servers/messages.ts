/** What the servers' refusals have in common, in the same words. */
export const commonMessages = {
  unknown: 'The directive "{{name}}" does not exist.',
  misspelled: 'The directive "{{name}}" does not exist. Did you mean "{{suggestion}}"?',
  misplaced: 'The directive "{{name}}" is not allowed in {{context}}, only in {{allowed}}.',
  count: 'The directive "{{name}}" takes {{expected}}, not {{found}}.',
  choice: 'The value "{{value}}" is not known to "{{name}}". It takes {{allowed}}.',
  form: 'The value "{{value}}" of "{{name}}" is not {{expected}}.',
} as const;
