import type { Messages, Statement } from '../../servers/diagnostic.ts';
import { serverOf, servers } from '../../servers/index.ts';
import type { Config } from '../../syntax/config.ts';
import type { Targets } from '../../model/versions.ts';
import type { ChecksByDialect } from '../define-rule.ts';

/** The part of a rule's context that a report of the servers needs. */
interface Context {
  readonly config: Config;
  readonly targets: Targets;
  report(statement: Statement<Messages>): void;
}

type Checks = ChecksByDialect<Messages, Readonly<Record<never, never>>>;

/** Texts and checks of a rule that reports what the servers refuse, for each server that has messages for it. */
export function refused(rule: string): { readonly messages: Messages; readonly check: Checks } {
  const concerned = servers.filter(({ refusals }) => refusals.messages[rule] !== undefined);
  const messages = Object.assign({}, ...concerned.map(({ refusals }) => refusals.messages[rule])) as Messages;
  const check = (context: Context): { start(): void } => reportRefusals(context, rule);
  return { messages, check: Object.fromEntries(concerned.map(({ dialect }) => [dialect, check])) };
}

/** Reports what the server of the config has to say under this rule. */
export function reportRefusals({ config, targets, report }: Context, rule: string): { start(): void } {
  return {
    start() {
      const { refusals } = serverOf(config.dialect);
      for (const statement of refusals.of(rule, config, targets)) report(statement);
    },
  };
}
