import { refusal, type Handlers } from '../refusal.ts';

export const handlers: Handlers = {
  user: (directive) =>
    /^(?:root|#0+)$/.test(directive.args[0]?.value ?? '')
      ? refusal(directive, 'it serves no pages as root', directive.args[0])
      : undefined,
};
