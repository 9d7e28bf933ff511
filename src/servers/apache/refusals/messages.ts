import { commonMessages } from '../../diagnostic.ts';

/** What the syntax rules say about httpd configs, by rule. */
export const apacheMessages = {
  'unknown-directive': {
    unknown: commonMessages.unknown,
    misspelled: commonMessages.misspelled,
    unloaded: 'No loaded module defines the directive "{{name}}". It belongs to {{modules}}.',
    section: 'There is only a section of the name "{{name}}". Write "<{{name}} ...>" and "</{{name}}>".',
    slashes: 'There is no directive "{{name}}". A comment begins with "#".',
    space: 'The name of this directive begins with {{code}}, which looks like a space and is none.',
    plain: 'There is no section "<{{name}}>", only a directive "{{name}}".',
  },
  'directive-context': {
    misplaced: commonMessages.misplaced,
    authorization:
      'The directive "{{name}}" is not allowed in <{{section}}>, which holds authorization directives only.',
  },
  'directive-arguments': {
    count: commonMessages.count,
    comment: 'A comment needs a line of its own: the directive "{{name}}" takes {{expected}}, not {{found}}.',
  },
  'invalid-value': {
    httpdFlag: 'The value of "{{name}}" must be "On" or "Off", not "{{value}}".',
    choice: commonMessages.choice,
    form: commonMessages.form,
    refused: 'The server refuses this "{{name}}": {{reason}}.',
  },
  'unknown-expr': {
    stopped: 'The expression "{{text}}" cannot be read at "{{found}}".',
    incomplete: 'The expression "{{text}}" ends too early.',
    regex: 'The regular expression "{{pattern}}" in an expression has a {{fault}}.',
    name: 'Expressions have no {{noun}} "{{name}}".',
    misspelled: 'Expressions have no {{noun}} "{{name}}". Did you mean "{{meant}}"?',
    network: 'The operator "{{name}}" takes an IP address or a network, written as a constant string.',
    newer: 'The {{noun}} "{{name}}" of expressions needs httpd {{version}}, the target is {{target}}.',
  },
  'removed-directive': {
    httpdRemoved: 'The directive "{{name}}" was removed in httpd {{version}}.',
    httpdReplaced: 'The directive "{{name}}" was removed in httpd {{version}}. Use "{{replacement}}" instead.',
  },
  'deprecated-directive': {
    httpdDeprecated: 'The directive "{{name}}" is obsolete since httpd {{version}} and has no use any more.',
    httpdReplaced: 'The directive "{{name}}" is obsolete since httpd {{version}}. Use "{{replacement}}" instead.',
  },
  'needs-newer-version': {
    httpd: 'The directive "{{name}}" needs httpd {{version}}, the target is {{target}}.',
    form: 'This form of "{{name}}" needs httpd {{version}}, the target is {{target}}.',
  },
} as const;

export type ApacheRule = keyof typeof apacheMessages;
