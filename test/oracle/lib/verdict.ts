/** What a server said about a config. */
import type { Server } from './install.ts';
import type { Answer } from './fork-server.ts';

export interface Verdict {
  readonly accepted: boolean;
  /** Why it refused, without place. */
  readonly message: string;
  /** Line of the config; undefined if it names none, or one of another file. */
  readonly line: number | undefined;
  /** All that the server said, warnings included. */
  readonly output: string;
}

type Refusal = Omit<Verdict, 'output'>;

/** `path`: where the server read the text from. A server that crashes on a text does not accept it. */
export function verdictOf(server: Server, { status, output }: Answer, path: string): Verdict {
  if (status >= 128) return { accepted: false, message: `died of signal ${status - 128}`, line: undefined, output };
  if (status === 0) return { accepted: true, message: '', line: undefined, output };
  return { ...(server === 'nginx' ? nginxRefusal(output, path) : apacheRefusal(output, path)), output };
}

function nginxRefusal(output: string, path: string): Refusal {
  const whole = /\[(?:emerg|crit)\](?: \d+#\d+:)? (.*)/.exec(output)?.[1] ?? output.trim();
  const place = / in (\S+):(\d+)$/.exec(whole);
  return {
    accepted: false,
    message: place ? whole.slice(0, place.index) : whole,
    line: place?.[1] === path ? Number(place[2]) : undefined,
  };
}

/**
 * httpd says `Syntax error on line N of FILE:` once a file on the way to the mistake, then the message; and
 * `FILE:N: <Section> was not closed.`
 */
function apacheRefusal(output: string, path: string): Refusal {
  let line: number | undefined;
  let end = 0;
  for (const match of output.matchAll(/Syntax error on line (\d+) of ([^\n]*?):\s/g)) {
    if (match[2] === path) line = Number(match[1]);
    end = match.index + match[0].length;
  }
  const rest = output.slice(end);
  const place = /^(\S+?):(\d+): /.exec(rest);
  if (place?.[1] === path) line = Number(place[2]);
  const message = (place ? rest.slice(place[0].length) : rest).trim().split('\n')[0]!;
  return { accepted: false, message, line };
}
