/** The form of the SARIF that proxylint prints, as far as it is read again. */
import { count, effectSchema, text } from './parts.ts';

const location = {
  type: 'object',
  required: ['physicalLocation'],
  properties: {
    physicalLocation: {
      type: 'object',
      required: ['artifactLocation', 'region'],
      properties: {
        artifactLocation: { type: 'object', required: ['uri'], properties: { uri: text } },
        region: {
          type: 'object',
          required: ['startLine', 'startColumn', 'endLine', 'endColumn'],
          properties: { startLine: count, startColumn: count, endLine: count, endColumn: count },
        },
      },
    },
  },
};

const result = {
  type: 'object',
  required: ['ruleId', 'level', 'message', 'locations', 'partialFingerprints'],
  properties: {
    ruleId: text,
    level: { enum: ['error', 'warning', 'note'] },
    message: { type: 'object', required: ['text'], properties: { text } },
    locations: { type: 'array', items: location, minItems: 1 },
    partialFingerprints: { type: 'object', required: ['proxylint/v1'], properties: { 'proxylint/v1': text } },
  },
};

const notification = {
  type: 'object',
  properties: { associatedRule: { type: 'object', required: ['id'], properties: { id: text } } },
};

const run = {
  type: 'object',
  required: ['tool', 'invocations', 'properties', 'results'],
  properties: {
    tool: {
      type: 'object',
      required: ['driver'],
      properties: {
        driver: {
          type: 'object',
          required: ['name', 'semanticVersion', 'rules'],
          properties: {
            name: { enum: ['proxylint'] },
            semanticVersion: text,
            rules: { type: 'array', items: { type: 'object', required: ['id'], properties: { id: text } } },
          },
        },
      },
    },
    invocations: {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: {
        type: 'object',
        required: ['executionSuccessful', 'toolExecutionNotifications'],
        properties: {
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: { type: 'array', items: notification },
        },
      },
    },
    properties: {
      type: 'object',
      required: ['suppressed', 'configs'],
      properties: {
        suppressed: count,
        hidden: count,
        configs: { type: 'array', items: effectSchema },
        shard: { type: 'object', required: ['index', 'count'], properties: { index: count, count } },
      },
    },
    results: { type: 'array', items: result },
  },
};

/** What is read of a result; the rest is passed on as it is. */
export const sarifSchema = {
  type: 'object',
  required: ['version', 'runs'],
  properties: { version: { enum: ['2.1.0'] }, runs: { type: 'array', items: run, minItems: 1, maxItems: 1 } },
};
