import type { RuleContext } from '../define-rule.ts';

export const messages = {
  portLost:
    'Clients ask for "{{host}}", and {{application}} is told "Host: {{sent}}": it compares the two with the port{{symptom}}.',
  otherHost: 'Clients ask for "{{host}}", and {{application}} is told "Host: {{sent}}"{{symptom}}.',
  clientHost:
    '{{application}} is told the name that the client asked for ("{{sent}}"), and takes only names of its own machine{{symptom}}.',
  byOther:
    '{{application}} is told the scheme by "{{name}}" only, which it reads; "X-Forwarded-Proto" is missing for what stands behind it.',
  missing: '{{application}} is not sent "{{name}}"{{symptom}}.',
  formerly:
    '{{names}} of the outer level {{verb}} not arrive here, as this level has headers of its own; only {{application}} reads {{pronoun}}.',
  believed:
    '"{{name}}" of the client arrives at {{application}}, which believes it where that is switched on{{symptom}}.',
} as const;

export type Context = RuleContext<typeof messages, { readonly believed: boolean }>;
