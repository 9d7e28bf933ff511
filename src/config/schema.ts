/** The JSON schema of `proxylint.json`, made from the rules. */
import type { Rule } from '../rules/define-rule.ts';
import { formatSchema } from '../format/options.ts';
import { setNames } from './sets.ts';

const severities = ['off', 'info', 'warning', 'error'];
const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
const textOrTexts = { ...texts, type: ['string', 'array'], minLength: 1 };
const version = { type: 'string', pattern: '^\\d+(\\.\\d+){0,3}[a-z]?$' };

/** Keys that a copy of `rules.json` has beside `severity` and `options`; they change nothing. */
const catalogueKeys = [
  'summary',
  'category',
  'set',
  'ownSeverity',
  'confidence',
  'dialects',
  'since',
  'fixable',
  'optionsSchema',
  'references',
  'profiles',
  'docs',
];

/** `openEnded`: rules of plugins, which nobody knows yet, are allowed. */
export function configSchema(rules: readonly Rule[], openEnded = false): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://raw.githubusercontent.com/proxylint/proxylint/main/schema/config.schema.json',
    title: 'proxylint configuration',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      $comment: { type: 'string' },
      extends: {
        description: `Config files (relative to this one) that this one builds on, or a set of rules: ${setNames.join(', ')}.`,
        ...textOrTexts,
      },
      plugins: {
        description:
          'Modules with rules of their own, by path (relative to this file) or package. They are code: see docs/plugins.md.',
        ...texts,
      },
      rules: { $ref: '#/definitions/rules' },
      overrides: {
        description: 'Other rule settings for some files; later entries win.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['files', 'rules'],
          properties: {
            files: {
              description: 'Globs relative to this file; one without a slash matches names in any folder.',
              ...textOrTexts,
            },
            rules: { $ref: '#/definitions/rules' },
          },
        },
      },
      ignore: { description: 'Globs of files and folders that are not linted, relative to this file.', ...texts },
      target: {
        description: 'The versions of the servers that the configs are meant for.',
        type: 'object',
        additionalProperties: false,
        properties: { nginx: version, apache: version, sslh: version },
      },
      topology: {
        description: 'Which servers stand behind each other: see docs/topology.md.',
        type: 'object',
        additionalProperties: false,
        properties: {
          machines: {
            description: 'Machines, and the servers on each.',
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['name', 'files'],
              properties: {
                name: { description: 'As messages call it.', ...text },
                files: { description: 'The configs of its servers, as globs relative to this file.', ...textOrTexts },
                addresses: { description: 'Names and addresses by which other machines reach it.', ...texts },
              },
            },
          },
          compose: { description: 'Compose files, relative to this file.', ...textOrTexts },
        },
      },
      applications: {
        description:
          'Which application stands behind a host name or a backend, as in "hub.example.org": "jupyterhub@4" or "http://127.0.0.1:9000": "jatos".',
        type: 'object',
        additionalProperties: text,
      },
      format: {
        description: 'How "proxylint fmt" lays out configs: see docs/formatting.md.',
        type: 'object',
        additionalProperties: false,
        properties: formatSchema,
      },
      root: { description: 'Prefix for absolute include paths, relative to this file.', ...text },
      includeRoots: {
        description:
          'Directories below which includes are read too, relative to this file. Beyond the project only in a file that --config names.',
        ...texts,
      },
    },
    definitions: {
      severity: { enum: severities },
      rules: {
        description: 'Severity, or severity and options, by rule.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
        ...(openEnded && { patternProperties: { '^[^/]+/': {} } }),
      },
    },
  };
}

function ruleSchema({ meta }: Rule): object {
  return {
    description: `${meta.summary}.`,
    if: { type: 'object' },
    // oxlint-disable-next-line unicorn/no-thenable -- the keyword of JSON schema
    then: {
      additionalProperties: false,
      properties: {
        severity: { $ref: '#/definitions/severity' },
        reason: { description: 'Why: for those who read the file.', ...text },
        options: { type: 'object', additionalProperties: false, properties: meta.options ?? {} },
        ...Object.fromEntries(catalogueKeys.map((key) => [key, {}])),
      },
    },
    else: { $ref: '#/definitions/severity' },
  };
}
