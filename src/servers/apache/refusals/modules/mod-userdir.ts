import { wrongCount, type Handlers } from '../refusal.ts';

export const handlers: Handlers = {
  userdir: (directive) =>
    directive.args[0]?.value ? undefined : wrongCount(directive, 'a folder, "enabled" or "disabled"'),
};
