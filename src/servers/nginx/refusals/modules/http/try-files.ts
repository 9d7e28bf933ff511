import { parseNumber } from '../../../meaning/values.ts';
import { refuseForm } from '../../refuse.ts';
import type { ModuleChecks, NginxCheck } from '../../run.ts';

const tryFiles: NginxCheck = (directive, run) => {
  const last = directive.args.at(-1)!;
  if (!last.value.startsWith('=')) return;
  if (!(parseNumber(last.value.slice(1)) <= 999)) refuseForm(run, directive, last, 'a status code after "="');
};

export const httpTryFiles: ModuleChecks = { directives: { try_files: tryFiles } };
