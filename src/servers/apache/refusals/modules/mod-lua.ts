import { judgeRegexAt } from '../regex.ts';
import { refusal, type Handlers } from '../refusal.ts';

export const handlers: Handlers = {
  luahookinsertfilter: (directive) => refusal(directive, 'it is not implemented yet'),
  luamaphandler: (directive) => judgeRegexAt(directive, 0),
};
