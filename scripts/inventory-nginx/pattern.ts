import type { Row } from './types.ts';

/** What the server prints for a message, as far as its placeholders let it be known. */
export function messagePattern({ message }: Pick<Row, 'message'>): RegExp {
  const pieces = message.split(/%(?:\\?\*|[0-9.]+)?(?:ui|ud|uL|uz|uO|uA|uD|uxD|Xd|XD|V|v|s|d|D|i|L|z|O|p|r|c)/);
  const text = pieces.map((piece) => piece.replaceAll('%%', '%').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(text.join('[^\\n]*'));
}
