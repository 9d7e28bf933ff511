import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, firstRefusal, type Handlers, type Refusal } from '../refusal.ts';

const hooks =
  /^(?:\*|all|log_transaction|(?:quick_)?handler|(?:pre_)?translate_name|map_to_storage|fixups|type_checker|check_(?:access(?:_ex)?|authn|authz)|insert_filter)$/i;

/** `LogMessage text [hook=name] [expr=condition]`, `cmd_log_message`; expressions are judged elsewhere. */
function judgeMessage(directive: Directive): Refusal | undefined {
  return firstRefusal(directive.args.slice(1), (word) => {
    const [, hook] = /^hook=([^]*)/i.exec(word.value) ?? [];
    if (hook !== undefined)
      return hooks.test(hook) ? undefined : badForm(directive, word, 'a hook such as "hook=fixups"');
    return /^expr=/i.test(word.value) ? undefined : badForm(directive, word, '"hook=name" or "expr=condition"');
  });
}

export const handlers: Handlers = { logmessage: judgeMessage };
