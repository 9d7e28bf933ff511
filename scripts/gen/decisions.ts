/** What Chevrotain's analysis of the grammars decides, for `src/parsers/shared/analysed-parser.ts`. */
import { ApacheParser } from '../../src/parsers/apache/grammar.ts';
import { NginxParser } from '../../src/parsers/nginx/grammar.ts';
import { SslhParser } from '../../src/parsers/sslh/grammar.ts';

/** The files by path. */
export function decisionFiles(): [path: string, text: string][] {
  const parsers = { nginx: new NginxParser(), apache: new ApacheParser(), sslh: new SslhParser() };
  return Object.entries(parsers).map(([name, { decisions }]) => [
    `src/parsers/${name}/decisions.json`,
    `${JSON.stringify(decisions, undefined, 2)}\n`,
  ]);
}
