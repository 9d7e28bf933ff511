/** `proxylint diff --format json`, version 1: stable, additions only. See docs/diff.md. */
import type { Statement, Witness } from '../../diff/statements.ts';
import { escapeJson } from '../escape.ts';
import { locate } from '../report.ts';
import { urlOf } from '../trace-text.ts';
import { outcomesOf, readable, sentenceOf, type ComparedPair } from './sentences.ts';

export function formatDiffAsJson(pairs: readonly ComparedPair[], version: string): string {
  const configs = pairs.map(({ path, comparison }) => ({
    file: path,
    statements: comparison.statements.map(toJson),
    asked: comparison.asked,
    undecided: comparison.undecided,
    virtualHosts: comparison.hosts,
    unread: comparison.unread,
  }));
  const document = { schemaVersion: 1, tool: { name: 'proxylint', version }, configs };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

function toJson(statement: Statement): object {
  const { kind, severity, topic, was, is, subjects, requests, place, witness } = statement;
  const at = place && locate(place);
  return {
    kind,
    severity,
    message: sentenceOf(statement),
    subjects: subjects.map(readable),
    topic,
    was: readable(was),
    is: readable(is),
    requests,
    file: at?.file ?? null,
    line: at?.start.line ?? null,
    witness: witness ? witnessToJson(witness) : null,
  };
}

function witnessToJson(witness: Witness): object {
  const { request } = witness;
  return {
    method: request.method,
    url: readable(urlOf(request)),
    headers: request.headers.map(([name, value]) => ({ name, value: readable(value) })),
    from: request.from ?? null,
    to: request.to ?? null,
    bodySize: request.bodySize,
    ...outcomesOf(witness),
  };
}
